// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.watch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Hands events on after a delay, in their order: a reader who is behind the chain. */
public final class LaggingListener implements TaskEventListener {
    /** The lag may change while events wait: so often it is asked for. */
    private static final long MAX_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private record Late(long came, TaskEvent event, boolean added) {}

    private final TaskEventListener behind;
    private final ScheduledExecutorService scheduler;
    private final Supplier<Duration> lag;
    private final Queue<Late> waiting = new ArrayDeque<>();
    private boolean scheduled;

    /** @param lag how much later {@code behind} hears of each event; zero for at once; asked again while events wait */
    public LaggingListener(TaskEventListener behind, ScheduledExecutorService scheduler, Supplier<Duration> lag) {
        this.behind = behind;
        this.scheduler = scheduler;
        this.lag = lag;
    }

    @Override
    public void added(TaskEvent event) {
        delay(event, true);
    }

    @Override
    public void removed(TaskEvent event) {
        delay(event, false);
    }

    private void delay(TaskEvent event, boolean added) {
        synchronized (waiting) {
            waiting.add(new Late(System.nanoTime(), event, added));
            handOn();
        }
    }

    private void due() {
        synchronized (waiting) {
            scheduled = false;
            handOn();
        }
    }

    /** Holding the lock while handing on keeps the order when two pool threads are here. */
    @SuppressWarnings("FutureReturnValueIgnored") // notifying a listener does not fail
    private void handOn() {
        long now = System.nanoTime();
        long lagNanos = lag.get().toNanos();
        while (!waiting.isEmpty() && now - waiting.peek().came() >= lagNanos) {
            Late late = waiting.remove();
            TaskEventFeed.report(behind, late.event(), late.added());
        }
        if (!waiting.isEmpty() && !scheduled) {
            scheduled = true;
            long wait = waiting.peek().came() + lagNanos - now;
            scheduler.schedule(this::due, Math.min(wait, MAX_WAIT_NANOS), TimeUnit.NANOSECONDS);
        }
    }
}
