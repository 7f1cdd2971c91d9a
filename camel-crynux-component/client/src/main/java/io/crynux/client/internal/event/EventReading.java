// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.event;

import io.crynux.client.event.EventSubscription;
import io.crynux.client.event.TaskEvent;
import io.crynux.client.event.TaskEventType;
import io.crynux.client.internal.contract.LoggedEvent;
import io.crynux.client.internal.evm.follow.ChainReader;
import io.crynux.client.internal.evm.follow.EventRanges;
import io.crynux.client.internal.evm.follow.RecentBlocks;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads ranges of blocks and returns the events that match a subscription, each with the origin of its task. One read at a
 * time.
 */
final class EventReading {
    private static final Logger LOG = LoggerFactory.getLogger(EventReading.class);

    private final ChainReader reader;
    private final EventSubscription subscription;
    private final long chainId;
    private final EventRanges ranges;
    private final TaskOrigins origins;
    /** Tasks whose origin is unknown. */
    private final Set<BigInteger> unknown = new TreeSet<>();

    EventReading(
            ChainReader reader, EventSubscription subscription, long chainId, Map<BigInteger, TaskEvent.Origin> open) {
        this.reader = reader;
        this.subscription = subscription;
        this.chainId = chainId;
        this.origins = new TaskOrigins(open);
        this.ranges = reader.ranges(Stream.concat(
                        subscription.types().stream(),
                        Stream.of(TaskEventType.TASK_PENDING, TaskEventType.TASK_SUCCESS, TaskEventType.TASK_ABORTED))
                .map(TaskEventType::eventName)
                .distinct()
                .toList());
    }

    /**
     * Events of a range of blocks.
     *
     * @param next the block after the range
     * @param events the matching events, in the order of the chain
     */
    record Events(BigInteger next, List<TaskEvent> events) {}

    /** Reads recent blocks, which are in memory. */
    CompletableFuture<Events> recent(RecentBlocks recent, BigInteger from, BigInteger last) {
        List<LoggedEvent> logged = new ArrayList<>();
        for (BigInteger n = from; n.compareTo(last) <= 0; n = n.add(BigInteger.ONE)) {
            logged.addAll(recent.events(n));
        }
        return events(logged, last.add(BigInteger.ONE));
    }

    /** Reads older blocks, possibly not up to the last. */
    CompletableFuture<Events> old(BigInteger from, BigInteger last) {
        return ranges.read(from, last).thenCompose(range -> events(range.events(), range.next()));
    }

    private CompletableFuture<Events> events(List<LoggedEvent> logged, BigInteger next) {
        Map<BigInteger, LoggedEvent> missing = new LinkedHashMap<>();
        synchronized (origins) {
            for (LoggedEvent one : logged) {
                origins.read(one);
                BigInteger id = one.event().taskId();
                if (subscription.types().contains(TaskEventType.of(one.event()))
                        && origins.of(id).isEmpty()
                        && !unknown.contains(id)) {
                    missing.putIfAbsent(id, one);
                }
            }
        }
        CompletableFuture<Void> found = CompletableFuture.completedFuture(null);
        for (LoggedEvent one : missing.values()) {
            found = found.thenCompose(before -> find(one));
        }
        return found.thenApply(done -> new Events(next, wanted(logged)));
    }

    private CompletableFuture<Void> find(LoggedEvent event) {
        BigInteger id = event.event().taskId();
        return reader.creation(id, event.block()).thenAccept(creation -> {
            synchronized (origins) {
                creation.ifPresentOrElse(
                        made -> origins.learn(id, new TaskEvent.Origin(made.creator(), made.taskType())), () -> {
                            unknown.add(id);
                            LOG.warn(
                                    "The creator of task {} is unknown, because it was created before the blocks that the"
                                            + " client searched. Its events are {}",
                                    id,
                                    subscription.dependsOnOrigin() ? "skipped" : "emitted without creator and kind");
                        });
            }
        });
    }

    private List<TaskEvent> wanted(List<LoggedEvent> logged) {
        List<TaskEvent> wanted = new ArrayList<>();
        synchronized (origins) {
            for (LoggedEvent one : logged) {
                TaskEvent.Origin origin = origins.of(one.event().taskId()).orElse(null);
                if (subscription.matches(TaskEventType.of(one.event()), origin)) {
                    wanted.add(new TaskEvent(
                            chainId,
                            reader.contract(),
                            one.event(),
                            one.block(),
                            one.transactionHash(),
                            one.logIndex(),
                            origin,
                            false));
                }
            }
        }
        return wanted;
    }

    /** The stream reads this block and later ones again. */
    void readAgainFrom(BigInteger block) {
        synchronized (origins) {
            origins.forgetFrom(block);
        }
    }

    /** Everything up to this position is handled. */
    void handled(LogPosition reached) {
        synchronized (origins) {
            origins.handled(reached);
        }
    }

    /** The unfinished tasks at the position up to which everything is handled. */
    Map<BigInteger, TaskEvent.Origin> open() {
        synchronized (origins) {
            return Map.copyOf(origins.open());
        }
    }
}
