// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

/** How a client learns the outcome of its tasks. Outcomes are the same with both. */
public enum WaitMethod {
    /** Reads the contract's events of every block, once for all tasks. */
    FOLLOW,
    /**
     * Polls the Relay and the contract for the state of each task, at most 10 tasks per interval in turn, and reads the
     * contract's events only of tasks that seem to have ended.
     */
    POLL
}
