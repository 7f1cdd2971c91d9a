// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.error.JournalException;
import io.crynux.client.journal.JournalWrite.Kind;
import io.crynux.client.task.ResultFile;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open journal file. Writes are queued while the disk is busy with earlier ones, and are then forced together. Only durable
 * records can be read.
 */
final class FileJournalSession implements JournalSession {
    private static final Logger LOG = LoggerFactory.getLogger(FileJournalSession.class);
    /** Most writes at once: what is written at once is in memory at once. */
    private static final int GROUP = 512;

    private final String name;
    private final ResultStore store;
    private final Closeable lock;
    private final Executor executor;
    private final StoredRecords records;
    private final JournalWriter writer;
    /** Whoever holds it takes writes from the queue and writes them, so that their order stays. */
    private final Object disk = new Object();

    // What follows is guarded by this.
    private final Queue<JournalWrite> queue = new ArrayDeque<>();
    private boolean writing;
    /** Whether the last write failed. */
    private boolean failing;

    private boolean closed;
    /** Null until it is closed. */
    private CompletableFuture<Void> closing;

    private FileJournalSession(
            JournalFile file,
            StoredRecords records,
            ResultStore store,
            Closeable lock,
            Executor executor,
            long compactedFrom) {
        this.name = file.name();
        this.store = store;
        this.lock = lock;
        this.executor = executor;
        this.records = records;
        this.writer = new JournalWriter(
                file, records, store, executor, compactedFrom, () -> enqueue(JournalWrite.of(Kind.WAKE_UP)));
    }

    /** Reads the journal; the session owns storage and lock when this returns. */
    static FileJournalSession open(
            JournalStorage storage,
            AcceptedLoss loss,
            ResultStore store,
            Closeable lock,
            JournalScope scope,
            Executor executor,
            long compactedFrom)
            throws IOException {
        StoredRecords records = new StoredRecords(scope);
        JournalFile file = JournalOpening.open(storage, scope, loss, records::take);
        records.opened(file);
        store.deleteAllBut(records::hasResult);
        return new FileJournalSession(file, records, store, lock, executor, compactedFrom);
    }

    @Override
    public CompletionStage<Claim> claim(TaskOrder order, String after) {
        return enqueue(JournalWrite.claim(TaskRecord.prepared(order), after));
    }

    @Override
    public CompletionStage<Void> commit(JournalRecord record, long epoch) {
        if (epoch != FIRST_EPOCH) {
            return CompletableFuture.failedFuture(new StaleOwnerException(
                    "The task journal " + name + " has one owner, which never had epoch " + epoch));
        }
        return enqueue(JournalWrite.of(record)).thenAccept(written -> {});
    }

    @Override
    public CompletionStage<Void> release(Slot slot) {
        return enqueue(JournalWrite.release(slot)).thenAccept(written -> {});
    }

    @Override
    public CompletionStage<Void> keep(TaskRecord task, List<ResultFile> files) {
        return run(() -> store.keep(task.key(), files))
                .thenCompose(result -> enqueue(JournalWrite.of(result)))
                .thenAccept(written -> {});
    }

    /** Something that writes to the disk, or tries whether it could. */
    private interface DiskStep<T> {
        T run() throws IOException;
    }

    private <T> CompletableFuture<T> run(DiskStep<T> step) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return step.run();
                    } catch (IOException e) {
                        throw new CompletionException(notWritten(e));
                    }
                },
                executor);
    }

    /** After a write that failed only another one shows whether it can be written again. */
    @Override
    public CompletionStage<Void> check() {
        synchronized (this) {
            if (failing) {
                return enqueue(JournalWrite.of(Kind.PROBE)).thenAccept(written -> {});
            }
        }
        return run(() -> {
            writer.check();
            return null;
        });
    }

    private CompletableFuture<Claim> enqueue(JournalWrite write) {
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(new JournalException("The task journal " + name + " is closed"));
            }
            queue.add(write);
            if (writing) {
                return write.done();
            }
            writing = true;
        }
        try {
            executor.execute(this::writeQueue);
        } catch (RejectedExecutionException e) {
            LOG.debug("The executor takes nothing any more; writing here", e);
            writeQueue();
        }
        return write.done();
    }

    private void writeQueue() {
        while (writeGroup()) {
            // Until nothing is queued.
        }
    }

    /** Whether there was anything to write. */
    private boolean writeGroup() {
        List<JournalWrite> group;
        JournalException error = null;
        boolean written = false;
        synchronized (disk) {
            group = nextGroup();
            if (group.isEmpty()) {
                return false;
            }
            try {
                written = writer.append(group);
            } catch (Throwable e) {
                // Whatever it was: who waits is told, and those behind it are written.
                error = notWritten(e);
            }
        }
        synchronized (this) {
            failing = error != null || (failing && !written);
        }
        for (JournalWrite write : group) {
            write.complete(error);
        }
        return true;
    }

    /** A claim is in no group with an earlier write of the same request, which decides it. */
    private synchronized List<JournalWrite> nextGroup() {
        List<JournalWrite> group = new ArrayList<>();
        Set<String> requests = new HashSet<>();
        while (!queue.isEmpty() && group.size() < GROUP) {
            JournalRecord record = queue.peek().record();
            String request = record == null ? null : record.idempotencyKey();
            if (request != null && !requests.add(request) && queue.peek().kind() == Kind.CLAIM) {
                break;
            }
            group.add(queue.remove());
        }
        writing = !group.isEmpty();
        return group;
    }

    private JournalException notWritten(Throwable cause) {
        String what = "The task journal " + name + " could not be written: ";
        if (cause instanceof LostJournalException) {
            return new JournalException(
                    what + cause.getMessage()
                            + ". No new task is paid; tasks in progress continue. Move the original file back,"
                            + " or stop the process, restore the latest copy of the journal, and start again",
                    cause);
        }
        return new JournalException(
                what + cause + ". Payments that are not in it are not sent. Free disk space, or repair the disk",
                cause);
    }

    @Override
    public CompletionStage<List<OwnedRecord>> unsettled() {
        return CompletableFuture.completedFuture(records.unsettled().stream()
                .map(record -> new OwnedRecord(record, FIRST_EPOCH))
                .toList());
    }

    /** The record that answers a request. */
    Optional<TaskRecord> find(String idempotencyKey) {
        return records.find(idempotencyKey);
    }

    @Override
    public CompletionStage<Lane> lane(String id) {
        return CompletableFuture.completedFuture(records.lane(id));
    }

    @Override
    public CompletionStage<BigInteger> spentSince(Instant time) {
        return CompletableFuture.supplyAsync(() -> records.spentSince(time), executor);
    }

    @Override
    public CompletionStage<List<ResultFile>> kept(TaskRecord task) {
        return CompletableFuture.supplyAsync(
                () -> {
                    KeptResult result = records.result(task.key());
                    return result == null ? List.of() : store.open(result);
                },
                executor);
    }

    @Override
    public CompletionStage<Void> close() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (this) {
            if (closed) {
                return closing;
            }
            closed = true;
            closing = done;
        }
        try {
            executor.execute(() -> close(done));
        } catch (RejectedExecutionException e) {
            LOG.debug("The executor takes nothing any more; closing here", e);
            close(done);
        }
        return done;
    }

    private void close(CompletableFuture<Void> done) {
        try {
            writeQueue();
            synchronized (disk) {
                try (lock) {
                    writer.close();
                }
            }
            done.complete(null);
        } catch (Throwable e) {
            done.completeExceptionally(e);
        }
    }
}
