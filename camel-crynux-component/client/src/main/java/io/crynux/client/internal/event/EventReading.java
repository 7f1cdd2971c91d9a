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
 * Reads pieces of the chain and makes of them the events that a subscription wants, each with where its task comes from. Used
 * by one read after the other.
 */
final class EventReading {
    private static final Logger LOG = LoggerFactory.getLogger(EventReading.class);

    private final ChainReader reader;
    private final EventSubscription subscription;
    private final long chainId;
    private final EventRanges ranges;
    private final TaskOrigins origins;
    /** Tasks of which it could not be found out. */
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
     * What was read.
     *
     * @param next the block after it
     * @param events those that are wanted, in the order of the chain
     */
    record Events(BigInteger next, List<TaskEvent> events) {}

    /** Reads blocks that are at hand. */
    CompletableFuture<Events> recent(RecentBlocks recent, BigInteger from, BigInteger last) {
        List<LoggedEvent> logged = new ArrayList<>();
        for (BigInteger n = from; n.compareTo(last) <= 0; n = n.add(BigInteger.ONE)) {
            logged.addAll(recent.events(n));
        }
        return events(logged, last.add(BigInteger.ONE));
    }

    /** Reads some of the blocks that are not at hand any more. */
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
                                    "Who created task {} cannot be found out: it was before the blocks that were looked"
                                            + " through. Its events are {}",
                                    id,
                                    subscription.dependsOnOrigin() ? "not told" : "told without it");
                        });
            }
        });
    }

    private List<TaskEvent> wanted(List<LoggedEvent> logged) {
        List<TaskEvent> wanted = new ArrayList<>();
        synchronized (origins) {
            for (LoggedEvent one : logged) {
                TaskEvent.Origin origin = origins.of(one.event().taskId()).orElse(null);
                if (subscription.wants(TaskEventType.of(one.event()), origin)) {
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

    /** Blocks from that one on are read again. */
    void readAgainFrom(BigInteger block) {
        synchronized (origins) {
            origins.forgetFrom(block);
        }
    }

    /** Everything up to there is handled. */
    void handled(Place place) {
        synchronized (origins) {
            origins.handled(place);
        }
    }

    /** The tasks that are under way where everything is handled. */
    Map<BigInteger, TaskEvent.Origin> open() {
        synchronized (origins) {
            return Map.copyOf(origins.open());
        }
    }
}
