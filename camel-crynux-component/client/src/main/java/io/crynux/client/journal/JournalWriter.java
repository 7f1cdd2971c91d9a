// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to the journal file, and has it written anew when most of it is out of date. One thread at a time writes. */
final class JournalWriter {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    /** A file that is so many times as long as when it was new is written anew. */
    private static final int GROWTH = 2;
    /** Most tasks that are forgotten at once: the result of each may have to be deleted, and whoever pays waits for that. */
    private static final int FORGOTTEN_AT_ONCE = 100;

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
    synchronized boolean append(List<JournalWrite> group) throws IOException {
        lookAfterCompaction();
        Map<String, JournalRecord> ahead = new HashMap<>();
        List<JournalWrite> written = new ArrayList<>();
        List<byte[]> frames = new ArrayList<>();
        for (JournalWrite write : group) {
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
            JournalWrite write = written.get(i);
            if (write.kind() != JournalWrite.Kind.PROBE) {
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
    private JournalFrame frame(JournalWrite write, Map<String, JournalRecord> ahead) throws IOException {
        return switch (write.kind()) {
            case CLAIM -> claim(write, ahead);
            case RECORD -> record(write, ahead);
            case RESULT -> JournalFrame.of(write.result());
            case RELEASE -> release(write, ahead);
            case PROBE -> JournalFrame.EMPTY;
            case WAKE_UP -> null;
        };
    }

    /** No earlier write of the group is of the same request. */
    private JournalFrame claim(JournalWrite write, Map<String, JournalRecord> ahead) {
        String request = write.record().idempotencyKey();
        Claim known = request == null ? null : Claim.known(records.find(request).orElse(null), write.after());
        if (known != null) {
            write.decide(known);
            return null;
        }
        ahead.put(write.record().key(), write.record());
        return JournalFrame.of(write.record(), null);
    }

    private JournalFrame record(JournalWrite write, Map<String, JournalRecord> ahead) throws IOException {
        JournalRecord record = write.record();
        JournalRecord before = before(record.key(), ahead);
        if (before == null ? records.isSettled(record.key()) : before.isSettled()) {
            write.decide(null);
            return null;
        }
        boolean claimsSlot =
                SlotIndex.isUsed(record) && (before == null || !record.slot().equals(before.slot()));
        if (claimsSlot && isTaken(record.slot(), record.key(), ahead)) {
            write.refuse(new SlotTakenException(record.slot(), record.key()));
            return null;
        }
        ahead.put(record.key(), record);
        return JournalFrame.of(record, before);
    }

    private JournalRecord before(String key, Map<String, JournalRecord> ahead) {
        return ahead.containsKey(key) ? ahead.get(key) : records.unsettled(key);
    }

    private boolean isTaken(Slot slot, String key, Map<String, JournalRecord> ahead) {
        return Stream.concat(records.users(slot).stream(), ahead.keySet().stream())
                .filter(other -> !other.equals(key))
                .map(other -> before(other, ahead))
                .anyMatch(other -> SlotIndex.isUsed(other) && slot.equals(other.slot()));
    }

    private JournalFrame release(JournalWrite write, Map<String, JournalRecord> ahead) {
        JournalRecord before = Stream.concat(records.users(write.slot()).stream(), ahead.keySet().stream())
                .map(user -> before(user, ahead))
                .filter(user -> SlotIndex.isUsed(user) && write.slot().equals(user.slot()))
                .findFirst()
                .orElse(null);
        if (before == null) {
            write.decide(null);
            return null;
        }
        write.record(SlotIndex.released(before));
        ahead.put(before.key(), write.record());
        return JournalFrame.of(write.record(), before);
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
