// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.task;

import java.util.Arrays;

/** What a row of the Relay's event log reports of a task (relay protocol, section 4.7). Nothing is written on creation. */
public enum EventType {
    STARTED("TaskStarted", TaskStatus.STARTED),
    SCORE_READY("TaskScoreReady", TaskStatus.SCORE_READY),
    ERROR_REPORTED("TaskErrorReported", TaskStatus.ERROR_REPORTED),
    /** Alone, or in a group as the one that uploads: there is no other event for status 6. */
    VALIDATED("TaskValidated", TaskStatus.VALIDATED),
    END_INVALIDATED("TaskEndInvalidated", TaskStatus.END_INVALIDATED),
    END_SUCCESS("TaskEndSuccess", TaskStatus.END_SUCCESS),
    END_ABORTED("TaskEndAborted", TaskStatus.END_ABORTED),
    END_GROUP_REFUND("TaskEndGroupRefund", TaskStatus.END_GROUP_REFUND),
    END_GROUP_SUCCESS("TaskEndGroupSuccess", TaskStatus.END_GROUP_SUCCESS),
    /** Does not concern a task. */
    OTHER("", TaskStatus.UNKNOWN);

    private final String wireName;
    private final TaskStatus status;

    EventType(String wireName, TaskStatus status) {
        this.wireName = wireName;
        this.status = status;
    }

    static EventType of(String name) {
        return Arrays.stream(values())
                .filter(type -> type != OTHER && type.wireName.equals(name))
                .findFirst()
                .orElse(OTHER);
    }

    /** The state that the task had right after the event. */
    public TaskStatus status() {
        return status;
    }
}
