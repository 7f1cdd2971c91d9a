// SPDX-License-Identifier: Apache-2.0
package io.crynux.testing;

import io.crynux.client.journal.Claim;
import io.crynux.client.journal.JournalOwner;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.journal.JournalScope;
import io.crynux.client.journal.JournalSession;
import io.crynux.client.journal.Lane;
import io.crynux.client.journal.OwnedRecord;
import io.crynux.client.journal.Slot;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.ResultFile;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A journal that tells what is written to it: before it is written, and when it is. */
public final class WatchedJournal implements TaskJournal {
    private final TaskJournal journal;
    private volatile Consumer<JournalRecord> beforeWrite = record -> {};
    private volatile Consumer<JournalRecord> afterWrite = record -> {};
    private volatile JournalSession session;

    public WatchedJournal(TaskJournal journal) {
        this.journal = journal;
    }

    public void beforeWrite(Consumer<JournalRecord> watcher) {
        beforeWrite = watcher;
    }

    public void afterWrite(Consumer<JournalRecord> watcher) {
        afterWrite = watcher;
    }

    /** What the client that has it open finds there. */
    public List<JournalRecord> unsettled() {
        return session.unsettled().toCompletableFuture().join().stream()
                .map(OwnedRecord::record)
                .toList();
    }

    @Override
    public CompletionStage<JournalSession> open(JournalScope scope, JournalOwner owner) {
        return journal.open(scope, owner).thenApply(opened -> {
            session = opened;
            return new Watched(opened);
        });
    }

    @Override
    public boolean isDurable() {
        return journal.isDurable();
    }

    private final class Watched implements JournalSession {
        private final JournalSession opened;

        Watched(JournalSession opened) {
            this.opened = opened;
        }

        @Override
        public CompletionStage<Claim> claim(TaskOrder order, String after) {
            TaskRecord prepared = TaskRecord.prepared(order);
            beforeWrite.accept(prepared);
            return opened.claim(order, after).thenApply(claim -> {
                if (claim instanceof Claim.New) {
                    afterWrite.accept(prepared);
                }
                return claim;
            });
        }

        @Override
        public CompletionStage<Void> commit(JournalRecord record, long epoch) {
            beforeWrite.accept(record);
            return opened.commit(record, epoch).thenAccept(written -> afterWrite.accept(record));
        }

        @Override
        public CompletionStage<List<OwnedRecord>> unsettled() {
            return opened.unsettled();
        }

        @Override
        public CompletionStage<Lane> lane(String id) {
            return opened.lane(id);
        }

        @Override
        public CompletionStage<Void> release(Slot slot) {
            return opened.release(slot);
        }

        @Override
        public CompletionStage<BigInteger> spentSince(Instant time) {
            return opened.spentSince(time);
        }

        @Override
        public CompletionStage<Void> keep(TaskRecord task, List<ResultFile> files) {
            return opened.keep(task, files);
        }

        @Override
        public CompletionStage<List<ResultFile>> kept(TaskRecord task) {
            return opened.kept(task);
        }

        @Override
        public CompletionStage<Void> check() {
            return opened.check();
        }

        @Override
        public CompletionStage<Void> close() {
            return opened.close();
        }
    }
}
