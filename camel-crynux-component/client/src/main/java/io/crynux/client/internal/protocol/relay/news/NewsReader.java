// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.news;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.protocol.relay.api.Answer;
import io.crynux.client.internal.protocol.relay.api.Refusal;
import io.crynux.client.internal.protocol.relay.api.RelayApi;
import io.crynux.client.internal.protocol.relay.task.RelayEvent;
import io.crynux.client.settings.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the Relay's event log for all tasks: one request per interval, whatever the number of tasks. */
public final class NewsReader {
    /** Maximum number of rows of a request. */
    static final int PAGE = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(NewsReader.class);
    private static final Backoff FAILURES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    /** An old Relay may be updated. */
    private static final Duration WITHOUT_EVENTS = Duration.ofMinutes(10);

    private final RelayApi api;
    private final Duration interval;
    private final NewsListener listener;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;

    private boolean running;
    private Future<?> timer;
    private CompletableFuture<?> call;
    /** Null until the log's newest id is known. */
    private EventCursor cursor;

    private int failures;

    /**
     * @param interval between polls (eventPollInterval)
     * @param executor runs the polls; the caller closes it
     * @param scheduler keeps the timer
     */
    public NewsReader(
            RelayApi api,
            Duration interval,
            NewsListener listener,
            Executor executor,
            ScheduledExecutorService scheduler) {
        this.api = api;
        this.interval = interval;
        this.listener = listener;
        this.executor = executor;
        this.scheduler = scheduler;
    }

    /** Begins to read, where an earlier reading stopped; does nothing while it reads. */
    public synchronized void start() {
        if (!running) {
            running = true;
            in(Duration.ZERO);
        }
    }

    /** Stops reading and cancels a running request. */
    public synchronized void stop() {
        running = false;
        if (timer != null) {
            timer.cancel(false);
        }
        if (call != null) {
            call.cancel(false);
        }
    }

    private synchronized void in(Duration delay) {
        if (running) {
            timer = scheduler.schedule(() -> executor.execute(this::poll), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void poll() {
        EventCursor known;
        synchronized (this) {
            known = cursor;
        }
        if (known == null) {
            findNewest();
        } else {
            page(known, known.start(), known.newest());
        }
    }

    private <T> void ask(CompletableFuture<Answer<T>> asked, Consumer<T> then) {
        synchronized (this) {
            call = asked;
            if (!running) {
                asked.cancel(false);
                return;
            }
        }
        asked.whenComplete((answer, error) -> {
            try {
                if (error != null) {
                    failed(Duration.ZERO, Futures.cause(error).toString());
                } else if (answer.value().isPresent()) {
                    then.accept(answer.value().get());
                } else {
                    refused(answer.refusal().orElseThrow());
                }
            } catch (RuntimeException e) {
                LOG.error("A listener of the Relay's events failed; reading continues", e);
                failed(Duration.ZERO, e.toString());
            }
        });
    }

    private void findNewest() {
        ask(api.currentEvent(), newest -> {
            adopt(new EventCursor(newest));
            // What happened before is in no row that will be read.
            listener.onDoubt();
            read();
        });
    }

    private synchronized void adopt(EventCursor other) {
        cursor = other;
    }

    private synchronized void read() {
        failures = 0;
        in(interval);
    }

    /** @param newest the greatest id that was seen before this poll */
    private void page(EventCursor known, long start, long newest) {
        ask(api.events(start, PAGE, ""), rows -> {
            if (rows.stream().anyMatch(known::contradicts)) {
                restored();
                return;
            }
            boolean continues =
                    newest == 0 || start > known.start() || rows.stream().anyMatch(row -> row.id() == newest);
            known.accept(rows).forEach(listener::onEvent);
            if (!continues) {
                // The newest row that was seen is not there any more: it was purged, or the Relay was restored.
                restored();
            } else if (rows.size() == PAGE) {
                page(known, last(rows), newest);
            } else {
                read();
            }
        });
    }

    private static long last(List<RelayEvent> rows) {
        return rows.get(rows.size() - 1).id();
    }

    private void restored() {
        LOG.info("The Relay's event log does not continue, because it was purged or restored; reading all open tasks");
        adopt(null);
        in(Duration.ZERO);
    }

    private void refused(Refusal refusal) {
        if (refusal instanceof Refusal.NotTheApi) {
            LOG.debug("The Relay has no event log: {}", refusal.text());
            adopt(null);
            listener.onNoEvents();
            in(WITHOUT_EVENTS);
            return;
        }
        failed(refusal instanceof Refusal.Unavailable away ? away.retryAfter() : Duration.ZERO, refusal.text());
    }

    private void failed(Duration atLeast, String why) {
        Duration delay;
        synchronized (this) {
            delay = FAILURES.delay(failures++);
        }
        LOG.debug("Cannot read the Relay's events; retrying in {} ms: {}", delay.toMillis(), why);
        in(atLeast.compareTo(delay) > 0 ? atLeast : delay);
    }
}
