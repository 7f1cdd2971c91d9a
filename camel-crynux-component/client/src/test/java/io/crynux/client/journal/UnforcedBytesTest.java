// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.JournalException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * A killed process leaves what it wrote to the system; a machine that loses its power does not. Here everything that was not
 * forced is lost, or arrives in part, and still what the journal said to be there is there.
 */
class UnforcedBytesTest extends JournalTestSupport {
    private final Disk disk = new Disk();

    /** Keeps what was forced. Fails when it is told to. */
    static final class Disk implements JournalStorage {
        private final Random random = new Random(20261122);
        private Bytes file;
        private String note;
        private int room = Integer.MAX_VALUE;
        private boolean forceFails;
        private boolean truncateFails;

        /** Some bytes of it. */
        private final class Bytes implements StoredBytes {
            private byte[] forced = {};
            private ByteArrayOutputStream cache = new ByteArrayOutputStream();

            @Override
            public long size() {
                return cache.size();
            }

            @Override
            public int read(long position, byte[] into, int offset, int length) {
                synchronized (Disk.this) {
                    int read = (int) Math.min(length, cache.size() - position);
                    if (read <= 0) {
                        return -1;
                    }
                    System.arraycopy(cache.toByteArray(), (int) position, into, offset, read);
                    return read;
                }
            }

            @Override
            public void append(byte[] bytes, int length) throws IOException {
                synchronized (Disk.this) {
                    int fits = Math.max(0, Math.min(length, room - cache.size()));
                    cache.write(bytes, 0, fits);
                    if (fits < length) {
                        throw new IOException("No space left on device");
                    }
                }
            }

            @Override
            public void force() throws IOException {
                synchronized (Disk.this) {
                    if (forceFails) {
                        throw new IOException("Input/output error");
                    }
                    forced = cache.toByteArray();
                }
            }

            @Override
            public void truncate(long size) throws IOException {
                synchronized (Disk.this) {
                    if (truncateFails) {
                        throw new IOException("Input/output error");
                    }
                    set(Arrays.copyOf(cache.toByteArray(), (int) size));
                    force();
                }
            }

            private void set(byte[] bytes) {
                cache = new ByteArrayOutputStream();
                cache.writeBytes(bytes);
            }

            @Override
            public void close() {
                // It outlives who uses it.
            }
        }

        @Override
        public String name() {
            return "disk";
        }

        @Override
        public synchronized StoredBytes open() {
            return file;
        }

        @Override
        public StoredBytes create() {
            return new Bytes();
        }

        @Override
        public synchronized void replace(StoredBytes created) {
            file = (Bytes) created;
        }

        @Override
        public void forceName() {
            // A name survives as it is given.
        }

        @Override
        public void checkSame(StoredBytes opened, long size) {
            // Nobody else has it.
        }

        @Override
        public void check() {
            // There is room, or it fails.
        }

        @Override
        public synchronized String readNote() {
            return note;
        }

        @Override
        public synchronized void writeNote(String text, boolean force) {
            note = text;
        }

        @Override
        public void close() {
            // It outlives who uses it.
        }

        synchronized long size() {
            return file.size();
        }

        /** The power fails: of what was not forced some is there, and behind that what was never written. */
        synchronized void crash() {
            byte[] written = file.cache.toByteArray();
            int survives = file.forced.length;
            int zeros = survives;
            if (written.length > survives) {
                survives += random.nextInt(written.length - survives + 1);
                zeros += random.nextInt(survives - zeros + 1);
            }
            byte[] left = Arrays.copyOf(written, survives);
            Arrays.fill(left, zeros, survives, (byte) 0);
            System.arraycopy(file.forced, 0, left, 0, Math.min(file.forced.length, left.length));
            file.set(left);
        }
    }

    private OpenJournal onDisk() {
        return OpenJournal.of(new FileTaskJournal(directory.toString(), 5_000, file -> disk), scope(), executor);
    }

    @RepeatedTest(20)
    void whatWasSaidToBeThereIsThereAfterAPowerCut() throws Exception {
        Random random = new Random();
        Map<String, TaskRecord> told = new HashMap<>();
        for (int round = 0; round < 10; round++) {
            OpenJournal session = onDisk();
            Map<String, TaskRecord> found = new HashMap<>();
            session.unsettled().forEach(record -> found.put(record.key(), (TaskRecord) record));
            assertThat(found).as("after round %d", round).containsAllEntriesOf(told);

            List<TaskRecord> records = new ArrayList<>();
            List<CompletionStage<Void>> writes = new ArrayList<>();
            for (int i = 0; i < random.nextInt(30); i++) {
                TaskRecord record = signed("r" + round + "-" + i, null, 100 * round + i);
                records.add(record);
                writes.add(session.write(record));
            }
            int waitFor = writes.isEmpty() ? 0 : random.nextInt(writes.size() + 1);
            for (int i = 0; i < waitFor; i++) {
                get(writes.get(i));
            }
            synchronized (disk) {
                for (int i = 0; i < writes.size(); i++) {
                    if (writes.get(i).toCompletableFuture().isDone()) {
                        told.put(records.get(i).order().key(), records.get(i));
                    }
                }
                disk.crash();
                // What the dead process would still write is not written.
                disk.room = 0;
            }
            session.close();
            disk.room = Integer.MAX_VALUE;
            disk.crash();
        }
    }

    @Test
    void aFullDiskFailsTheWriteAndLaterOnesWorkWhenThereIsRoomAgain() throws Exception {
        OpenJournal session = onDisk();
        get(session.write(signed("t1", null, 0)));
        disk.room = (int) disk.size() + 10;

        assertThat(failure(session.write(signed("t2", null, 1))))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("could not be written")
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("are not sent");
        assertThat(session.unsettled()).containsExactly(signed("t1", null, 0));

        disk.room = Integer.MAX_VALUE;
        get(session.write(signed("t3", null, 1)));
        session.close();
        try (OpenJournal again = onDisk()) {
            assertThat(again.unsettled()).containsExactlyInAnyOrder(signed("t1", null, 0), signed("t3", null, 1));
        }
    }

    @Test
    void afterAForceThatFailedNothingIsTrustedButANewFile() throws Exception {
        OpenJournal session = onDisk();
        get(session.write(signed("t1", null, 0)));
        disk.forceFails = true;
        disk.truncateFails = true;
        assertThat(failure(session.write(signed("t2", null, 1)))).isInstanceOf(JournalException.class);
        assertThat(failure(session.write(signed("t3", null, 2)))).isInstanceOf(JournalException.class);

        disk.forceFails = false;
        get(session.write(signed("t4", null, 1)));
        session.close();

        disk.crash();
        try (OpenJournal again = onDisk()) {
            assertThat(again.unsettled()).containsExactlyInAnyOrder(signed("t1", null, 0), signed("t4", null, 1));
        }
    }

    private static Throwable failure(CompletionStage<?> stage) throws Exception {
        try {
            throw new AssertionError("did not fail: " + get(stage));
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }
}
