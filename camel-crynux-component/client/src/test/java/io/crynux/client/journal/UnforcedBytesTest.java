// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.JournalException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
        private byte[] forced = {};
        private ByteArrayOutputStream cache = new ByteArrayOutputStream();
        private int room = Integer.MAX_VALUE;
        private boolean forceFails;
        private boolean truncateFails;

        @Override
        public String name() {
            return "disk";
        }

        @Override
        public synchronized long size() {
            return cache.size();
        }

        @Override
        public synchronized InputStream read() {
            return new ByteArrayInputStream(cache.toByteArray());
        }

        @Override
        public synchronized void append(byte[] bytes) throws IOException {
            int fits = Math.min(bytes.length, room - cache.size());
            cache.write(bytes, 0, fits);
            if (fits < bytes.length) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public synchronized void force() throws IOException {
            if (forceFails) {
                throw new IOException("Input/output error");
            }
            forced = cache.toByteArray();
        }

        @Override
        public synchronized void truncate(long size) throws IOException {
            if (truncateFails) {
                throw new IOException("Input/output error");
            }
            set(Arrays.copyOf(cache.toByteArray(), (int) size));
            force();
        }

        @Override
        public synchronized void replace(List<byte[]> parts) throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (byte[] part : parts) {
                all.write(part);
            }
            if (all.size() > room || forceFails) {
                throw new IOException("No space left on device");
            }
            set(all.toByteArray());
            force();
        }

        private void set(byte[] bytes) {
            cache = new ByteArrayOutputStream();
            cache.writeBytes(bytes);
        }

        /** The power fails: of what was not forced, some is there, and some of that is rubbish. */
        synchronized void crash() {
            byte[] written = cache.toByteArray();
            int survives = forced.length;
            if (written.length > forced.length) {
                survives += random.nextInt(written.length - forced.length + 1);
            }
            byte[] left = Arrays.copyOf(written, survives);
            for (int i = forced.length; i < survives; i++) {
                if (random.nextInt(20) == 0) {
                    left[i] = (byte) random.nextInt();
                }
            }
            System.arraycopy(forced, 0, left, 0, Math.min(forced.length, left.length));
            set(left);
        }

        @Override
        public void close() {
            // It outlives who uses it.
        }
    }

    private JournalSession onDisk() {
        return new FileTaskJournal(directory.toString(), 5_000, file -> disk).open(scope(), executor);
    }

    @RepeatedTest(20)
    void whatWasSaidToBeThereIsThereAfterAPowerCut() throws Exception {
        Random random = new Random();
        Map<String, TaskRecord> told = new HashMap<>();
        for (int round = 0; round < 10; round++) {
            JournalSession session = onDisk();
            Map<String, TaskRecord> found = new HashMap<>();
            session.unsettled().forEach(record -> found.put(record.order().key(), record));
            assertThat(found).as("after round %d", round).containsAllEntriesOf(told);

            List<TaskRecord> records = new ArrayList<>();
            List<CompletionStage<Void>> writes = new ArrayList<>();
            for (int i = 0; i < random.nextInt(30); i++) {
                TaskRecord record = signed("r" + round + "-" + i, null, i);
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
        JournalSession session = onDisk();
        get(session.write(signed("t1", null, 0)));
        disk.room = (int) disk.size() + 10;

        assertThat(failure(session.write(signed("t2", null, 1))))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("could not be written")
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("is not sent");
        assertThat(session.unsettled()).containsExactly(signed("t1", null, 0));

        disk.room = Integer.MAX_VALUE;
        get(session.write(signed("t3", null, 1)));
        session.close();
        try (JournalSession again = onDisk()) {
            assertThat(again.unsettled()).containsExactlyInAnyOrder(signed("t1", null, 0), signed("t3", null, 1));
        }
    }

    @Test
    void afterAForceThatFailedNothingIsTrustedButANewFile() throws Exception {
        JournalSession session = onDisk();
        get(session.write(signed("t1", null, 0)));
        disk.forceFails = true;
        disk.truncateFails = true;
        assertThat(failure(session.write(signed("t2", null, 1)))).isInstanceOf(JournalException.class);
        assertThat(failure(session.write(signed("t3", null, 2)))).isInstanceOf(JournalException.class);

        disk.forceFails = false;
        get(session.write(signed("t4", null, 1)));
        session.close();

        disk.crash();
        try (JournalSession again = onDisk()) {
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
