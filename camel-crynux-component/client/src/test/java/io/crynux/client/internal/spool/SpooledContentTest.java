// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.client.task.Content;
import io.crynux.testing.TemporaryResults;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Content is in memory up to the threshold and in a file beyond it, and reads the same. */
class SpooledContentTest {
    private static final int THRESHOLD = 1_000;

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static Content spooled(byte[] bytes) throws IOException {
        Spool spool = new Spool(THRESHOLD);
        for (int at = 0; at < bytes.length; at += 700) {
            spool.write(ByteBuffer.wrap(bytes, at, Math.min(700, bytes.length - at)));
        }
        return spool.finish();
    }

    @Test
    void theThresholdDecides() throws IOException {
        try (Content inMemory = spooled(bytes(THRESHOLD));
                Content inFile = spooled(bytes(THRESHOLD + 1))) {
            assertThat(inMemory.path()).isEmpty();
            assertThat(inMemory.bytes()).isEqualTo(bytes(THRESHOLD));
            assertThat(inFile.path())
                    .hasValueSatisfying(path -> assertThat(path).hasSize(THRESHOLD + 1));
            assertThat(inFile.bytes()).isEqualTo(bytes(THRESHOLD + 1));
        }
    }

    @Test
    void streamsDoNotDisturbEachOther() throws IOException {
        byte[] bytes = bytes(50_000);
        try (Content content = spooled(bytes);
                InputStream one = content.open();
                InputStream other = content.open()) {
            one.skipNBytes(40_000);
            assertThat(other.readAllBytes()).isEqualTo(bytes);
            assertThat(one.readAllBytes()).hasSize(10_000).endsWith(bytes[49_999]);
        }
    }

    @Test
    void contentThatHasLeftTheDiskIsReadable() throws IOException {
        byte[] bytes = bytes(50_000);
        try (Content content = spooled(bytes)) {
            Path path = content.path().orElseThrow();
            content.leaveDisk();
            content.leaveDisk();

            assertThat(path).doesNotExist();
            assertThat(content.path()).isEmpty();
            assertThat(content.bytes()).isEqualTo(bytes);
        }
    }

    @Test
    void aStreamGoesOnWhenTheContentLeavesTheDisk() throws IOException {
        byte[] bytes = bytes(50_000);
        try (Content content = spooled(bytes);
                InputStream stream = content.open()) {
            byte[] first = stream.readNBytes(20_000);
            content.leaveDisk();

            assertThat(TemporaryResults.takingUpRoom()).isEmpty();
            assertThat(first).isEqualTo(Arrays.copyOf(bytes, 20_000));
            assertThat(stream.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 20_000, 50_000));
            assertThat(stream.read()).isNegative();
        }
    }

    /** The heap of the tests is a gigabyte. */
    @Test
    void whatIsALargePartOfTheHeapStaysInAFileUntilItIsClosed() throws IOException {
        byte[] bytes = bytes(Math.toIntExact(Runtime.getRuntime().maxMemory() / 64 + 1));
        try (Content content = spooled(bytes)) {
            content.leaveDisk();

            assertThat(content.path()).isEmpty();
            assertThat(TemporaryResults.takingUpRoom()).hasSize(1);
            assertThat(content.bytes()).isEqualTo(bytes);
        }
        assertThat(TemporaryResults.takingUpRoom()).isEmpty();
    }

    /** A full disk, or a directory that is not there, which is easier to have. */
    @Test
    void whereThereIsNoRoomTheMessageSaysWhere() throws IOException {
        String directory = System.getProperty("java.io.tmpdir");
        System.setProperty("java.io.tmpdir", directory + "/is-not-there");
        try {
            assertThatThrownBy(() -> spooled(bytes(50_000)))
                    .isInstanceOf(NoRoomException.class)
                    .hasMessageContaining("Free space in " + directory + "/is-not-there")
                    .hasMessageContaining("java.io.tmpdir");
        } finally {
            System.setProperty("java.io.tmpdir", directory);
        }
    }

    @Test
    void anInterruptedReaderLeavesItReadableForOthers() throws IOException {
        byte[] bytes = bytes(50_000);
        try (Content content = spooled(bytes)) {
            Thread.currentThread().interrupt();
            assertThat(content.bytes()).isEqualTo(bytes);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(content.bytes()).isEqualTo(bytes);
        }
    }

    @Test
    void whatIsClosedOrDiscardedLeavesNothing() throws IOException {
        Content content = spooled(bytes(50_000));
        Path path = content.path().orElseThrow();
        content.close();
        content.close();
        assertThat(path).doesNotExist();
        assertThatThrownBy(content::bytes).isInstanceOf(IOException.class);

        Spool spool = new Spool(THRESHOLD);
        spool.write(ByteBuffer.wrap(bytes(5_000)));
        spool.discard();
        spool.write(ByteBuffer.wrap(bytes(5_000)));
        assertThatThrownBy(spool::finish).isInstanceOf(IllegalStateException.class);
    }
}
