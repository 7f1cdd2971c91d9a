// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A journal in a directory of its own, and records to write. */
abstract class JournalTestSupport {
    static final Duration RETENTION = Duration.ofHours(1);
    static final NetworkIdentity NETWORK = network("0xgenesis");

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

    static NetworkIdentity network(String genesis) {
        return new NetworkIdentity(
                "chain",
                "31337:0xcontract",
                genesis,
                "chain 31337" + (genesis == null ? "" : " (genesis " + genesis + ")") + ", contract 0xcontract");
    }

    @AfterEach
    void stopThreads() {
        executor.shutdownNow();
    }

    JournalScope scope() {
        return new JournalScope(NETWORK, RETENTION, Duration.ZERO, clock);
    }

    OpenJournal open() {
        return OpenJournal.of(new FileTaskJournal(directory.toString()), scope(), executor);
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
        BigInteger fee = new BigInteger("30000000000000000000");
        return TaskOrder.of(key, TaskKind.SD, "{\"prompt\":\"a lighthouse, Größe 😀\\n\"}", "0xhash", "0xcreator")
                .withResult(1, 1000, 100)
                .withIdempotencyKey(idempotencyKey)
                .withTerms(new ProtocolData(Map.of("vramLimit", "8", "cap", "1", "gpuName", "", "gpuVram", "0")))
                .again(key, fee, attempt);
    }

    TaskRecord signed(String key, String idempotencyKey, long nonce) {
        return TaskRecord.prepared(order(key, idempotencyKey, 1))
                .committed(
                        TaskState.SIGNED,
                        slot(nonce),
                        new Spending(clock.instant(), BigInteger.TEN),
                        ProtocolData.EMPTY.with("head", "5").with("payments", payment(nonce, "")));
    }

    static Slot slot(long number) {
        return new Slot("0xcreator", BigInteger.valueOf(number));
    }

    /** What the chain protocol writes of a payment. */
    static String payment(long nonce, String variant) {
        return nonce + " 0xtx" + nonce + variant + " 0xraw" + nonce + variant;
    }

    /** The same record with another text of the protocol's. */
    static TaskRecord with(TaskRecord record, String name, String text) {
        return record.with(record.data().with(name, text));
    }

    static TaskRecord succeeded(TaskRecord record) {
        return with(with(record.succeeded(), "resultNode", "0xnode"), "resultHash", "0xresult");
    }

    TaskRecord created(String key, String idempotencyKey, long nonce) {
        TaskRecord signed = signed(key, idempotencyKey, nonce);
        return with(signed.sent().created("" + (100 + nonce)), "createdIn", "7 0xblock");
    }

    TaskRecord settled(TaskRecord record, TaskState end, String reason) {
        return record.ended(end, reason).settled(new Settlement(clock.instant(), null, BigInteger.TEN));
    }
}
