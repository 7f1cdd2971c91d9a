// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.evm.Payment;
import io.crynux.client.internal.protocol.Change;
import io.crynux.client.journal.Settlement;
import io.crynux.client.journal.Slot;
import io.crynux.client.journal.Spending;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * A task's record on the chain, with its data decoded. What changes it returns the record for the engine. Immutable.
 *
 * @param task what engine and journal know
 * @param data the chain's part of it
 */
public record ChainRecord(TaskRecord task, ChainData data) {

    /** Decodes the data of a record. */
    public static ChainRecord of(TaskRecord task) {
        return new ChainRecord(task, ChainData.of(task.data()));
    }

    /** Decodes the data of a record that is a later one of the same task, where it has changed. */
    ChainRecord next(TaskRecord later) {
        if (later.equals(task)) {
            return this;
        }
        return later.data().equals(task.data()) ? new ChainRecord(later, data) : of(later);
    }

    TaskOrder order() {
        return task.order();
    }

    TaskState state() {
        return task.state();
    }

    /** Id in the contract; null while there is none. */
    public BigInteger taskId() {
        return ChainTexts.number(task.taskId());
    }

    String reason() {
        return task.reason();
    }

    Spending spending() {
        return task.spending();
    }

    Settlement settlement() {
        return task.settlement();
    }

    boolean isRefused() {
        return task.isRefused();
    }

    boolean isSettled() {
        return task.isSettled();
    }

    List<Payment> payments() {
        return data.payments();
    }

    BlockRef createdIn() {
        return data.createdIn();
    }

    BigInteger head() {
        return data.head();
    }

    /** Whether that transaction is one of its payment's variants. */
    public boolean isPaidBy(String transactionHash) {
        return payments().stream().anyMatch(paid -> paid.transactionHash().equals(transactionHash));
    }

    /** Hash of the mined payment, or of the newest one; null before anything is signed. */
    String transactionHash() {
        return payments().isEmpty()
                ? null
                : payments().get(payments().size() - 1).transactionHash();
    }

    /**
     * A task that another program has paid for. Its slot is not this client's.
     *
     * @param at time from which on it is known here
     */
    public static ChainRecord adopted(
            TaskOrder order, Payment payment, BigInteger taskId, BlockRef createdIn, Instant at) {
        ChainData data = new ChainData(List.of(payment), createdIn, null, null, createdIn.number(), List.of());
        // Another program signed it, so it does not count in this client's budget.
        return new ChainRecord(
                TaskRecord.prepared(order)
                        .committed(TaskState.CREATED, null, new Spending(at, BigInteger.ZERO), data.data())
                        .found(taskId.toString()),
                data);
    }

    /**
     * The first payment was signed.
     *
     * @param head newest block that is known
     */
    Change signed(Payment payment, BigInteger mostWei, BigInteger head) {
        return new Change(
                data.signed(payment).signedAfter(head).data(),
                TaskState.SIGNED,
                new Slot(order().creator(), payment.nonce()),
                mostWei);
    }

    /** Another variant of the payment was signed; the state does not change. */
    Change variant(Payment payment, BigInteger mostWei) {
        return new Change(data.signed(payment).data(), state(), task.slot(), mostWei);
    }

    /** The variant with that hash was mined. */
    TaskRecord mined(String transactionHash) {
        return task.with(data.mined(transactionHash).data());
    }

    /** A reorganisation removed the block of the payment; the state does not change. */
    TaskRecord lost() {
        return found(null, null);
    }

    /** The network may know the payment; what is known from a block is cleared. */
    TaskRecord sent() {
        return task.sent().with(data.createdIn(null).result(null, null).data());
    }

    public TaskRecord created(BigInteger id, BlockRef block) {
        return task.created(id.toString())
                .with(data.createdIn(block).result(null, null).data());
    }

    /** Block and id became known later; the state does not change. */
    TaskRecord found(BigInteger id, BlockRef block) {
        return task.found(ChainTexts.of(id)).with(data.createdIn(block).data());
    }

    TaskRecord succeeded(String node, String hash) {
        return task.succeeded().with(data.result(node, hash).data());
    }

    TaskRecord in(TaskState state) {
        return task.in(state);
    }
}
