// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.event;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Types of the contract's events, by their names (classic protocol, section 1). */
public enum TaskEventType {
    /** A task was created and paid. */
    TASK_PENDING("TaskPending", ContractEvent.Pending.class),
    /** A node was assigned to a task; three nodes per task. */
    TASK_STARTED("TaskStarted", ContractEvent.Started.class),
    /** All three nodes have committed to a result. */
    TASK_RESULT_COMMITMENTS_READY("TaskResultCommitmentsReady", ContractEvent.CommitmentsReady.class),
    /** Two nodes agree on a result. */
    TASK_SUCCESS("TaskSuccess", ContractEvent.Succeeded.class),
    /** A task was aborted, possibly after it had succeeded. */
    TASK_ABORTED("TaskAborted", ContractEvent.Aborted.class),
    /** The files of a result were uploaded to the Relay. */
    TASK_RESULT_UPLOADED("TaskResultUploaded", ContractEvent.ResultsUploaded.class),
    /** A node got its share of the fee. */
    TASK_NODE_SUCCESS("TaskNodeSuccess", ContractEvent.NodePaid.class),
    /** A node lost its stake. */
    TASK_NODE_SLASHED("TaskNodeSlashed", ContractEvent.NodeSlashed.class),
    /** A node was released from a task that ended without its result. */
    TASK_NODE_CANCELLED("TaskNodeCancelled", ContractEvent.NodeCancelled.class);

    /** {@link #values} makes a copy, and each event needs its type several times. */
    private static final TaskEventType[] ALL = values();

    private final String eventName;
    private final Class<? extends ContractEvent> eventClass;

    TaskEventType(String eventName, Class<? extends ContractEvent> eventClass) {
        this.eventName = eventName;
        this.eventClass = eventClass;
    }

    /** The contract's name of the event, such as {@code TaskSuccess}. */
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
        throw new IllegalArgumentException("Unknown type of event: " + event.getClass());
    }

    /**
     * @param names the contract's names, separated by commas, in any case
     * @throws IllegalArgumentException with the valid names
     */
    public static Set<TaskEventType> parse(String names) {
        Set<TaskEventType> types = EnumSet.noneOf(TaskEventType.class);
        for (String name : names.split(",", -1)) {
            types.add(Arrays.stream(values())
                    .filter(type -> type.eventName.equalsIgnoreCase(name.trim()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("eventTypes has '" + name.trim()
                            + "', which is not an event of the contract; use one or more of "
                            + Arrays.stream(values())
                                    .map(TaskEventType::eventName)
                                    .collect(Collectors.joining(", ")))));
        }
        return types;
    }
}
