// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs all that it is given, each once: what the executor behind it does not take, since it is full, is stopped or gets no
 * thread, runs in the thread that brings it. A step that nobody runs would hold up all that waits for it.
 */
final class SteadyExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(SteadyExecutor.class);

    private final Executor executor;
    /** What runs in the thread that has brought it; what comes meanwhile waits there, so that no row of steps grows the stack. */
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
            // RejectedExecutionException, or OutOfMemoryError where there is no thread to be had.
            LOG.debug("The executor does not take a step, which runs in this thread", e);
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
                LOG.error("A step of the client failed; the others go on", e);
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
