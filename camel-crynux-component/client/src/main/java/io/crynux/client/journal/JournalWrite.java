// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.error.JournalException;
import java.util.concurrent.CompletableFuture;

/** Something to be written to a journal file. The thread that writes decides what becomes of it. */
final class JournalWrite {

    /** What it is. */
    enum Kind {
        /** The record of an attempt, where it may begin. */
        CLAIM,
        RECORD,
        RESULT,
        /** The record that uses a slot, without it. */
        RELEASE,
        /** A line that says nothing, to see whether one can be written. */
        PROBE,
        /** Nothing: whatever is due is done. */
        WAKE_UP
    }

    private final Kind kind;
    private final CompletableFuture<Claim> done = new CompletableFuture<>();
    /** What lies in the file afterwards; null for a result and for what has no line. */
    private JournalRecord record;

    private final KeptResult result;
    private final Slot slot;
    private final String after;

    private boolean decided;
    private Claim answer;
    private JournalException refusal;

    private JournalWrite(Kind kind, JournalRecord record, KeptResult result, Slot slot, String after) {
        this.kind = kind;
        this.record = record;
        this.result = result;
        this.slot = slot;
        this.after = after;
    }

    /** @param after see {@link JournalSession#claim} */
    static JournalWrite claim(TaskRecord prepared, String after) {
        return new JournalWrite(Kind.CLAIM, prepared, null, null, after);
    }

    static JournalWrite of(JournalRecord record) {
        return new JournalWrite(Kind.RECORD, record, null, null, null);
    }

    static JournalWrite of(KeptResult result) {
        return new JournalWrite(Kind.RESULT, null, result, null, null);
    }

    static JournalWrite release(Slot slot) {
        return new JournalWrite(Kind.RELEASE, null, null, slot, null);
    }

    /** One that has nothing to write. */
    static JournalWrite of(Kind kind) {
        return new JournalWrite(kind, null, null, null, null);
    }

    Kind kind() {
        return kind;
    }

    JournalRecord record() {
        return record;
    }

    /** The record that is written. */
    void record(JournalRecord found) {
        record = found;
    }

    KeptResult result() {
        return result;
    }

    Slot slot() {
        return slot;
    }

    String after() {
        return after;
    }

    /** Completes with the answer to a claim, else with null, when it is durable. */
    CompletableFuture<Claim> done() {
        return done;
    }

    /** Nothing needs to be written. */
    void decide(Claim known) {
        decided = true;
        answer = known;
    }

    /** It must not be written. */
    void refuse(JournalException why) {
        decided = true;
        refusal = why;
    }

    /** @param error why what was to be written could not be, or null */
    void complete(JournalException error) {
        JournalException failure = decided ? refusal : error;
        if (failure != null) {
            done.completeExceptionally(failure);
        } else {
            done.complete(kind == Kind.CLAIM && !decided ? new Claim.New(JournalSession.FIRST_EPOCH) : answer);
        }
    }
}
