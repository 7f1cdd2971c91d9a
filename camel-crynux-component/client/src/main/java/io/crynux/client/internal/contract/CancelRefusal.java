// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.contract;

import java.time.Duration;

/** Why the contract refuses cancelTask, in its own words (classic protocol, section 1). */
public enum CancelRefusal {
    /** Nodes work on the task, and its time is not up. */
    TOO_EARLY("Task has not exceeded the deadline yet"),
    /** Nodes work on the task, and the sender is neither its creator nor one of them. */
    UNAUTHORIZED("Unauthorized to cancel task"),
    /** The task is over, or there never was one of that id. */
    NOT_THERE("Task not exist");

    /** Blocks are stamped in whole seconds; the deadline must have passed in the block that has the transaction. */
    public static final Duration MARGIN = Duration.ofSeconds(2);

    private final String words;

    CancelRefusal(String words) {
        this.words = words;
    }

    /** @param reason of a revert, with whatever the node adds to it */
    public boolean isReasonOf(String reason) {
        return reason.contains(words);
    }
}
