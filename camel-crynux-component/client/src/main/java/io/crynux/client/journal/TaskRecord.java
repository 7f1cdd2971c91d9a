// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.task.TaskState;

/**
 * State of a task at one time. Immutable; each change creates a new record.
 *
 * @param order what was ordered
 * @param state state of the task
 * @param taskId id under which the network knows the task, from {@link TaskState#CREATED} on, else null
 * @param reason reason why the task failed, else null
 * @param slot the slot that its payment uses, where the network has such; else null
 * @param spending what the task can cost; null before anything of it was about to leave the process
 * @param settlement the final cost once nothing can change any more, else null
 * @param data the protocol's part
 */
public record TaskRecord(
        TaskOrder order,
        TaskState state,
        String taskId,
        String reason,
        Slot slot,
        Spending spending,
        Settlement settlement,
        ProtocolData data)
        implements JournalRecord {

    /** A task that was ordered, and of which nothing has left the process. */
    public static TaskRecord prepared(TaskOrder order) {
        return new TaskRecord(order, TaskState.PREPARED, null, null, null, null, null, ProtocolData.EMPTY);
    }

    @Override
    public String key() {
        return order.key();
    }

    @Override
    public String idempotencyKey() {
        return order.idempotencyKey();
    }

    @Override
    public String account() {
        return order.creator();
    }

    /**
     * Something of it is about to leave the process.
     *
     * @param newSlot null where the network has no slots
     */
    public TaskRecord committed(TaskState newState, Slot newSlot, Spending newSpending, ProtocolData newData) {
        return new TaskRecord(order, newState, taskId, reason, newSlot, newSpending, settlement, newData);
    }

    /** The network may know it; there is no task there, or none any more. */
    public TaskRecord sent() {
        return new TaskRecord(order, TaskState.SENT, null, null, slot, spending, settlement, data);
    }

    public TaskRecord created(String id) {
        return new TaskRecord(order, TaskState.CREATED, id, null, slot, spending, settlement, data);
    }

    /**
     * The id became known later, or is not valid any more; the state does not change.
     *
     * @param id or null
     */
    public TaskRecord found(String id) {
        return new TaskRecord(order, state, id, reason, slot, spending, settlement, data);
    }

    public TaskRecord succeeded() {
        return new TaskRecord(order, TaskState.SUCCEEDED, taskId, null, slot, spending, settlement, data);
    }

    public TaskRecord in(TaskState newState) {
        return new TaskRecord(order, newState, taskId, reason, slot, spending, settlement, data);
    }

    public TaskRecord ended(TaskState end, String why) {
        return new TaskRecord(order, end, taskId, why, slot, spending, settlement, data);
    }

    /** The task has ended for good. */
    public TaskRecord settled(Settlement known) {
        return new TaskRecord(order, state, taskId, reason, slot, spending, known, data);
    }

    /** The protocol's part has changed; the state does not change. */
    public TaskRecord with(ProtocolData newData) {
        return new TaskRecord(order, state, taskId, reason, slot, spending, settlement, newData);
    }

    /**
     * Whether it answers a request with their idempotency key, and not the other one, which is older. One that ended uncharged
     * never hides one that is charged: the request would be paid again.
     */
    boolean answersInsteadOf(TaskRecord older) {
        return order.attempt() == older.order.attempt()
                ? older.isUncharged() || !isUncharged()
                : order.attempt() > older.order.attempt();
    }

    private boolean isUncharged() {
        return state == TaskState.REJECTED || state == TaskState.REVERTED;
    }

    /** The record without the parameters, which a settled task no longer needs. */
    TaskRecord slim() {
        return new TaskRecord(order.withoutParameters(), state, taskId, reason, slot, spending, settlement, data);
    }
}
