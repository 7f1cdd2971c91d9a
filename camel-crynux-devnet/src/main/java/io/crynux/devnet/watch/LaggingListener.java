// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.watch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Hands events on after a delay, in their order: a reader who is behind the chain. */
public final class LaggingListener implements TaskEventListener {
    private record Late(long due, TaskEvent event, boolean added) {}

    private final TaskEventListener behind;
    private final ScheduledExecutorService scheduler;
    private final long lagNanos;
    private final Queue<Late> waiting = new ArrayDeque<>();

    /** @param lag how much later {@code behind} hears of each event; zero for at once */
    public LaggingListener(TaskEventListener behind, ScheduledExecutorService scheduler, Duration lag) {
        this.behind = behind;
        this.scheduler = scheduler;
        this.lagNanos = lag.toNanos();
    }

    @Override
    public void added(TaskEvent event) {
        delay(event, true);
    }

    @Override
    public void removed(TaskEvent event) {
        delay(event, false);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // telling a listener does not fail
    private void delay(TaskEvent event, boolean added) {
        synchronized (waiting) {
            waiting.add(new Late(System.nanoTime() + lagNanos, event, added));
        }
        if (lagNanos == 0) {
            handOn();
        } else {
            scheduler.schedule(this::handOn, lagNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void handOn() {
        // Holding the lock while handing on keeps the order when two pool threads are here.
        synchronized (waiting) {
            long now = System.nanoTime();
            while (!waiting.isEmpty() && waiting.peek().due() - now <= 0) {
                Late late = waiting.remove();
                TaskEventFeed.tell(behind, late.event(), late.added());
            }
        }
    }
}
