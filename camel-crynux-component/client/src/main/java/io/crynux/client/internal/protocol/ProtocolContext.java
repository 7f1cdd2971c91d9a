// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol;

import io.crynux.client.error.BudgetExceededException;
import io.crynux.client.internal.async.Loop;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.journal.LaneRecord;
import io.crynux.client.task.TaskKind;
import java.math.BigInteger;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** What the engine gives a protocol for its work beside the attempts. */
public interface ProtocolContext {

    /** Where tasks change. */
    Loop loop();

    /** Whether nothing may be signed any more; to be called on the loop. */
    boolean isStopping();

    /**
     * Whether the budget would allow a record of that key to take so much out of the account, before anything is signed for
     * that. Only {@link #commit} counts it. Called on any thread.
     *
     * @throws BudgetExceededException when the budget does not allow it
     */
    void checkBudget(String key, BigInteger mostWei);

    /** What that record's task, or own transaction, did take out of the account. */
    void settle(JournalRecord record, BigInteger spentWei);

    /** Whether a budget counts what is spent. */
    boolean countsSpending();

    /** Whether anybody counts what tasks cost. */
    boolean countsCosts();

    /** A task of that kind has cost so much for good, in wei. */
    void onCost(TaskKind kind, BigInteger feeWei, BigInteger gasWei);

    /**
     * Something of the protocol's own is about to leave this process. It may leave when the stage has completed, and fails like
     * {@link AttemptContext#commit}. To be called on the loop.
     */
    CompletionStage<Void> commit(LaneRecord changed);

    /** More is known of a record of the protocol's own; nothing leaves. To be called on the loop. */
    CompletionStage<Void> write(LaneRecord record);

    /** The time, in whole milliseconds. */
    Instant now();

    /** Completes what a caller waits for, where it does not hold up the loop. */
    void tell(Runnable completion);
}
