// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.event;

import io.crynux.client.chain.ChainReader;
import io.crynux.client.chain.RecentBlocks;
import java.math.BigInteger;
import java.util.List;
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
     * Opens a stream, which begins at the subscription's position, and where there is none, or the chain is another one than
     * when it was made, at its start block.
     *
     * @return the caller's to close; fails with a {@link io.crynux.client.error.NetworkException} when the chain cannot be used
     */
    public CompletableFuture<EventStream> open(EventSubscription subscription) {
        return reader.connect().thenCompose(identity -> reader.follow()
                .thenCompose(followed -> plan(subscription, reader.recent()))
                .thenApply(plan -> new EventStream(
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

    private CompletableFuture<Resumption.Plan> plan(EventSubscription subscription, RecentBlocks recent) {
        Resumption.Plan anew = anew(subscription, recent);
        if (subscription.position().isEmpty()) {
            return CompletableFuture.completedFuture(anew);
        }
        EventPosition position = subscription.position().get();
        return Resumption.of(position, recent.head().number(), reader)
                .thenApply(plan -> plan.orElseGet(() -> {
                    LOG.warn(
                            "The stored position of the events, block {}, is of another chain or of one that was reset; events are"
                                    + " read from block {} on",
                            position.block(),
                            anew.position().block());
                    return anew;
                }));
    }

    private static Resumption.Plan anew(EventSubscription subscription, RecentBlocks recent) {
        BigInteger next =
                subscription.startBlock().orElseGet(() -> recent.head().number().add(BigInteger.ONE));
        return new Resumption.Plan(EventPosition.before(next, recent), List.of(), null);
    }
}
