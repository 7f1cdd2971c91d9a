// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.event;

import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.event.EventPosition;
import io.crynux.client.event.EventStream;
import io.crynux.client.event.EventSubscription;
import io.crynux.client.event.TaskEvent;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.evm.follow.ChainReader;
import io.crynux.client.internal.evm.follow.RecentBlocks;
import io.crynux.client.settings.Backoff;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream over the blocks that the follower keeps, and over ranges of eth_getLogs for what is older. */
public final class ChainEventStream implements EventStream {
    private static final Logger LOG = LoggerFactory.getLogger(ChainEventStream.class);
    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));
    /** Failures in a row that are not worth a warning, since the follower warns when the node is away. */
    private static final int TOLD_FAILURES = 5;
    /** With fewer events at hand more are read. */
    private static final int FEW = 2_000;

    private static final BigInteger KEPT = BigInteger.valueOf(256);
    /** How many events that may still be taken back survive a restart. */
    private static final int KEPT_TOLD = 32;

    private final ChainReader reader;
    private final EventSubscription subscription;
    private final EventReading reading;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;
    private final BigInteger notBefore;
    private final Runnable onBlocks = this::wake;

    private final Deque<TaskEvent> buffer = new ArrayDeque<>();
    /** Told events that a reorganisation may still take back, by id and in their order. */
    private final Map<String, TaskEvent> told = new LinkedHashMap<>();
    /** The newest of them. */
    private final Deque<TaskEvent> newestTold = new ArrayDeque<>();
    /** Told events whose removal is not handled yet. */
    private final Map<String, TaskEvent> takenBack = new LinkedHashMap<>();

    private final ReadBlocks blocks = new ReadBlocks();
    private final UnhandledEvents unhandled;
    private RecentBlocks checked;
    private BigInteger next;
    private boolean filling;
    /** Changes with each reorganisation, so that what is being read meanwhile is of no use. */
    private int fork;

    private int failures;
    private boolean warned;
    private CompletableFuture<TaskEvent> wanted;
    private boolean closed;

    ChainEventStream(
            ChainReader reader,
            EventSubscription subscription,
            EventReading reading,
            EventResumption.Plan plan,
            Executor executor,
            ScheduledExecutorService scheduler) {
        this.reader = reader;
        this.subscription = subscription;
        this.reading = reading;
        this.executor = executor;
        this.scheduler = scheduler;
        this.notBefore = plan.notBefore();
        EventPosition position = plan.position();
        this.unhandled = new UnhandledEvents(Place.of(position));
        this.next = position.block();
        position.blocks().forEach(blocks::add);
        position.emitted().forEach(event -> {
            blocks.add(event.block());
            remember(event);
        });
        plan.takenBack().forEach(this::takeBack);
        reader.watch(onBlocks);
    }

    @Override
    public CompletableFuture<TaskEvent> next() {
        CompletableFuture<TaskEvent> future = new CompletableFuture<>();
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(new CrynuxShutdownException("The stream of events is closed"));
            }
            wanted = future;
        }
        advance();
        return future;
    }

    @Override
    public synchronized TaskEvent poll() {
        if (closed) {
            return null;
        }
        lookForChanges();
        TaskEvent event = buffer.pollFirst();
        if (event != null) {
            unhandled.add(event);
            if (!event.removed() && event.block().number().compareTo(checked.oldest()) >= 0) {
                remember(event);
            }
            readAhead();
        }
        return event;
    }

    private void remember(TaskEvent event) {
        told.put(event.id(), event);
        newestTold.addLast(event);
        if (newestTold.size() > KEPT_TOLD) {
            newestTold.removeFirst();
        }
    }

    private void readAhead() {
        if (!filling && buffer.size() == FEW / 2 && next.compareTo(checked.oldest()) < 0) {
            fill();
        }
    }

    @Override
    public synchronized void handled(TaskEvent event) {
        unhandled.handled(event);
        if (event.removed()) {
            takenBack.remove(event.id());
        }
        reading.handled(place());
    }

    private Place place() {
        return buffer.isEmpty() && unhandled.isEmpty() ? Place.before(next) : unhandled.reached();
    }

    @Override
    public synchronized EventPosition position() {
        Place place = place();
        reading.handled(place);
        List<TaskEvent> kept = new ArrayList<>(newestTold);
        kept.removeIf(event -> !place.covers(event));
        kept.addAll(takenBack.values());
        boolean deep = checked != null && place.block().compareTo(checked.oldest()) < 0;
        return new EventPosition(
                place.block(),
                place.logIndex(),
                deep ? List.of() : blocks.some(),
                reading.open(),
                deep ? List.of() : kept);
    }

    private void wake() {
        executor.execute(this::advance);
    }

    private void advance() {
        CompletableFuture<TaskEvent> waiting;
        TaskEvent event;
        synchronized (this) {
            if (closed || wanted == null) {
                return;
            }
            event = poll();
            if (event == null) {
                if (!filling) {
                    fill();
                }
                return;
            }
            waiting = wanted;
            wanted = null;
        }
        waiting.complete(event);
    }

    /** Looks whether the chain has other blocks than those that were read. */
    private void lookForChanges() {
        RecentBlocks recent = reader.recent();
        if (recent == checked || recent.isEmpty() || isTooOld(recent)) {
            if (checked == null) {
                checked = recent;
            }
            return;
        }
        checked = recent;
        blocks.changedFrom(recent).ifPresent(this::readAgainFrom);
        BigInteger old = recent.head().number().subtract(KEPT);
        told.values().removeIf(event -> event.block().number().compareTo(old) < 0);
        blocks.prune(recent.head().number());
    }

    private boolean isTooOld(RecentBlocks recent) {
        return notBefore != null && recent.head().number().compareTo(notBefore) < 0;
    }

    private void readAgainFrom(BigInteger number) {
        LOG.debug("Events from block {} on are read again", number);
        fork++;
        buffer.removeIf(event -> !event.removed() && event.block().number().compareTo(number) >= 0);
        List.copyOf(told.values()).stream()
                .filter(event -> event.block().number().compareTo(number) >= 0)
                .filter(event -> checked.at(event.block().number())
                        .filter(event.block()::equals)
                        .isEmpty())
                .forEach(this::takeBack);
        reading.readAgainFrom(number);
        blocks.forgetFrom(number);
        unhandled.readAgainFrom(number);
        next = next.min(number);
    }

    /** In the order of the chain, so that the newest comes first. */
    private void takeBack(TaskEvent event) {
        TaskEvent removal = event.takenBack();
        told.remove(event.id());
        newestTold.remove(event);
        takenBack.put(removal.id(), event);
        buffer.addFirst(removal);
    }

    /** Reads on, if there is anything to read; called with the lock. */
    private void fill() {
        RecentBlocks recent = checked;
        if (recent.isEmpty() || isTooOld(recent)) {
            return;
        }
        BigInteger last = recent.head().number().subtract(BigInteger.valueOf(subscription.confirmations()));
        if (next.compareTo(last) > 0) {
            return;
        }
        filling = true;
        int forkThen = fork;
        BigInteger from = next;
        CompletableFuture<EventReading.Events> read = Futures.start(() -> recent.has(from)
                ? reading.recent(recent, from, last)
                : reading.old(from, last.min(recent.oldest().subtract(BigInteger.ONE))));
        read.whenCompleteAsync((events, error) -> onRead(forkThen, recent, events, error), executor);
    }

    private void onRead(int forkThen, RecentBlocks recent, EventReading.Events read, Throwable error) {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (error != null) {
                onFailure(error);
                return;
            }
            try {
                if (forkThen == fork) {
                    accept(recent, read);
                }
            } catch (Throwable e) {
                onFailure(e);
                return;
            }
            filling = false;
            onSuccess();
        }
        advance();
    }

    private void accept(RecentBlocks recent, EventReading.Events read) {
        for (BigInteger n = next; n.compareTo(read.next()) < 0 && recent.has(n); n = n.add(BigInteger.ONE)) {
            blocks.add(recent.at(n).orElseThrow(), recent.events(n).size());
        }
        if (buffer.isEmpty() && unhandled.isEmpty()) {
            unhandled.reach(next);
        }
        Place place = unhandled.reached();
        read.events().stream()
                .filter(event -> !told.containsKey(event.id()) && !place.covers(event))
                .forEach(buffer::addLast);
        next = read.next();
        if (buffer.isEmpty() && unhandled.isEmpty()) {
            unhandled.reach(next);
        }
        reading.handled(unhandled.reached());
    }

    private void onSuccess() {
        if (warned) {
            LOG.info("Events are read again");
        }
        warned = false;
        failures = 0;
    }

    private void onFailure(Throwable error) {
        Duration delay = AFTER_FAILURE.delay(failures++);
        if (failures >= TOLD_FAILURES && !warned) {
            warned = true;
            LOG.warn("Events from block {} on cannot be read, trying again: {}", next, error.toString());
        }
        LOG.debug("Reading events failed {} times in a row, next try in {}", failures, delay, error);
        scheduler.schedule(
                () -> {
                    synchronized (this) {
                        filling = false;
                    }
                    wake();
                },
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        CompletableFuture<TaskEvent> failing;
        synchronized (this) {
            closed = true;
            failing = wanted;
            wanted = null;
        }
        reader.unwatch(onBlocks);
        if (failing != null) {
            failing.completeExceptionally(new CrynuxShutdownException("The stream of events is closed"));
        }
    }
}
