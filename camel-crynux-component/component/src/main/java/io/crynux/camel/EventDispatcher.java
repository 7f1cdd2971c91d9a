// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.CrynuxClient;
import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.event.EventStream;
import io.crynux.client.event.TaskEvent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an exchange of each event of a stream, one after another. No thread waits while there is no event or an exchange is in
 * flight: every change calls {@link #look}, and one worker at a time handles it.
 */
final class EventDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(EventDispatcher.class);
    private static final Duration BEFORE_AGAIN = Duration.ofSeconds(1);
    /** An exchange that Camel counts as done stores its position a moment later. */
    private static final Duration BEFORE_STOP = Duration.ofSeconds(1);

    private final EventConsumer consumer;
    private final CrynuxComponent component;
    private final boolean breakOnFirstError;
    private final EventStream stream;
    private final EventOffsets offsets;
    private final EventExchanges exchanges;
    private final ResultPrefetch prefetch;
    /** How many reasons to look there were since the last look; whoever raises it from 0 looks. */
    private final AtomicInteger reasons = new AtomicInteger();

    private volatile boolean running;
    /** Whether an exchange is in flight, or waits to be repeated. */
    private volatile boolean telling;
    /** Completes when the exchange in flight is done and its position is stored. */
    private volatile CompletableFuture<Void> told = CompletableFuture.completedFuture(null);
    /** Whether the stream is asked for the next event, which comes into {@link #arrived}. */
    private volatile boolean waiting;

    private volatile TaskEvent arrived;
    private volatile TaskEvent failed;

    EventDispatcher(EventConsumer consumer, CrynuxClient client, EventStream stream, EventOffsets offsets) {
        CrynuxConfiguration options = consumer.getEndpoint().getConfiguration();
        this.consumer = consumer;
        this.component = consumer.getEndpoint().getComponent();
        this.breakOnFirstError = options.isBreakOnFirstError();
        this.stream = stream;
        this.offsets = offsets;
        this.exchanges = new EventExchanges(consumer, client);
        this.prefetch = new ResultPrefetch(client, component.timer(), options, this::look);
    }

    void start() {
        // From here on nothing is lost, even if the first event comes after a restart.
        offsets.save(stream);
        go();
    }

    void go() {
        running = true;
        look();
    }

    /** Makes no further exchange; one in flight continues. */
    void pause() {
        running = false;
    }

    void stop() {
        running = false;
        awaitTold();
        stream.close();
        prefetch.close();
        offsets.save(stream);
    }

    /** Camel stops a route when its exchanges are done, which is just before their positions are stored. */
    private void awaitTold() {
        try {
            told.get(BEFORE_STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The event in flight is consumed again after the next start", e);
        }
    }

    private void look() {
        if (reasons.getAndIncrement() > 0) {
            return;
        }
        try {
            component.continuations().execute(this::tellAll);
        } catch (RejectedExecutionException e) {
            // The pool is full, or it is stopped, and then the timer is, too.
            reasons.set(0);
            LOG.debug("The worker pool is full", e);
            later(this::look);
        }
    }

    private void tellAll() {
        int seen = reasons.get();
        while (seen > 0) {
            try {
                boolean more = true;
                while (more && running && !telling) {
                    more = tellNext();
                }
            } catch (Throwable e) {
                // Without a further look the route would never get an event again.
                LOG.error("Consuming events failed; it is tried again", e);
                later(this::look);
            }
            seen = reasons.addAndGet(-seen);
        }
    }

    /** Whether there may be more to do. */
    private boolean tellNext() {
        TaskEvent again = failed;
        if (again != null) {
            failed = null;
            begin(again);
            return true;
        }
        ResultPrefetch.Fetched fetched = prefetch.poll();
        if (fetched != null) {
            tell(fetched);
            return true;
        }
        TaskEvent event = prefetch.hasRoom() ? next() : null;
        if (event == null) {
            return false;
        }
        if (event.removed() && !prefetch.isIdle()) {
            // The event that it reverts may still be in flight, and comes first.
            arrived = event;
            return false;
        }
        begin(event);
        return true;
    }

    private void begin(TaskEvent event) {
        if (!prefetch.fetch(event)) {
            tell(ResultPrefetch.Fetched.nothing(event));
        }
    }

    /** The next event, or null when it has to be waited for. */
    private TaskEvent next() {
        if (waiting) {
            return null;
        }
        TaskEvent event = arrived != null ? arrived : stream.poll();
        arrived = null;
        if (event == null) {
            waiting = true;
            stream.next().whenComplete((next, error) -> {
                arrived = next;
                waiting = false;
                if (error == null) {
                    look();
                }
            });
        }
        return event;
    }

    private void tell(ResultPrefetch.Fetched fetched) {
        told = new CompletableFuture<>();
        telling = true;
        Exchange exchange;
        try {
            exchange = exchanges.of(fetched);
        } catch (Throwable e) {
            LOG.warn("No exchange could be made of {}; it is tried again", describe(fetched.event()), e);
            tellAgain(fetched.event());
            return;
        }
        if (exchange.getException() != null) {
            onDone(exchange, fetched.event());
            return;
        }
        try {
            consumer.getAsyncProcessor().process(exchange, doneSync -> {
                onDone(exchange, fetched.event());
                if (!doneSync) {
                    look();
                }
            });
        } catch (Throwable e) {
            // An Error that the route throws is a failure of its exchange.
            exchange.setException(e);
            onDone(exchange, fetched.event());
        }
    }

    private void onDone(Exchange exchange, TaskEvent event) {
        Exception failure = exchange.getException();
        if (failure != null && isInterrupted(failure)) {
            LOG.debug("{} is not handled; it is consumed again after the next start", describe(event), failure);
            consumer.releaseExchange(exchange, false);
            failed = event;
            done();
            return;
        }
        if (failure != null && breakOnFirstError) {
            LOG.warn("The exchange of {} failed and is repeated: {}", describe(event), failure.toString());
            consumer.releaseExchange(exchange, false);
            tellAgain(event);
            return;
        }
        try {
            if (failure != null) {
                consumer.getExceptionHandler()
                        .handleException("Error processing exchange of " + describe(event), exchange, failure);
            }
            consumer.releaseExchange(exchange, false);
            stream.handled(event);
            offsets.save(stream);
        } catch (Throwable e) {
            // The next position that can be written tells of this event, too.
            LOG.warn(
                    "The position of the route cannot be stored; after a restart events are consumed again from the last one stored",
                    e);
        } finally {
            done();
        }
    }

    private void done() {
        telling = false;
        told.complete(null);
    }

    /** Whether an exchange failed only because everything stops. */
    private boolean isInterrupted(Exception failure) {
        return component.getCamelContext().isStopping()
                && (ObjectHelper.getException(CrynuxShutdownException.class, failure) != null
                        || ObjectHelper.getException(RejectedExecutionException.class, failure) != null);
    }

    private void tellAgain(TaskEvent event) {
        told.complete(null);
        later(() -> {
            failed = event;
            done();
            look();
        });
    }

    private void later(Runnable step) {
        try {
            component.timer().schedule(step, BEFORE_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Stopped; the remaining events are consumed after the next start", e);
        }
    }

    private static String describe(TaskEvent event) {
        return event.type().eventName() + " of task " + event.taskId() + " (" + event.id() + ")";
    }
}
