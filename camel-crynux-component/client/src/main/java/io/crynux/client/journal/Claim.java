// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.util.concurrent.CompletionStage;

/** The answer to the {@link JournalSession#claim claim} of an attempt at a request. */
public sealed interface Claim {

    /**
     * The attempt may begin: its record is in the journal.
     *
     * @param epoch under which its owner may change it; see {@link JournalSession#commit}
     */
    record New(long epoch) implements Claim {}

    /** This owner has an attempt under way, which answers the request. */
    record Mine(TaskRecord record) implements Claim {}

    /**
     * Another owner has an attempt under way, which answers the request.
     *
     * @param end completes with its record when it has ended
     */
    record Others(TaskRecord record, CompletionStage<TaskRecord> end) implements Claim {}

    /** The newest attempt at the request has ended. */
    record Ended(TaskRecord record) implements Claim {}

    /**
     * The answer of a journal with one owner.
     *
     * @param newest the record that answers the request, or null
     * @param after see {@link JournalSession#claim}
     * @return null if the attempt may begin
     */
    static Claim known(TaskRecord newest, String after) {
        if (newest == null || newest.key().equals(after)) {
            return null;
        }
        return newest.isSettled() || newest.isRefused() ? new Ended(newest) : new Mine(newest);
    }
}
