// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each command exactly once: on the calling thread if the wrapped executor rejects it because it is full, stopped or
 * out of threads. A step that never runs would block everything that waits for it.
 */
final class SteadyExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(SteadyExecutor.class);

    private final Executor executor;
    /** Commands of the calling thread: further ones wait here until the running one ends, so that the stack does not grow. */
    private static final ThreadLocal<Queue<Runnable>> HERE = new ThreadLocal<>();

    SteadyExecutor(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable command) {
        Runnable once = once(command);
        try {
            executor.execute(once);
        } catch (Throwable e) {
            // RejectedExecutionException, or OutOfMemoryError if no thread can be started.
            LOG.debug("The executor rejected a step; running it on the calling thread", e);
            runHere(once);
        }
    }

    private static Runnable once(Runnable command) {
        AtomicBoolean begun = new AtomicBoolean();
        return () -> {
            if (!begun.compareAndSet(false, true)) {
                return;
            }
            try {
                command.run();
            } catch (Throwable e) {
                LOG.error("A step of the client failed; other steps continue", e);
            }
        };
    }

    private void runHere(Runnable first) {
        Queue<Runnable> running = HERE.get();
        if (running != null) {
            running.add(first);
            return;
        }
        Queue<Runnable> queue = new ArrayDeque<>();
        HERE.set(queue);
        try {
            for (Runnable next = first; next != null; next = queue.poll()) {
                next.run();
            }
        } finally {
            HERE.remove();
        }
    }
}
