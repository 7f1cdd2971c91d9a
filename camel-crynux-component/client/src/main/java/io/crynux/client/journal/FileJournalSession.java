// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.error.JournalException;
import io.crynux.client.task.ResultFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open journal file. Writes queue up while the disk is busy with those before, and are then forced together. What can be
 * read from it is what survives.
 */
final class FileJournalSession implements JournalSession {
    private static final Logger LOG = LoggerFactory.getLogger(FileJournalSession.class);
    /** Most writes per frame: what is written at once is in memory at once. */
    private static final int GROUP = 512;
    /** A file that is so many times as long as when it was new is mostly out of date. */
    private static final int GROWTH = 4;

    /** Something to be written: a record, a result, or nothing, to see whether something could be. */
    private record Write(TaskRecord record, KeptResult result, CompletableFuture<Void> done) {}

    private final String name;
    private final ResultStore store;
    private final Closeable lock;
    private final Executor executor;
    private final long compactedFrom;

    /** Guards the file: who holds it writes. Taken before the other lock. */
    private final Object disk = new Object();

    private JournalFile file;
    private long sizeWhenNew;

    // What follows is guarded by this.
    private final RecordIndex index;
    private final Map<String, KeptResult> results = new HashMap<>();
    private final Queue<Write> queue = new ArrayDeque<>();
    private boolean writing;
    /** Whether the last write failed. */
    private boolean failing;

    private boolean closed;

    private FileJournalSession(
            String name, ResultStore store, Closeable lock, JournalScope scope, Executor executor, long compactedFrom) {
        this.name = name;
        this.store = store;
        this.lock = lock;
        this.executor = executor;
        this.compactedFrom = compactedFrom;
        this.index = new RecordIndex(scope);
    }

    /** Reads the journal; the session owns storage and lock when this returns. */
    static FileJournalSession open(
            JournalStorage storage,
            ResultStore store,
            Closeable lock,
            JournalScope scope,
            Executor executor,
            long compactedFrom)
            throws IOException {
        FileJournalSession session =
                new FileJournalSession(storage.name(), store, lock, scope, executor, compactedFrom);
        session.file = JournalFile.open(storage, scope, session::take);
        session.index.dropExpired();
        session.results.keySet().removeIf(key -> session.index.get(key) == null);
        session.sizeWhenNew = session.file.size();
        store.deleteAllBut(session.results.values().stream()
                .flatMap(result -> result.files().stream())
                .map(KeptResult.KeptFile::name)
                .collect(Collectors.toSet()));
        return session;
    }

    private synchronized void take(JournalFrame frame) {
        frame.records().forEach(entry -> {
            TaskRecord before = index.get(entry.key());
            index.put(entry.after(before));
        });
        frame.results().forEach(result -> results.put(result.key(), result));
    }

    @Override
    public CompletionStage<Void> write(TaskRecord record) {
        return enqueue(record, null);
    }

    @Override
    public CompletionStage<Void> keepResult(TaskRecord task, List<ResultFile> files) {
        return CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return store.keep(task.order().key(), files);
                            } catch (IOException e) {
                                throw new CompletionException(notKept(e));
                            }
                        },
                        executor)
                .thenCompose(result -> enqueue(null, result));
    }

    /** After a write that failed only another one shows whether it can be written again; it adds nothing to the journal. */
    @Override
    public CompletionStage<Void> check() {
        synchronized (this) {
            if (failing) {
                return enqueue(null, null);
            }
        }
        return CompletableFuture.runAsync(
                () -> {
                    synchronized (disk) {
                        try {
                            file.check();
                        } catch (IOException e) {
                            throw new CompletionException(notKept(e));
                        }
                    }
                },
                executor);
    }

    private CompletionStage<Void> enqueue(TaskRecord record, KeptResult result) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (this) {
            if (closed) {
                done.completeExceptionally(new JournalException("The task journal " + name + " is closed"));
                return done;
            }
            queue.add(new Write(record, result, done));
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
        synchronized (disk) {
            group = nextGroup();
            if (group.isEmpty()) {
                return false;
            }
            try {
                append(group);
            } catch (Throwable e) {
                // Whatever it was: who waits is told, and those behind it are written.
                error = notKept(e);
            }
        }
        synchronized (this) {
            failing = error != null;
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

    private void append(List<Write> group) throws IOException {
        if (file.isDamaged()) {
            compact();
        }
        file.append(frame(group));
        synchronized (this) {
            group.forEach(this::accept);
            index.dropExpired().forEach(this::forgetResult);
        }
        if (file.size() > Math.max(compactedFrom, GROWTH * sizeWhenNew)) {
            compactQuietly();
        }
    }

    private JournalException notKept(Throwable cause) {
        return new JournalException(
                "The task journal " + name + " could not be written: " + cause
                        + ". What is not in it is not sent; make room on the disk, or repair it",
                cause);
    }

    /** What the group adds to what the file says. */
    private synchronized JournalFrame frame(List<Write> group) {
        Map<String, TaskRecord> ahead = new HashMap<>();
        List<JournalEntry> records = new ArrayList<>();
        List<KeptResult> kept = new ArrayList<>();
        for (Write write : group) {
            if (write.result() != null) {
                kept.add(write.result());
            }
            if (write.record() == null) {
                continue;
            }
            String key = write.record().order().key();
            TaskRecord before = ahead.getOrDefault(key, index.get(key));
            if (before == null || !before.isSettled()) {
                records.add(JournalEntry.of(write.record(), before));
                ahead.put(key, write.record());
            }
        }
        return new JournalFrame(records, kept);
    }

    private void accept(Write write) {
        if (write.record() != null) {
            index.put(write.record());
        }
        if (write.result() != null) {
            results.put(write.result().key(), write.result());
        }
    }

    private void forgetResult(String key) {
        KeptResult result = results.remove(key);
        if (result != null) {
            store.delete(result);
        }
    }

    /** The file is right without it, so a failure only costs room. */
    private void compactQuietly() {
        try {
            compact();
        } catch (IOException e) {
            LOG.warn("The task journal {} could not be compacted and goes on growing", name, e);
            sizeWhenNew = file.size();
        }
    }

    private void compact() throws IOException {
        List<JournalFrame> frames = new ArrayList<>();
        synchronized (this) {
            List<TaskRecord> all = index.all();
            for (int from = 0; from < all.size(); from += GROUP) {
                List<TaskRecord> part = all.subList(from, Math.min(all.size(), from + GROUP));
                Map<String, KeptResult> kept = new LinkedHashMap<>(results);
                Set<String> keys =
                        part.stream().map(record -> record.order().key()).collect(Collectors.toSet());
                kept.keySet().retainAll(keys);
                frames.add(new JournalFrame(
                        part.stream()
                                .map(record -> JournalEntry.of(record, null))
                                .toList(),
                        List.copyOf(kept.values())));
            }
        }
        file.replace(frames);
        sizeWhenNew = file.size();
        LOG.debug("The task journal {} was compacted to {} bytes", name, sizeWhenNew);
    }

    @Override
    public synchronized List<TaskRecord> unsettled() {
        return index.unsettled();
    }

    @Override
    public synchronized Optional<TaskRecord> find(String idempotencyKey) {
        return index.find(idempotencyKey);
    }

    @Override
    public synchronized List<TaskRecord> signedSince(Instant time) {
        return index.signedSince(time);
    }

    @Override
    public synchronized List<ResultFile> keptResult(TaskRecord task) {
        KeptResult result = results.get(task.order().key());
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
            try {
                file.close();
                lock.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
