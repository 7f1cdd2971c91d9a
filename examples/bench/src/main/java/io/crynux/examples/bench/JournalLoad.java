// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import io.crynux.client.journal.JournalScope;
import io.crynux.client.journal.JournalSession;
import io.crynux.client.journal.Payment;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
                31337, "0xgenesis", "0xcontract", Duration.ofDays(1), Duration.ZERO, Clock.systemUTC());
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try (JournalSession session = journal.open(scope, executor)) {
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
            return tasks / ((System.nanoTime() - begin) / 1e9);
        } finally {
            executor.shutdown();
        }
    }

    private static void write(JournalSession session, int number, Runnable then) {
        TaskRecord prepared = TaskRecord.prepared(order(number));
        Payment payment =
                new Payment(BigInteger.valueOf(number), "0x" + number, "0x" + "ab".repeat(RAW_CHARACTERS / 2));
        TaskRecord.Signing signing =
                new TaskRecord.Signing(Instant.now(), BigInteger.valueOf(number), BigInteger.TEN.pow(19));
        TaskRecord signed = prepared.signed(payment, signing);
        session.write(prepared);
        session.write(signed).thenRun(() -> {
            TaskRecord created =
                    signed.sent().created(BigInteger.valueOf(number), new BlockRef(BigInteger.valueOf(number), "0xb"));
            session.write(signed.sent());
            session.write(created);
            session.write(created.in(TaskState.UPLOADED));
            TaskRecord succeeded = created.succeeded("0xnode", "0xresult");
            session.write(succeeded);
            session.write(succeeded.in(TaskState.DOWNLOADED));
            TaskRecord done = succeeded.in(TaskState.DONE);
            session.write(done);
            session.write(done.settled(new TaskRecord.Settlement(Instant.now(), null, null)))
                    .thenRun(then);
        });
    }

    private static TaskOrder order(int number) {
        return new TaskOrder(
                "task-" + number,
                TaskKind.SD,
                "{\"prompt\":\"" + "x".repeat(PARAMETER_CHARACTERS) + "\"}",
                "0xhash" + number,
                "0xcreator",
                BigInteger.TEN.pow(19),
                8,
                1,
                "",
                0,
                1,
                1_000_000,
                100_000,
                "key-" + number,
                1);
    }
}
