// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * State of a task at one time. Immutable; each change creates a new record.
 *
 * @param order what was ordered
 * @param state state of the task
 * @param payments every payment that was signed for the attempt: the newest last, or the mined one once it is known
 * @param taskId id in the contract, from {@link TaskState#CREATED} on, else null
 * @param createdIn block of the payment, from {@link TaskState#CREATED} on, else null
 * @param resultNode node whose result was accepted, from {@link TaskState#SUCCEEDED} on, else null
 * @param resultHash hash of the result that the nodes agreed on, from {@link TaskState#SUCCEEDED} on, else null
 * @param reason reason why the task failed, else null
 * @param signing signing of the first payment, else null
 * @param cancellations every cancelTask transaction that was signed for the task, the newest last
 * @param settlement the final cost once nothing can change any more, else null
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
     * The first signature for a task.
     *
     * @param at by the client's clock, in whole milliseconds
     * @param head newest block that was known then
     * @param mostWei maximum cost of the task, fee and gas, with the most expensive variant
     */
    public record Signing(Instant at, BigInteger head, BigInteger mostWei) {}

    /**
     * The task has ended, and no reorganisation can change that any more.
     *
     * @param at time when this was known, by the client's clock, in whole milliseconds
     * @param spentWei final cost, fee and gas; null if it was not determined
     * @param refundedWei proven refund of the fee; null if it cannot be determined
     */
    public record Settlement(Instant at, BigInteger spentWei, BigInteger refundedWei) {}

    public TaskRecord {
        payments = List.copyOf(payments);
        cancellations = List.copyOf(cancellations);
    }

    /** A task that was ordered, and for which nothing is signed. */
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

    /** Something of it, other than a payment on a chain, is about to leave the process. */
    public TaskRecord committed(Signing when) {
        return new TaskRecord(
                order,
                TaskState.SIGNED,
                payments,
                taskId,
                createdIn,
                resultNode,
                resultHash,
                reason,
                when,
                cancellations,
                settlement);
    }

    /** Another variant of the payment was signed; the state does not change. */
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

    /** The variant with that hash was mined. */
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

    /** A reorganisation removed the block of the payment; the state does not change. */
    public TaskRecord lost() {
        return with(state, payments, null, null, resultNode, resultHash, reason);
    }

    /** The network may know the payment; what is known from a block is cleared. */
    public TaskRecord sent() {
        return with(TaskState.SENT, payments, null, null, null, null, null);
    }

    public TaskRecord created(BigInteger id, BlockRef block) {
        return with(TaskState.CREATED, payments, id, block, null, null, null);
    }

    /** Block and id became known later; the state does not change. */
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

    /** A cancelTask transaction was signed; the state does not change. */
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

    /** The task has ended for good. */
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
     * Whether the network refused the attempt, or the transaction. The network may have it all the same, so it is watched until
     * that is known for good.
     */
    public boolean isRefused() {
        return state == TaskState.REJECTED && settlement == null && isCommitted();
    }

    /** Whether that transaction is one of its payment's variants. */
    public boolean isPaidBy(String transactionHash) {
        return payments.stream().anyMatch(paid -> paid.transactionHash().equals(transactionHash));
    }

    /** Whether something of it may have left the process, so that it may be charged. */
    public boolean isCommitted() {
        return signing != null;
    }

    /** Whether it belongs to no request, and has no parameters: it is the protocol's own, such as a cancelTask. */
    public boolean isOfNoRequest() {
        return order.taskHash().isEmpty();
    }

    public boolean isSettled() {
        return settlement != null;
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

    /** The record without what a settled task no longer needs: parameters and signed bytes. */
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

    /** Hash of the mined payment, or of the newest one; null before anything is signed. */
    public String transactionHash() {
        return payments.isEmpty() ? null : payments.get(payments.size() - 1).transactionHash();
    }
}
