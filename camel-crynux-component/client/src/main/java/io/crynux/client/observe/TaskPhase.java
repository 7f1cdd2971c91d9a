// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.observe;

import io.crynux.client.task.TaskState;
import java.util.Optional;

/** The parts of a task's time, in their order. */
public enum TaskPhase {
    /** It waits, unsigned, since as many tasks as are allowed are under way. */
    WAIT,
    /** It is signed, journaled and sent. */
    PAY,
    /** Its payment waits for a block, and the block to be read. */
    BLOCK,
    /** The Relay is given the parameters. */
    UPLOAD,
    /** Nodes take it and compute. */
    WORK,
    /** The result is downloaded; only where somebody waits for it. */
    DOWNLOAD;

    /** The phase of a task that has been started and is in that state; empty when it is over. */
    public static Optional<TaskPhase> of(TaskState state) {
        return switch (state) {
            case PREPARED, SIGNED -> Optional.of(PAY);
            case SENT -> Optional.of(BLOCK);
            case CREATED -> Optional.of(UPLOAD);
            case UPLOADED -> Optional.of(WORK);
            case SUCCEEDED -> Optional.of(DOWNLOAD);
            default -> Optional.empty();
        };
    }
}
