// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.async;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of one task on the engine's loop. What a step throws, be it an {@link Error}, ends that task alone: the loop and
 * the other tasks go on.
 */
public final class Steps {
    private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

    private final Loop loop;
    private final Consumer<Throwable> onFailure;

    /** @param onFailure is given what a step has thrown, on the loop */
    public Steps(Loop loop, Consumer<Throwable> onFailure) {
        this.loop = loop;
        this.onFailure = onFailure;
    }

    /** Runs a step now; to be called on the loop. */
    public void run(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            try {
                LOG.error("A step of the task engine failed; it ends the task, and the others go on", e);
            } finally {
                onFailure.accept(e);
            }
        }
    }

    /** Runs a step on the loop, later. */
    public ScheduledFuture<?> schedule(Duration delay, Runnable step) {
        return loop.schedule(delay, () -> run(step));
    }

    /** Goes on on the loop with what a stage comes to: exactly one of value and error is null, or the value is. */
    public <T> void after(CompletionStage<T> stage, BiConsumer<T, Throwable> then) {
        // Not by whenCompleteAsync, in whose own stage an error of the step would vanish.
        stage.whenComplete((value, error) -> loop.execute(() -> run(() -> then.accept(value, error))));
    }
}
