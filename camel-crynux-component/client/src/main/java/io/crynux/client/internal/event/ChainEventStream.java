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
import io.crynux.client.internal.retry.FailureLog;
import io.crynux.client.internal.retry.RetryPolicy;
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

/** Reads events from the follower's recent blocks, and older ones with ranges of eth_getLogs. */
public final class ChainEventStream implements EventStream {
    private static final Logger LOG = LoggerFactory.getLogger(ChainEventStream.class);
    /** It warns late; the follower itself warns if the node does not answer. */
    private static final RetryPolicy AFTER_FAILURE =
            RetryPolicy.of(Duration.ofMillis(500), Duration.ofSeconds(30)).warningAt(5);
    /** The stream reads ahead while it buffers fewer events. */
    private static final int READ_AHEAD = 2_000;

    private static final BigInteger REVERTIBLE_BLOCKS = BigInteger.valueOf(256);
    /** Number of revertible events that a position contains. */
    private static final int MAX_IN_POSITION = 32;

    private final ChainReader reader;
    private final EventSubscription subscription;
    private final EventReading reading;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;
    private final BigInteger notBefore;
    private final Runnable onBlocks = this::wake;

    private final Deque<TaskEvent> buffer = new ArrayDeque<>();
    /** Emitted events that a reorganisation can still revert, by id and in their order. */
    private final Map<String, TaskEvent> emitted = new LinkedHashMap<>();
    /** The newest emitted events. */
    private final Deque<TaskEvent> newestEmitted = new ArrayDeque<>();
    /** Reverted events whose removal is not handled yet. */
    private final Map<String, TaskEvent> reverted = new LinkedHashMap<>();

    private final ReadBlocks blocks = new ReadBlocks();
    private final UnhandledEvents unhandled;
    private RecentBlocks checked;
    private BigInteger next;
    private boolean filling;
    /** Changes with each reorganisation, so that the stream discards what it read before. */
    private int fork;

    private final FailureLog failures = new FailureLog(LOG, "Events cannot be read", "Reading events works again");
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
        this.unhandled = new UnhandledEvents(LogPosition.of(position));
        this.next = position.block();
        position.blocks().forEach(blocks::add);
        position.emitted().forEach(event -> {
            blocks.add(event.block());
            remember(event);
        });
        plan.reverted().forEach(this::revert);
        reader.watch(onBlocks);
    }

    @Override
    public CompletableFuture<TaskEvent> next() {
        CompletableFuture<TaskEvent> future = new CompletableFuture<>();
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(new CrynuxShutdownException("The event stream is closed"));
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
        detectReorganisation();
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
        emitted.put(event.id(), event);
        newestEmitted.addLast(event);
        if (newestEmitted.size() > MAX_IN_POSITION) {
            newestEmitted.removeFirst();
        }
    }

    private void readAhead() {
        if (!filling && buffer.size() == READ_AHEAD / 2 && next.compareTo(checked.oldest()) < 0) {
            fill();
        }
    }

    @Override
    public synchronized void handled(TaskEvent event) {
        unhandled.handled(event);
        if (event.removed()) {
            reverted.remove(event.id());
        }
        reading.handled(reached());
    }

    private LogPosition reached() {
        return buffer.isEmpty() && unhandled.isEmpty() ? LogPosition.before(next) : unhandled.reached();
    }

    @Override
    public synchronized EventPosition position() {
        LogPosition reached = reached();
        reading.handled(reached);
        List<TaskEvent> kept = new ArrayList<>(newestEmitted);
        kept.removeIf(event -> !reached.covers(event));
        kept.addAll(reverted.values());
        boolean deep = checked != null && reached.block().compareTo(checked.oldest()) < 0;
        return new EventPosition(
                reached.block(),
                reached.logIndex(),
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

    /** Detects reorganisations: the chain has other blocks than those that were read. */
    private void detectReorganisation() {
        RecentBlocks recent = reader.recent();
        if (recent == checked || recent.isEmpty() || isTooOld(recent)) {
            if (checked == null) {
                checked = recent;
            }
            return;
        }
        checked = recent;
        blocks.changedFrom(recent).ifPresent(this::readAgainFrom);
        BigInteger old = recent.head().number().subtract(REVERTIBLE_BLOCKS);
        emitted.values().removeIf(event -> event.block().number().compareTo(old) < 0);
        blocks.prune(recent.head().number());
    }

    private boolean isTooOld(RecentBlocks recent) {
        return notBefore != null && recent.head().number().compareTo(notBefore) < 0;
    }

    private void readAgainFrom(BigInteger number) {
        LOG.debug("Reading the events from block {} on again", number);
        fork++;
        buffer.removeIf(event -> !event.removed() && event.block().number().compareTo(number) >= 0);
        List.copyOf(emitted.values()).stream()
                .filter(event -> event.block().number().compareTo(number) >= 0)
                .filter(event -> checked.at(event.block().number())
                        .filter(event.block()::equals)
                        .isEmpty())
                .forEach(this::revert);
        reading.readAgainFrom(number);
        blocks.forgetFrom(number);
        unhandled.readAgainFrom(number);
        next = next.min(number);
    }

    /** Called in the order of the chain, so that the newest removal is emitted first. */
    private void revert(TaskEvent event) {
        TaskEvent removal = event.reverted();
        emitted.remove(event.id());
        newestEmitted.remove(event);
        reverted.put(removal.id(), event);
        buffer.addFirst(removal);
    }

    /** Starts the next read if there are new blocks; called with the lock. */
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
            failures.over();
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
        LogPosition reached = unhandled.reached();
        read.events().stream()
                .filter(event -> !emitted.containsKey(event.id()) && !reached.covers(event))
                .forEach(buffer::addLast);
        next = read.next();
        if (buffer.isEmpty() && unhandled.isEmpty()) {
            unhandled.reach(next);
        }
        reading.handled(unhandled.reached());
    }

    private void onFailure(Throwable error) {
        Duration delay = failures.failed(error, AFTER_FAILURE);
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
            failing.completeExceptionally(new CrynuxShutdownException("The event stream is closed"));
        }
    }
}
