// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import io.crynux.client.journal.JournalOwner;
import io.crynux.client.journal.JournalScope;
import io.crynux.client.journal.JournalSession;
import io.crynux.client.journal.NetworkIdentity;
import io.crynux.client.journal.ProtocolData;
import io.crynux.client.journal.Settlement;
import io.crynux.client.journal.Slot;
import io.crynux.client.journal.Spending;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Writes all states of many tasks, as the engine does: it waits for the record of the payment only. */
final class JournalLoad {
    private static final int PARAMETER_CHARACTERS = 1_000;
    private static final int RAW_CHARACTERS = 700;

    private final int tasks;
    private final int atOnce;

    JournalLoad(int tasks, int atOnce) {
        this.tasks = tasks;
        this.atOnce = atOnce;
    }

    /** Tasks per second. */
    double run(TaskJournal journal) throws InterruptedException {
        JournalScope scope = new JournalScope(
                new NetworkIdentity("bench", "1", null, "the bench"),
                Duration.ofDays(1),
                Duration.ZERO,
                Clock.systemUTC());
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            JournalSession session = journal.open(scope, new JournalOwner("bench", executor))
                    .toCompletableFuture()
                    .join();
            Semaphore places = new Semaphore(atOnce);
            CountDownLatch settled = new CountDownLatch(tasks);
            long begin = System.nanoTime();
            for (int i = 0; i < tasks; i++) {
                places.acquire();
                write(session, i, () -> {
                    places.release();
                    settled.countDown();
                });
            }
            settled.await();
            double perSecond = tasks / ((System.nanoTime() - begin) / 1e9);
            session.close().toCompletableFuture().join();
            return perSecond;
        } finally {
            executor.shutdown();
        }
    }

    private static void write(JournalSession session, int number, Runnable then) {
        TaskRecord prepared = TaskRecord.prepared(order(number));
        String payment = number + " 0x" + number + " 0x" + "ab".repeat(RAW_CHARACTERS / 2);
        TaskRecord signed = prepared.committed(
                TaskState.SIGNED,
                new Slot("0xcreator", BigInteger.valueOf(number)),
                new Spending(Instant.now(), BigInteger.TEN.pow(19)),
                new ProtocolData(Map.of("payments", payment)));
        session.claim(prepared.order(), null);
        session.commit(signed, JournalSession.FIRST_EPOCH).thenRun(() -> {
            TaskRecord created =
                    signed.sent().created("" + number).with(signed.data().with("createdIn", number + " 0xb"));
            session.commit(signed.sent(), JournalSession.FIRST_EPOCH);
            session.commit(created, JournalSession.FIRST_EPOCH);
            session.commit(created.in(TaskState.UPLOADED), JournalSession.FIRST_EPOCH);
            TaskRecord succeeded = created.succeeded().with(created.data().with("resultNode", "0xnode"));
            session.commit(succeeded, JournalSession.FIRST_EPOCH);
            session.commit(succeeded.in(TaskState.DOWNLOADED), JournalSession.FIRST_EPOCH);
            TaskRecord done = succeeded.in(TaskState.DONE);
            session.commit(done, JournalSession.FIRST_EPOCH);
            session.commit(
                            done.settled(new Settlement(Instant.now(), null, null))
                                    .with(ProtocolData.EMPTY),
                            JournalSession.FIRST_EPOCH)
                    .thenRun(then);
        });
    }

    private static TaskOrder order(int number) {
        return TaskOrder.of(
                        "task-" + number,
                        TaskKind.SD,
                        "{\"prompt\":\"" + "x".repeat(PARAMETER_CHARACTERS) + "\"}",
                        "0xhash" + number,
                        "0xcreator")
                .withFee(BigInteger.TEN.pow(19))
                .withResult(1, 1_000_000, 100_000)
                .withIdempotencyKey("key-" + number);
    }
}
