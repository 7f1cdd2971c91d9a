// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Instant;
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
 * @param signing when the first payment was signed, else null
 * @param cancellations every cancelTask that was signed for it, the newest last
 * @param settlement what is known since nothing can change any more, else null
 */
public record TaskRecord(
        TaskOrder order,
        TaskState state,
        List<Payment> payments,
        BigInteger taskId,
        BlockRef createdIn,
        String resultNode,
        String resultHash,
        String reason,
        Signing signing,
        List<Payment> cancellations,
        Settlement settlement) {

    /**
     * When a task was first signed for.
     *
     * @param at by the client's clock, in whole milliseconds
     * @param head the newest block that was read by then
     * @param mostWei what the task can take out of the wallet at most, fee and gas, by the dearest variant
     */
    public record Signing(Instant at, BigInteger head, BigInteger mostWei) {}

    /**
     * The network is done with a task, and no reorganisation changes that any more.
     *
     * @param at since when, by the client's clock, in whole milliseconds
     * @param spentWei what left the wallet for good, fee and gas; null where nobody asked
     * @param refundedWei what provably came back of the fee; null where it is not determinable
     */
    public record Settlement(Instant at, BigInteger spentWei, BigInteger refundedWei) {}

    public TaskRecord {
        payments = List.copyOf(payments);
        cancellations = List.copyOf(cancellations);
    }

    /** Ordered, nothing signed. */
    public static TaskRecord prepared(TaskOrder order) {
        return new TaskRecord(
                order, TaskState.PREPARED, List.of(), null, null, null, null, null, null, List.of(), null);
    }

    public TaskRecord signed(Payment payment, Signing when) {
        return new TaskRecord(
                order,
                TaskState.SIGNED,
                plus(payments, payment),
                null,
                null,
                null,
                null,
                null,
                when,
                cancellations,
                settlement);
    }

    /** Another variant of the payment was signed; the state stays. */
    public TaskRecord variant(Payment payment, BigInteger mostWei) {
        return new TaskRecord(
                order,
                state,
                plus(payments, payment),
                taskId,
                createdIn,
                resultNode,
                resultHash,
                reason,
                new Signing(signing.at(), signing.head(), mostWei),
                cancellations,
                settlement);
    }

    /**
     * A transaction that pays for no task was signed, such as a cancelTask or the transfer that fills a missing nonce, or another
     * variant of it. Its record has no payments; its variants are the cancellations.
     *
     * @param when the first signature, with what the most expensive variant can take out of the wallet
     */
    public TaskRecord sending(Payment transaction, Signing when) {
        return new TaskRecord(
                order,
                TaskState.SENT,
                payments,
                taskId,
                createdIn,
                resultNode,
                resultHash,
                reason,
                when,
                plus(cancellations, transaction),
                settlement);
    }

    private static List<Payment> plus(List<Payment> before, Payment payment) {
        List<Payment> all = new ArrayList<>(before);
        all.add(payment);
        return all;
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
        return with(state, all, taskId, createdIn, resultNode, resultHash, reason);
    }

    /** A reorganisation took the payment out of its block; the state stays. */
    public TaskRecord lost() {
        return with(state, payments, null, null, resultNode, resultHash, reason);
    }

    /** The payment may be known to the network; nothing that a block said before holds any more. */
    public TaskRecord sent() {
        return with(TaskState.SENT, payments, null, null, null, null, null);
    }

    public TaskRecord created(BigInteger id, BlockRef block) {
        return with(TaskState.CREATED, payments, id, block, null, null, null);
    }

    /** The block and the id are known after all; the state stays. */
    public TaskRecord found(BigInteger id, BlockRef block) {
        return with(state, payments, id, block, resultNode, resultHash, reason);
    }

    public TaskRecord succeeded(String node, String hash) {
        return with(TaskState.SUCCEEDED, payments, taskId, createdIn, node, hash, null);
    }

    public TaskRecord in(TaskState newState) {
        return with(newState, payments, taskId, createdIn, resultNode, resultHash, reason);
    }

    public TaskRecord ended(TaskState end, String why) {
        return with(end, payments, taskId, createdIn, resultNode, resultHash, why);
    }

    /** The network is asked to give the task up; the state stays. */
    public TaskRecord cancelling(Payment cancellation) {
        return new TaskRecord(
                order,
                state,
                payments,
                taskId,
                createdIn,
                resultNode,
                resultHash,
                reason,
                signing,
                plus(cancellations, cancellation),
                settlement);
    }

    /** Nothing can change any more. */
    public TaskRecord settled(Settlement known) {
        return new TaskRecord(
                order,
                state,
                payments,
                taskId,
                createdIn,
                resultNode,
                resultHash,
                reason,
                signing,
                cancellations,
                known);
    }

    /**
     * Whether the network refused its payment, which it may yet turn out to have: until the nonce is used for good, the payment
     * stays watched.
     */
    public boolean isRefused() {
        boolean signed = !payments.isEmpty() || !cancellations.isEmpty();
        return state == TaskState.REJECTED && settlement == null && signed;
    }

    public boolean isSettled() {
        return settlement != null;
    }

    /** Without what is needed no more once it is settled: parameters and signed bytes. */
    TaskRecord slim() {
        return new TaskRecord(
                order.withoutParameters(),
                state,
                payments.stream().map(Payment::withoutBytes).toList(),
                taskId,
                createdIn,
                resultNode,
                resultHash,
                reason,
                signing,
                List.of(),
                settlement);
    }

    private TaskRecord with(
            TaskState newState,
            List<Payment> allPayments,
            BigInteger id,
            BlockRef block,
            String node,
            String hash,
            String why) {
        return new TaskRecord(
                order, newState, allPayments, id, block, node, hash, why, signing, cancellations, settlement);
    }

    /** The hash of the payment that is in a block, or of the newest one; null before anything was signed. */
    public String transactionHash() {
        return payments.isEmpty() ? null : payments.get(payments.size() - 1).transactionHash();
    }
}
