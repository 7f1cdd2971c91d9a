// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.error.JournalException;
import io.crynux.client.journal.JournalWriter.Kind;
import io.crynux.client.journal.JournalWriter.Write;
import io.crynux.client.task.ResultFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
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
    private final Queue<Write> queue = new ArrayDeque<>();
    private boolean writing;
    /** Whether the last write failed. */
    private boolean failing;

    private boolean closed;

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
                file, records, store, executor, compactedFrom, () -> enqueue(Kind.WAKE_UP, null, null));
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
    public CompletionStage<Void> write(JournalRecord record) {
        return enqueue(Kind.RECORD, record, null);
    }

    @Override
    public CompletionStage<Void> keepResult(TaskRecord task, List<ResultFile> files) {
        return CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return store.keep(task.key(), files);
                            } catch (IOException e) {
                                throw new CompletionException(notWritten(e));
                            }
                        },
                        executor)
                .thenCompose(result -> enqueue(Kind.RESULT, null, result));
    }

    /** After a write that failed only another one shows whether it can be written again. */
    @Override
    public CompletionStage<Void> check() {
        synchronized (this) {
            if (failing) {
                return enqueue(Kind.PROBE, null, null);
            }
        }
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        writer.check();
                    } catch (IOException e) {
                        throw new CompletionException(notWritten(e));
                    }
                },
                executor);
    }

    private CompletionStage<Void> enqueue(Kind kind, JournalRecord record, KeptResult result) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (this) {
            if (closed) {
                done.completeExceptionally(new JournalException("The task journal " + name + " is closed"));
                return done;
            }
            queue.add(new Write(kind, record, result, done));
            if (writing) {
                return done;
            }
            writing = true;
        }
        try {
            executor.execute(this::writeQueue);
        } catch (RejectedExecutionException e) {
            LOG.debug("The executor takes nothing any more; writing here", e);
            writeQueue();
        }
        return done;
    }

    private void writeQueue() {
        while (writeGroup()) {
            // Until nothing is queued.
        }
    }

    /** Whether there was anything to write. */
    private boolean writeGroup() {
        List<Write> group;
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
        for (Write write : group) {
            if (error == null) {
                write.done().complete(null);
            } else {
                write.done().completeExceptionally(error);
            }
        }
        return true;
    }

    private synchronized List<Write> nextGroup() {
        List<Write> group = new ArrayList<>();
        while (!queue.isEmpty() && group.size() < GROUP) {
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
    public List<JournalRecord> unsettled() {
        return records.unsettled();
    }

    @Override
    public Optional<TaskRecord> find(String idempotencyKey) {
        return records.find(idempotencyKey);
    }

    @Override
    public List<JournalRecord> signedSince(Instant time) {
        return records.signedSince(time);
    }

    @Override
    public List<ResultFile> keptResult(TaskRecord task) {
        KeptResult result = records.result(task.key());
        return result == null ? List.of() : store.open(result);
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        writeQueue();
        synchronized (disk) {
            try (lock) {
                writer.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
