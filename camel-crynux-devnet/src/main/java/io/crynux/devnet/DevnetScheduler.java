// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The few threads that follow the chain and run all nodes. */
final class DevnetScheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DevnetScheduler.class);

    /** One that draws pictures must not keep all others from following the chain. */
    private static final int MIN_THREADS = 3;

    private static final int MAX_THREADS = 8;
    private static final long CLOSE_TIMEOUT_SECONDS = 5;

    private final ScheduledThreadPoolExecutor executor;

    DevnetScheduler() {
        int threads =
                Math.max(MIN_THREADS, Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
        var number = new AtomicInteger();
        executor = new ScheduledThreadPoolExecutor(
                threads,
                task -> {
                    var thread = new Thread(task, "crynux-devnet-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                // A step that would come after the end is not missed by anybody.
                new ThreadPoolExecutor.DiscardPolicy());
        executor.setRemoveOnCancelPolicy(true);
    }

    ScheduledExecutorService executor() {
        return executor;
    }

    /** Drops what has not begun, and waits for what has. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The devnet's threads have not ended within {} s", CLOSE_TIMEOUT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
