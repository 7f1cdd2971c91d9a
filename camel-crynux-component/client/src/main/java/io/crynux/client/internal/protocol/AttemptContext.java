// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol;

import io.crynux.client.error.BudgetExceededException;
import io.crynux.client.error.CrynuxException;
import io.crynux.client.internal.async.Steps;
import io.crynux.client.journal.Settlement;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What the engine gives an attempt. Where nothing else is said, to be called on the engine's loop. */
public interface AttemptContext {

    /** Everything that is known of the attempt. Called on any thread. */
    TaskRecord record();

    /**
     * Earlier attempts at the same request that were reported as not charged, the first one first, as long as the network may
     * charge one of them all the same. A protocol that cannot make sure that not both count must not start. It must know them before
     * it commits: after that, one that is charged is no longer among them, and this attempt goes on.
     */
    List<TaskRecord> refusedBefore();

    /** The attempt's steps on the loop; what a step throws ends this attempt only. */
    Steps steps();

    /**
     * Whether the budget would allow the attempt to take so much out of the account, before anything is signed for that. Only
     * {@link #commit} counts it. Called on any thread.
     *
     * @throws BudgetExceededException when the budget does not allow it
     */
    void checkBudget(BigInteger mostWei);

    /**
     * Something of the attempt is about to leave this process. It may leave when the stage has completed: then the record is
     * durable, and counts in the budget. The stage fails, and nothing may leave, with a
     *
     * <ul>
     *   <li>{@link BudgetExceededException} when the budget does not allow it;
     *   <li>{@link io.crynux.client.journal.SlotTakenException} when another record uses the slot;
     *   <li>{@link io.crynux.client.journal.StaleOwnerException} when another process owns the attempt by now;
     *   <li>{@link io.crynux.client.error.JournalException} when the record cannot be written;
     *   <li>{@link io.crynux.client.error.CrynuxShutdownException} when the client stops, and nothing of the attempt has left.
     * </ul>
     */
    CompletionStage<Void> commit(Change change);

    /**
     * More is known of the attempt, which is in the same state, or has succeeded while no process ran; it is written and reported
     * with the next change of state.
     */
    void note(TaskRecord changed);

    /**
     * The attempt is in another state, further on or, after a reorganisation, further back.
     *
     * @throws IllegalStateException when a task does not change like that, as for every other report here; nothing has changed
     *     then. The attempt's steps end the task, and what is charged stays followed
     */
    void progress(TaskRecord changed);

    /** A node works on it. */
    void started();

    /** The result of the task, which has succeeded, can be downloaded. */
    void resultsReady();

    /** The end of the task is known and not final yet: nothing is downloaded meanwhile. */
    void pause();

    /** The network has done its work although nobody waits any more: the attempt's place is free. */
    void left();

    /**
     * Something failed for those who wait, while the task is not over.
     *
     * @param lasting whether whoever asks again gets the same
     */
    void trouble(CrynuxException error, boolean lasting);

    /** The network has refused to charge the attempt. It ends as that, and may yet turn out to be charged. */
    void refused(CrynuxException refusal);

    /** The attempt was {@link #refused} and is charged all the same. */
    void chargedAfterAll();

    /**
     * The attempt has ended, for good.
     *
     * @param reason the network's, or null
     * @param error what those who wait are told
     * @param again whether the request is to be tried again if somebody waits, since the client itself was the reason and
     *     nothing was charged
     */
    void ended(TaskState state, String reason, Settlement settlement, CrynuxException error, boolean again);

    /** The attempt ended before, and nothing can change any more. */
    void settled(Settlement settlement);

    /**
     * The network was asked to give the task up: that is no reason to pay for another one.
     *
     * @param by names the wish
     */
    void cancelAsked(Object by);

    /** Nothing came of that wish. */
    void cancelFailed(Object by);
}
