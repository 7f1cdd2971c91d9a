// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.event;

import io.crynux.client.event.EventPosition;
import io.crynux.client.event.TaskEvent;
import io.crynux.client.internal.evm.follow.ChainReader;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out where a stream goes on that was stopped at a position: the chain may have other blocks in the place of those it had. */
final class EventResumption {
    private static final Logger LOG = LoggerFactory.getLogger(EventResumption.class);
    /** A replica that is so far behind is none; the chain was reset. */
    private static final BigInteger MOST_BEHIND = BigInteger.valueOf(256);

    private final ChainReader reader;
    private final EventPosition position;
    private final List<BlockRef> known;
    private final Set<BlockRef> gone = new HashSet<>();

    private EventResumption(ChainReader reader, EventPosition position) {
        this.reader = reader;
        this.position = position;
        this.known = Stream.concat(
                        position.blocks().stream(), position.emitted().stream().map(TaskEvent::block))
                .distinct()
                .sorted(Comparator.comparing(BlockRef::number).reversed())
                .toList();
    }

    /**
     * What to go on with.
     *
     * @param position where; its blocks and events are those that the chain still has
     * @param takenBack events that were told and that it has no more, in the order of the chain
     * @param notBefore the number that the newest block must have before anything is read, or null
     */
    record Plan(EventPosition position, List<TaskEvent> takenBack, BigInteger notBefore) {}

    /** Empty when the position is of another chain, or of this one before it was reset. */
    static CompletableFuture<Optional<Plan>> of(EventPosition position, BigInteger head, ChainReader reader) {
        return new EventResumption(reader, position).plan(head);
    }

    private CompletableFuture<Optional<Plan>> plan(BigInteger head) {
        BigInteger newest = known.isEmpty() ? position.block() : known.get(0).number();
        if (newest.subtract(head).compareTo(MOST_BEHIND) > 0) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        if (!known.isEmpty() && newest.compareTo(head) > 0) {
            LOG.warn(
                    "The chain's newest block is {}, although block {} was read before; events are read when the node has"
                            + " come as far again",
                    head,
                    newest);
            return CompletableFuture.completedFuture(Optional.of(new Plan(position, List.of(), newest)));
        }
        return check(0);
    }

    /** Looks for the newest of the known blocks that the chain still has. */
    private CompletableFuture<Optional<Plan>> check(int index) {
        if (index == known.size()) {
            return CompletableFuture.completedFuture(
                    known.isEmpty() ? Optional.of(new Plan(position, List.of(), null)) : Optional.empty());
        }
        BlockRef block = known.get(index);
        return reader.block(block.number()).thenCompose(now -> {
            if (now.hash().equals(block.hash())) {
                return CompletableFuture.completedFuture(Optional.of(from(block)));
            }
            gone.add(block);
            return check(index + 1);
        });
    }

    private Plan from(BlockRef fork) {
        if (gone.isEmpty()) {
            return new Plan(position, List.of(), null);
        }
        BigInteger next = fork.number().add(BigInteger.ONE);
        Place place = position.block().compareTo(next) >= 0 ? Place.before(next) : Place.of(position);
        List<TaskEvent> takenBack = new ArrayList<>();
        List<TaskEvent> told = new ArrayList<>();
        position.emitted().forEach(event -> {
            if (gone.contains(event.block())) {
                takenBack.add(event);
            } else {
                told.add(event);
            }
        });
        LOG.info(
                "Blocks from {} on were replaced while nobody looked; {} events are taken back",
                next,
                takenBack.size());
        return new Plan(
                new EventPosition(
                        place.block(),
                        place.logIndex(),
                        position.blocks().stream()
                                .filter(block -> !gone.contains(block))
                                .toList(),
                        position.open(),
                        told),
                takenBack,
                null);
    }
}
