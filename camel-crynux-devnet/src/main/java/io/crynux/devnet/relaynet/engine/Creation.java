// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.engine;

import io.crynux.devnet.relaynet.ledger.LedgerRow;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import io.crynux.devnet.relaynet.task.AbortReason;
import io.crynux.devnet.relaynet.task.RelayTask;
import io.crynux.devnet.relaynet.task.TaskOrder;
import io.crynux.devnet.relaynet.task.TaskStatus;
import io.crynux.devnet.relaynet.time.NetworkTime;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Creates and cancels tasks: the fee is paid and the task is there, or neither. */
final class Creation {
    private static final int CANCELLED = AbortReason.CREATOR_CANCELLED.code();

    private final NetworkTime time;
    private final Database database;
    private final Settlement settlement;
    private final UnaryOperator<String> seeds;

    /** @param seeds gives the sampling seed of a commitment */
    Creation(NetworkTime time, Database database, Settlement settlement, UnaryOperator<String> seeds) {
        this.time = time;
        this.database = database;
        this.settlement = settlement;
        this.seeds = seeds;
    }

    /** Refuses a commitment that a task has, whoever created it. */
    void requireNew(String commitment) throws RequestRefusedException {
        if (database.forRequest().task(commitment).isPresent()) {
            throw RequestRefusedException.invalid("task_id_commitment", "Task already uploaded");
        }
    }

    /** Creates a task. */
    RelayTask create(TaskOrder order, Optional<byte[]> checkpoint) throws RequestRefusedException {
        Store store = database.forRequest();
        requireNew(order.commitment());
        if (store.accounts().balance(order.creator()).compareTo(order.fee()) < 0) {
            throw RequestRefusedException.invalid("task_fee", "Insufficient relay account balance");
        }
        if (store.isPurged(order.commitment())) {
            throw RequestRefusedException.failure("duplicated key not allowed");
        }
        RelayTask task = RelayTask.created(store.nextSequence(), order, seeds.apply(order.commitment()), time.now());
        store.accounts().move(LedgerRow.Type.PAYMENT, order.creator(), order.fee(), order.commitment(), time.now());
        store.put(task);
        checkpoint.ifPresent(file -> store.putInputCheckpoint(order.commitment(), file));
        return task;
    }

    /**
     * Cancels a task for its creator.
     *
     * @param reason only {@link AbortReason#CREATOR_CANCELLED} is allowed
     */
    void cancel(String commitment, long reason, String signer) throws RequestRefusedException {
        RelayTask task = database.forRequest()
                .task(commitment)
                .orElseThrow(() -> RequestRefusedException.invalid("task_id_commitment", "Task not found"));
        if (!task.order().creator().equals(signer)) {
            throw RequestRefusedException.invalid("signature", "Signer not allowed");
        }
        if (reason != CANCELLED) {
            throw RequestRefusedException.invalid("abort_reason", "Abort reason not allowed");
        }
        if (task.status() != TaskStatus.QUEUED) {
            throw RequestRefusedException.invalid("task_id_commitment", "Task can no longer be cancelled");
        }
        settlement.abort(task, AbortReason.CREATOR_CANCELLED, signer);
    }
}
