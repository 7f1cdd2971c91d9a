// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one thing after the other, in order, on threads of another executor; so what only runs here needs no locks. */
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

    private void drain() {
        for (Runnable command = take(); command != null; command = take()) {
            try {
                command.run();
            } catch (RuntimeException e) {
                LOG.error("A step of the task engine failed; the steps after it go on", e);
            }
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
