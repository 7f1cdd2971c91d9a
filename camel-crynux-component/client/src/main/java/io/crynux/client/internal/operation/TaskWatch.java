// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.operation;

import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.contract.LoggedEvent;
import io.crynux.client.internal.evm.follow.ChainReader;
import io.crynux.client.internal.evm.follow.RecentBlocks;
import io.crynux.client.internal.finality.FinalBlocks;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the end of a task that the engine does not run. Reports a success at once, an abortion when its block is final.
 * Uses the follower's recent blocks, and older ones only at first or if there is a gap.
 */
final class TaskWatch {
    private static final Logger LOG = LoggerFactory.getLogger(TaskWatch.class);

    private static final long AGAIN_MILLIS = 1_000;

    private final ChainReader reader;
    private final TaskHistory histories;
    private final FinalBlocks finals;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;

    TaskWatch(
            ChainReader reader,
            TaskHistory histories,
            FinalBlocks finals,
            Executor executor,
            ScheduledExecutorService scheduler) {
        this.reader = reader;
        this.histories = histories;
        this.finals = finals;
        this.executor = executor;
        this.scheduler = scheduler;
    }

    /** Fails with a {@link TimeoutException} if the task does not end in time. */
    CompletableFuture<LoggedEvent> end(BigInteger taskId, Duration timeout) {
        Checks checks = new Checks(taskId);
        reader.watch(checks);
        ScheduledFuture<?> deadline = scheduler.schedule(
                () -> checks.result.completeExceptionally(new TimeoutException()),
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        checks.result.whenComplete((event, error) -> {
            reader.unwatch(checks);
            deadline.cancel(false);
        });
        checks.run();
        return checks.result;
    }

    /** One check at a time, each for all new blocks. */
    private final class Checks implements Runnable {
        private final BigInteger taskId;
        private final CompletableFuture<LoggedEvent> result = new CompletableFuture<>();
        private final AtomicBoolean checking = new AtomicBoolean();
        private final AtomicBoolean scheduled = new AtomicBoolean();
        /** The newest block that was checked; used by one check at a time. */
        private volatile BigInteger seen;

        Checks(BigInteger taskId) {
            this.taskId = taskId;
        }

        @Override
        public void run() {
            if (!result.isDone() && checking.compareAndSet(false, true)) {
                executor.execute(this::check);
            }
        }

        private void check() {
            RecentBlocks recent = reader.recent();
            CompletableFuture<Void> looked = Futures.start(() -> history(recent))
                    .thenAccept(found -> {
                        seen = recent.head().number();
                        found.end().ifPresent(this::judge);
                    });
            looked.whenComplete((done, error) -> {
                if (error != null) {
                    LOG.debug("Looking for the end of task {} failed; trying again at the next block", taskId, error);
                }
                checking.set(false);
                if (!result.isDone() && !recent.equals(reader.recent())) {
                    run();
                }
            });
        }

        private CompletableFuture<History> history(RecentBlocks recent) {
            boolean gap = seen == null || recent.oldest().compareTo(seen.add(BigInteger.ONE)) > 0;
            return gap ? histories.of(taskId) : CompletableFuture.completedFuture(histories.recent(taskId, recent));
        }

        private void again() {
            scheduled.set(false);
            run();
        }

        private void judge(LoggedEvent end) {
            if (end.event() instanceof ContractEvent.Succeeded) {
                result.complete(end);
                return;
            }
            finals.isFinal(end.block()).thenAccept(isFinal -> {
                if (isFinal) {
                    result.complete(end);
                } else if (scheduled.compareAndSet(false, true)) {
                    // The chain may make no further block.
                    scheduler.schedule(this::again, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                }
            });
        }
    }
}
