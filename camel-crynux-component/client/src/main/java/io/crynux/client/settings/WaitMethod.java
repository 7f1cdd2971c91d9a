// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

/** How a client hears what became of its tasks. What it tells is the same. */
public enum WaitMethod {
    /** Reads every block's events of the contract, once for all tasks. */
    FOLLOW,
    /**
     * Asks Relay and contract for the state of each task at intervals, and reads the contract's events only of tasks that seem
     * to have ended. At each interval at most 10 tasks are asked for, in turn.
     */
    POLL
}
