// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a block in even intervals, on a thread of its own. */
final class BlockTimer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BlockTimer.class);

    /** How long closing waits for a block that is being made. */
    private static final Duration LAST_BLOCK = Duration.ofSeconds(5);

    private final ScheduledExecutorService scheduler;
    private final ScheduledFuture<?> ticks;

    private BlockTimer(ScheduledExecutorService scheduler, ScheduledFuture<?> ticks) {
        this.scheduler = scheduler;
        this.ticks = ticks;
    }

    /** Makes no blocks. */
    static BlockTimer none() {
        return new BlockTimer(null, null);
    }

    /** @param block makes a block, unless they are paused */
    static BlockTimer start(Runnable block, Duration interval) {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "crynux-devnet-blocks");
            thread.setDaemon(true);
            return thread;
        });
        long nanos = interval.toNanos();
        // Not at a fixed rate: on a machine that cannot keep up, blocks would follow each other without a pause, and
        // whoever
        // asks for something would wait for the ledger's lock.
        return new BlockTimer(
                scheduler, scheduler.scheduleWithFixedDelay(() -> mine(block), nanos, nanos, TimeUnit.NANOSECONDS));
    }

    private static void mine(Runnable block) {
        try {
            block.run();
        } catch (RuntimeException e) {
            // A scheduler gives a task up that throws, and a chain without blocks is harder to explain than this line.
            LOG.error("A block could not be mined", e);
        }
    }

    @Override
    public void close() {
        if (scheduler != null) {
            ticks.cancel(false);
            scheduler.shutdown();
            try {
                if (!scheduler.awaitTermination(LAST_BLOCK.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.warn("The last block is still being mined");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
