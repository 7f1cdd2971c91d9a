// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to the journal file, and has it written anew when most of it is out of date. One thread at a time writes. */
final class JournalWriter {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    /** A file that is so many times as long as when it was new is written anew. */
    private static final int GROWTH = 2;
    /** Most tasks that are forgotten at once: the result of each may have to be deleted, and whoever pays waits for that. */
    private static final int FORGOTTEN_AT_ONCE = 100;

    /** What is to be written. */
    enum Kind {
        RECORD,
        RESULT,
        /** A line that says nothing, to see whether one can be written. */
        PROBE,
        /** Nothing: whatever is due is done. */
        WAKE_UP
    }

    /** Something to be written. */
    record Write(Kind kind, JournalRecord record, KeptResult result, CompletableFuture<Void> done) {}

    private final JournalFile file;
    private final StoredRecords records;
    private final ResultStore results;
    private final Executor executor;
    private final long compactedFrom;
    private final Runnable wakeUp;
    private long sizeWhenNew;
    /** Or null. */
    private Compaction compaction;

    /**
     * @param compactedFrom size in bytes from which on it is written anew
     * @param wakeUp has somebody append nothing, soon
     */
    JournalWriter(
            JournalFile file,
            StoredRecords records,
            ResultStore results,
            Executor executor,
            long compactedFrom,
            Runnable wakeUp) {
        this.file = file;
        this.records = records;
        this.results = results;
        this.executor = executor;
        this.compactedFrom = compactedFrom;
        this.wakeUp = wakeUp;
        this.sizeWhenNew = records.compactedSize();
    }

    /**
     * Writes a group; when this returns, all of it survives.
     *
     * @return whether there was anything to write
     * @throws IOException when none of it does
     */
    synchronized boolean append(List<Write> group) throws IOException {
        lookAfterCompaction();
        Map<String, JournalRecord> ahead = new HashMap<>();
        List<Write> written = new ArrayList<>();
        List<byte[]> frames = new ArrayList<>();
        for (Write write : group) {
            JournalFrame frame = frame(write, ahead);
            if (frame != null) {
                written.add(write);
                frames.add(frame.json());
            }
        }
        if (frames.isEmpty()) {
            return false;
        }
        long[] positions = file.append(frames);
        for (int i = 0; i < positions.length; i++) {
            Write write = written.get(i);
            if (write.kind() != Kind.PROBE) {
                records.put(write.record(), write.result(), positions[i]);
            }
        }
        records.dropExpired(FORGOTTEN_AT_ONCE).forEach(this::deleteResult);
        if (compaction == null && file.size() > Math.max(compactedFrom, GROWTH * sizeWhenNew)) {
            beginCompaction();
        }
        return true;
    }

    /** What a write adds to what the file says, or null. */
    private JournalFrame frame(Write write, Map<String, JournalRecord> ahead) throws IOException {
        return switch (write.kind()) {
            case RECORD -> {
                String key = write.record().key();
                JournalRecord before = ahead.containsKey(key) ? ahead.get(key) : records.unsettled(key);
                boolean settled = before == null ? records.isSettled(key) : before.isSettled();
                if (settled) {
                    yield null;
                }
                ahead.put(key, write.record());
                yield JournalFrame.of(write.record(), before);
            }
            case RESULT -> JournalFrame.of(write.result());
            case PROBE -> JournalFrame.EMPTY;
            case WAKE_UP -> null;
        };
    }

    private void deleteResult(long position) {
        try {
            results.delete(records.readResult(position));
        } catch (IOException e) {
            LOG.warn("A kept result in {} cannot be deleted before the next start", file.name(), e);
        }
    }

    private void lookAfterCompaction() throws IOException {
        if (file.isDamaged()) {
            rewrite();
        } else if (compaction != null && compaction.isReady()) {
            try {
                finish();
            } catch (IOException e) {
                onFailure(compaction, e);
                if (file.isDamaged()) {
                    throw e;
                }
            }
        }
        if (compaction != null && compaction.isOver()) {
            // It failed. The file is right without it, so that only costs room.
            compaction = null;
            sizeWhenNew = file.size();
        }
    }

    /** Nothing can be appended before there is a file that can be trusted. */
    private void rewrite() throws IOException {
        if (compaction != null) {
            compaction.cancel(new IOException("a line could not be written"));
        }
        compaction = new Compaction(file, records.snapshot());
        try {
            while (compaction.step()) {
                // Until only the last step is left.
            }
            finish();
        } catch (Throwable e) {
            if (compaction != null) {
                compaction.cancel(e);
            }
            throw e;
        }
    }

    private void finish() throws IOException {
        compaction.finish(records);
        sizeWhenNew = compaction.sizeWhenNew();
        compaction = null;
        LOG.debug("The task journal {} was compacted to {} bytes", file.name(), file.size());
    }

    private void beginCompaction() {
        try {
            compaction = new Compaction(file, records.snapshot());
            goOn(compaction);
        } catch (IOException e) {
            warn(e);
            sizeWhenNew = file.size();
        }
    }

    /** A step at a time, so that an executor with one thread comes to writing between them. */
    private void goOn(Compaction running) {
        try {
            executor.execute(() -> step(running));
        } catch (RejectedExecutionException e) {
            LOG.debug("The executor takes nothing any more; {} is not compacted", file.name(), e);
            running.cancel(e);
        }
    }

    private void step(Compaction running) {
        try {
            if (running.step()) {
                goOn(running);
            } else {
                wakeUp.run();
            }
        } catch (Throwable e) {
            onFailure(running, e);
        }
    }

    private void onFailure(Compaction failed, Throwable why) {
        failed.cancel(why);
        warn(why);
    }

    private void warn(Throwable why) {
        LOG.warn("The task journal {} could not be compacted and continues to grow", file.name(), why);
    }

    /** Fails when it can be seen, without writing, that nothing can be written. */
    synchronized void check() throws IOException {
        file.check();
    }

    synchronized void close() throws IOException {
        if (compaction != null) {
            compaction.cancel(new IOException("the journal is closed"));
        }
        file.close();
    }
}
