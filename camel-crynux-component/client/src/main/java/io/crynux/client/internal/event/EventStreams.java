// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.event;

import io.crynux.client.event.EventPosition;
import io.crynux.client.event.EventStream;
import io.crynux.client.event.EventSubscription;
import io.crynux.client.internal.evm.follow.ChainReader;
import io.crynux.client.internal.evm.follow.RecentBlocks;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens streams of events. */
public final class EventStreams {
    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

    private final ChainReader reader;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;

    public EventStreams(ChainReader reader, Executor executor, ScheduledExecutorService scheduler) {
        this.reader = reader;
        this.executor = executor;
        this.scheduler = scheduler;
    }

    /**
     * Opens a stream at the subscription's position, or at its start block if there is no position or it belongs to another
     * chain.
     *
     * @return a stream that the caller closes; fails with a {@link io.crynux.client.error.NetworkException} if the chain cannot be used
     */
    public CompletableFuture<EventStream> open(EventSubscription subscription) {
        return reader.connect().thenCompose(identity -> reader.follow()
                .thenCompose(followed -> plan(subscription, reader.recent()))
                .thenApply(plan -> new ChainEventStream(
                        reader,
                        subscription,
                        new EventReading(
                                reader,
                                subscription,
                                identity.chainId(),
                                plan.position().open()),
                        plan,
                        executor,
                        scheduler)));
    }

    private CompletableFuture<EventResumption.Plan> plan(EventSubscription subscription, RecentBlocks recent) {
        EventResumption.Plan anew = anew(subscription, recent);
        if (subscription.position().isEmpty()) {
            return CompletableFuture.completedFuture(anew);
        }
        EventPosition position = subscription.position().get();
        return EventResumption.of(position, recent.head().number(), reader)
                .thenApply(plan -> plan.orElseGet(() -> {
                    LOG.warn(
                            "The stored offset of the events, block {}, belongs to another chain or to one that was reset;"
                                    + " reading events from block {} on",
                            position.block(),
                            anew.position().block());
                    return anew;
                }));
    }

    private static EventResumption.Plan anew(EventSubscription subscription, RecentBlocks recent) {
        BigInteger next =
                subscription.startBlock().orElseGet(() -> recent.head().number().add(BigInteger.ONE));
        return new EventResumption.Plan(before(next, recent), List.of(), null);
    }

    /**
     * A position before a block, without known tasks.
     *
     * @param recent earlier blocks, to detect a reorganisation that starts before the block: transactions of earlier blocks
     *     may then be mined again after it
     */
    private static EventPosition before(BigInteger block, RecentBlocks recent) {
        List<BlockRef> earlier = new ArrayList<>();
        for (BigInteger n = recent.oldest(); n.compareTo(block) < 0 && recent.has(n); n = n.add(BigInteger.ONE)) {
            recent.at(n).ifPresent(earlier::add);
        }
        return new EventPosition(block, null, earlier, Map.of(), List.of());
    }
}
