// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A journal in a directory of its own, and records to write. */
abstract class JournalTestSupport {
    static final Duration RETENTION = Duration.ofHours(1);

    final ExecutorService executor = Executors.newFixedThreadPool(2);
    final SettableClock clock = new SettableClock();

    @TempDir
    Path directory;

    /** A clock that stands still. */
    static final class SettableClock extends Clock {
        private Instant now = Instant.ofEpochMilli(1_790_000_000_123L);

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    @AfterEach
    void stopThreads() {
        executor.shutdownNow();
    }

    JournalScope scope() {
        return new JournalScope(31337, "0xgenesis", "0xcontract", RETENTION, Duration.ZERO, clock);
    }

    JournalSession open() {
        return new FileTaskJournal(directory.toString()).open(scope(), executor);
    }

    Path file() {
        return directory.resolve("tasks.journal");
    }

    Path note() {
        return directory.resolve("tasks.journal.position");
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    static TaskOrder order(String key, String idempotencyKey, int attempt) {
        return new TaskOrder(
                key,
                TaskKind.SD,
                "{\"prompt\":\"a lighthouse, Größe 😀\\n\"}",
                "0xhash",
                "0xcreator",
                new BigInteger("30000000000000000000"),
                8,
                1,
                "",
                0,
                1,
                1000,
                100,
                idempotencyKey,
                attempt);
    }

    TaskRecord signed(String key, String idempotencyKey, long nonce) {
        return TaskRecord.prepared(order(key, idempotencyKey, 1))
                .signed(
                        payment(nonce, ""),
                        new TaskRecord.Signing(clock.instant(), BigInteger.valueOf(5), BigInteger.TEN));
    }

    static Payment payment(long nonce, String variant) {
        return new Payment(BigInteger.valueOf(nonce), "0xtx" + nonce + variant, "0xraw" + nonce + variant);
    }

    TaskRecord created(String key, String idempotencyKey, long nonce) {
        return signed(key, idempotencyKey, nonce)
                .sent()
                .created(BigInteger.valueOf(100 + nonce), new BlockRef(BigInteger.valueOf(7), "0xblock"));
    }

    TaskRecord settled(TaskRecord record, TaskState end, String reason) {
        return record.ended(end, reason).settled(new TaskRecord.Settlement(clock.instant(), null, BigInteger.TEN));
    }
}
