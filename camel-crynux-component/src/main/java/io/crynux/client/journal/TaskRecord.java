// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that is known of a task at one time. Immutable; each step makes a new one.
 *
 * @param order what was ordered
 * @param state how far it has come
 * @param payments every payment that was ever signed for the attempt: the newest last, or once it is known the one that is
 *     in a block
 * @param taskId the contract's id, from {@link TaskState#CREATED} on, else null
 * @param createdIn the block of the payment, likewise
 * @param resultNode node whose result counts, from {@link TaskState#SUCCEEDED} on, else null
 * @param resultHash what the nodes agreed on, likewise
 * @param reason why it ended otherwise than well, else null
 */
public record TaskRecord(
        TaskOrder order,
        TaskState state,
        List<Payment> payments,
        BigInteger taskId,
        BlockRef createdIn,
        String resultNode,
        String resultHash,
        String reason) {

    public TaskRecord {
        payments = List.copyOf(payments);
    }

    /** Ordered, nothing signed. */
    public static TaskRecord prepared(TaskOrder order) {
        return new TaskRecord(order, TaskState.PREPARED, List.of(), null, null, null, null, null);
    }

    public TaskRecord signed(Payment payment) {
        List<Payment> all = new ArrayList<>(payments);
        all.add(payment);
        return new TaskRecord(order, TaskState.SIGNED, all, null, null, null, null, null);
    }

    /** Another variant of the payment was signed; the state stays. */
    public TaskRecord variant(Payment payment) {
        List<Payment> all = new ArrayList<>(payments);
        all.add(payment);
        return withPayments(all);
    }

    /** The variant with that hash is the one in a block. */
    public TaskRecord mined(String transactionHash) {
        List<Payment> all = new ArrayList<>(payments);
        payments.stream()
                .filter(payment -> payment.transactionHash().equals(transactionHash))
                .findFirst()
                .ifPresent(payment -> {
                    all.remove(payment);
                    all.add(payment);
                });
        return withPayments(all);
    }

    private TaskRecord withPayments(List<Payment> all) {
        return new TaskRecord(order, state, all, taskId, createdIn, resultNode, resultHash, reason);
    }

    /** A reorganisation took the payment out of its block; the state stays. */
    public TaskRecord lost() {
        return new TaskRecord(order, state, payments, null, null, resultNode, resultHash, reason);
    }

    /** The payment may be known to the network; nothing that a block said before holds any more. */
    public TaskRecord sent() {
        return new TaskRecord(order, TaskState.SENT, payments, null, null, null, null, null);
    }

    public TaskRecord created(BigInteger id, BlockRef block) {
        return new TaskRecord(order, TaskState.CREATED, payments, id, block, null, null, null);
    }

    /** The block and the id are known after all; the state stays. */
    public TaskRecord found(BigInteger id, BlockRef block) {
        return new TaskRecord(order, state, payments, id, block, resultNode, resultHash, reason);
    }

    public TaskRecord succeeded(String node, String hash) {
        return new TaskRecord(order, TaskState.SUCCEEDED, payments, taskId, createdIn, node, hash, null);
    }

    public TaskRecord in(TaskState newState) {
        return new TaskRecord(order, newState, payments, taskId, createdIn, resultNode, resultHash, reason);
    }

    public TaskRecord ended(TaskState end, String why) {
        return new TaskRecord(order, end, payments, taskId, createdIn, resultNode, resultHash, why);
    }

    /** The hash of the payment that is in a block, or of the newest one; null before anything was signed. */
    public String transactionHash() {
        return payments.isEmpty() ? null : payments.get(payments.size() - 1).transactionHash();
    }
}
