// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of the Relay wait by priority, and within the rate. */
class CallQueueTest {
    private long nanos;
    private final List<Runnable> timers = new ArrayList<>();
    private final List<String> started = new ArrayList<>();
    private final List<CompletableFuture<String>> running = new ArrayList<>();
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            timers.add(command);
            return super.schedule(() -> {}, 0, unit);
        }
    };

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    private CompletableFuture<String> add(CallQueue queue, Priority priority, String name) {
        return queue.run(priority, () -> {
            started.add(name);
            CompletableFuture<String> call = new CompletableFuture<>();
            running.add(call);
            return call;
        });
    }

    private CallQueue queue(int maxRunning, double rate) {
        return new CallQueue(maxRunning, rate, () -> nanos, scheduler);
    }

    @Test
    void theMostUrgentGoesFirst() {
        CallQueue queue = queue(1, 0);
        add(queue, Priority.SWEEP, "running");
        add(queue, Priority.SWEEP, "sweep");
        add(queue, Priority.CREATE, "create 1");
        add(queue, Priority.CREATE, "create 2");
        add(queue, Priority.RESULT, "result");
        add(queue, Priority.SIBLING, "sibling");
        for (int i = 0; i < 6; i++) {
            running.get(i).complete("");
        }

        assertThat(started).containsExactly("running", "sibling", "result", "create 1", "create 2", "sweep");
    }

    @Test
    void validationsWaitForNoOther() {
        CallQueue queue = queue(1, 0);
        add(queue, Priority.RESULT, "slow download");
        add(queue, Priority.CREATE, "create");
        for (int i = 0; i < 100; i++) {
            add(queue, Priority.VALIDATE, "validate");
        }

        assertThat(started).hasSize(101).doesNotContain("create");
    }

    @Test
    void theRateIsKept() {
        CallQueue queue = queue(100, 10);
        for (int i = 0; i < 30; i++) {
            add(queue, Priority.CREATE, "create");
        }
        add(queue, Priority.VALIDATE, "validate");
        assertThat(started).hasSize(1);

        for (int tenth = 0; tenth < 10; tenth++) {
            nanos += TimeUnit.MILLISECONDS.toNanos(100);
            timers.remove(0).run();
        }
        assertThat(started).hasSize(11);
        assertThat(started.get(1)).as("also by priority").isEqualTo("validate");
    }

    @Test
    void aFailureGivesItsPlaceBack() {
        CallQueue queue = queue(1, 0);
        CompletableFuture<String> failing = queue.run(Priority.CREATE, () -> {
            throw new IllegalStateException("bug");
        });
        CompletableFuture<String> next = add(queue, Priority.CREATE, "next");

        assertThat(failing).isCompletedExceptionally();
        running.get(0).complete("done");
        assertThat(next).isCompletedWithValue("done");
    }

    @Test
    void aCancelledCallIsNotStartedOrEnds() {
        CallQueue queue = queue(1, 0);
        CompletableFuture<String> first = add(queue, Priority.CREATE, "first");
        CompletableFuture<String> second = add(queue, Priority.CREATE, "second");
        add(queue, Priority.CREATE, "third");
        second.cancel(false);
        first.cancel(false);

        assertThat(running.get(0)).isCancelled();
        assertThat(started).containsExactly("first", "third");
    }

    @Test
    void limitsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> queue(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> queue(1, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
