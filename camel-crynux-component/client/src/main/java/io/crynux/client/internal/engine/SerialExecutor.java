// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one thing after the other, in order, on threads of another executor; so what only runs here needs no locks. That
 * executor takes everything, or the loop would stand still.
 */
final class SerialExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

    private final Executor executor;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    SerialExecutor(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable command) {
        synchronized (waiting) {
            waiting.add(command);
            if (running) {
                return;
            }
            running = true;
        }
        executor.execute(this::drain);
    }

    /** Takes a step here, called from any thread, and completes with what the stage of that step comes to. */
    <T> CompletableFuture<T> compose(Supplier<CompletionStage<T>> step) {
        return CompletableFuture.supplyAsync(step, this).thenCompose(stage -> stage);
    }

    private void drain() {
        for (Runnable command = take(); command != null; command = take()) {
            run(command);
        }
    }

    /** Whatever it throws: a loop that ends with a step in its hands would hold up all tasks for ever. */
    private static void run(Runnable command) {
        try {
            command.run();
        } catch (Throwable e) {
            tell(e);
        }
    }

    private static void tell(Throwable error) {
        try {
            LOG.error("A step of the task engine failed; the steps after it go on", error);
        } catch (Throwable e) {
            // As when there is no memory for a line of a log; the loop goes on all the same.
            error.addSuppressed(e);
        }
    }

    private Runnable take() {
        synchronized (waiting) {
            Runnable command = waiting.poll();
            running = command != null;
            return command;
        }
    }
}
