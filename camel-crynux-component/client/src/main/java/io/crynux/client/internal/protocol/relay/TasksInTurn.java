// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay;

import io.crynux.client.internal.async.Loop;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;

/** Has open tasks read in turn, at a Relay without an event log. Used on the engine's loop only. */
final class TasksInTurn {
    /** Each task is read so often: a result is there soon, and thousands of tasks are no flood of requests. */
    private static final Duration ROUND = Duration.ofSeconds(30);

    private final Duration interval;
    private final Set<RelayAttempt> waiting = new LinkedHashSet<>();
    private ScheduledFuture<?> timer;

    /** @param interval between steps (eventPollInterval) */
    TasksInTurn(Duration interval) {
        this.interval = interval;
    }

    void start(Loop loop) {
        if (timer == null) {
            next(loop);
        }
    }

    private void next(Loop loop) {
        timer = loop.schedule(interval, () -> {
            if (timer != null) {
                read();
                next(loop);
            }
        });
    }

    private void read() {
        long steps = Math.max(1, ROUND.toMillis() / interval.toMillis());
        long count = Math.min(waiting.size(), waiting.size() / steps + 1);
        for (long i = 0; i < count; i++) {
            Iterator<RelayAttempt> oldest = waiting.iterator();
            RelayAttempt attempt = oldest.next();
            oldest.remove();
            waiting.add(attempt);
            attempt.steps().run(attempt::doubted);
        }
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    void remember(RelayAttempt attempt) {
        waiting.add(attempt);
    }

    void forget(RelayAttempt attempt) {
        waiting.remove(attempt);
    }
}
