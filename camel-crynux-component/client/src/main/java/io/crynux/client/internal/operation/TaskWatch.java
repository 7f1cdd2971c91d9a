// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.operation;

import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.contract.LoggedEvent;
import io.crynux.client.internal.evm.follow.ChainReader;
import io.crynux.client.internal.evm.follow.RecentBlocks;
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
 * Waits for the event that ends a task that the engine does not run. A success is told when it is seen, an abortion when its
 * block is final. Looks at what the follower reads anyway, and at older blocks only at first, or where the follower left a gap.
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

    /** Fails with a {@link TimeoutException} when it does not end in time. */
    CompletableFuture<LoggedEvent> end(BigInteger taskId, Duration timeout) {
        Looks looks = new Looks(taskId);
        reader.watch(looks);
        ScheduledFuture<?> deadline = scheduler.schedule(
                () -> looks.result.completeExceptionally(new TimeoutException()),
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        looks.result.whenComplete((event, error) -> {
            reader.unwatch(looks);
            deadline.cancel(false);
        });
        looks.run();
        return looks.result;
    }

    /** One look after the other, each for all blocks that came meanwhile. */
    private final class Looks implements Runnable {
        private final BigInteger taskId;
        private final CompletableFuture<LoggedEvent> result = new CompletableFuture<>();
        private final AtomicBoolean looking = new AtomicBoolean();
        private final AtomicBoolean scheduled = new AtomicBoolean();
        /** Everything up to that block was looked at; used by one look after the other. */
        private volatile BigInteger seen;

        Looks(BigInteger taskId) {
            this.taskId = taskId;
        }

        @Override
        public void run() {
            if (!result.isDone() && looking.compareAndSet(false, true)) {
                executor.execute(this::look);
            }
        }

        private void look() {
            RecentBlocks recent = reader.recent();
            CompletableFuture<Void> looked = Futures.start(() -> history(recent))
                    .thenAccept(found -> {
                        seen = recent.head().number();
                        found.end().ifPresent(this::judge);
                    });
            looked.whenComplete((done, error) -> {
                if (error != null) {
                    LOG.debug("Looking for the end of task {} failed, next with the next block", taskId, error);
                }
                looking.set(false);
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
