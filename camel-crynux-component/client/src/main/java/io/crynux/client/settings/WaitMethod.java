// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

/** How a client learns the outcome of its tasks. It reports the same with each. */
public enum WaitMethod {
    /** Reads every block's events of the contract, once for all tasks. */
    FOLLOW,
    /**
     * Asks Relay and contract for the state of each task at intervals, and reads the contract's events only of tasks that seem
     * to have ended. It asks for at most 10 tasks in each interval, in turn.
     */
    POLL
}
