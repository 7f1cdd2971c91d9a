// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.event;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The contract's events, by the names that it gives them (classic protocol, section 1). */
public enum TaskEventType {
    /** A task was created and paid. */
    TASK_PENDING("TaskPending", ContractEvent.Pending.class),
    /** A node was given a task; three of them per task. */
    TASK_STARTED("TaskStarted", ContractEvent.Started.class),
    /** All three nodes have committed to a result. */
    TASK_RESULT_COMMITMENTS_READY("TaskResultCommitmentsReady", ContractEvent.CommitmentsReady.class),
    /** Two nodes agree on a result. */
    TASK_SUCCESS("TaskSuccess", ContractEvent.Succeeded.class),
    /** A task was given up; one that had succeeded can still be. */
    TASK_ABORTED("TaskAborted", ContractEvent.Aborted.class),
    /** The files of a result are at the Relay. */
    TASK_RESULT_UPLOADED("TaskResultUploaded", ContractEvent.ResultsUploaded.class),
    /** A node got its share of the fee. */
    TASK_NODE_SUCCESS("TaskNodeSuccess", ContractEvent.NodePaid.class),
    /** A node lost its stake. */
    TASK_NODE_SLASHED("TaskNodeSlashed", ContractEvent.NodeSlashed.class),
    /** A node was let go of a task that ended otherwise. */
    TASK_NODE_CANCELLED("TaskNodeCancelled", ContractEvent.NodeCancelled.class);

    /** {@link #values} copies them, and each event is asked for its type several times. */
    private static final TaskEventType[] ALL = values();

    private final String eventName;
    private final Class<? extends ContractEvent> eventClass;

    TaskEventType(String eventName, Class<? extends ContractEvent> eventClass) {
        this.eventName = eventName;
        this.eventClass = eventClass;
    }

    /** The contract's name of it, such as {@code TaskSuccess}. */
    public String eventName() {
        return eventName;
    }

    Class<? extends ContractEvent> eventClass() {
        return eventClass;
    }

    /** The type of an event. */
    public static TaskEventType of(ContractEvent event) {
        for (TaskEventType type : ALL) {
            if (type.eventClass == event.getClass()) {
                return type;
            }
        }
        throw new IllegalArgumentException("No type of events has " + event.getClass());
    }

    /**
     * @param names the contract's names, separated by commas, in any case
     * @throws IllegalArgumentException with the names that there are
     */
    public static Set<TaskEventType> parse(String names) {
        Set<TaskEventType> types = EnumSet.noneOf(TaskEventType.class);
        for (String name : names.split(",", -1)) {
            types.add(Arrays.stream(values())
                    .filter(type -> type.eventName.equalsIgnoreCase(name.trim()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("eventTypes has '" + name.trim()
                            + "', which is no event of the contract; use some of "
                            + Arrays.stream(values())
                                    .map(TaskEventType::eventName)
                                    .collect(Collectors.joining(", ")))));
        }
        return types;
    }
}
