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

/** Finds the block from which a stored position can continue: a reorganisation may have replaced blocks since. */
final class EventResumption {
    private static final Logger LOG = LoggerFactory.getLogger(EventResumption.class);
    /** A node cannot lag this far behind; the chain was reset instead. */
    private static final BigInteger MAX_LAG = BigInteger.valueOf(256);

    private final ChainReader reader;
    private final EventPosition position;
    private final List<BlockRef> known;
    private final Set<BlockRef> replaced = new HashSet<>();

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
     * How the stream continues.
     *
     * @param position the position, with the blocks and events that the chain still has
     * @param reverted emitted events that the chain no longer has, in the order of the chain
     * @param notBefore the stream waits until the newest block has this number; may be null
     */
    record Plan(EventPosition position, List<TaskEvent> reverted, BigInteger notBefore) {}

    /** Empty if the position belongs to another chain, or to this one before it was reset. */
    static CompletableFuture<Optional<Plan>> of(EventPosition position, BigInteger head, ChainReader reader) {
        return new EventResumption(reader, position).plan(head);
    }

    private CompletableFuture<Optional<Plan>> plan(BigInteger head) {
        BigInteger newest = known.isEmpty() ? position.block() : known.get(0).number();
        if (newest.subtract(head).compareTo(MAX_LAG) > 0) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        if (!known.isEmpty() && newest.compareTo(head) > 0) {
            LOG.warn(
                    "The chain's newest block is {}, although block {} was read before; reading events continues once the"
                            + " node has caught up",
                    head,
                    newest);
            return CompletableFuture.completedFuture(Optional.of(new Plan(position, List.of(), newest)));
        }
        return check(0);
    }

    /** Finds the newest of the known blocks that the chain still has. */
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
            replaced.add(block);
            return check(index + 1);
        });
    }

    private Plan from(BlockRef fork) {
        if (replaced.isEmpty()) {
            return new Plan(position, List.of(), null);
        }
        BigInteger next = fork.number().add(BigInteger.ONE);
        LogPosition start = position.block().compareTo(next) >= 0 ? LogPosition.before(next) : LogPosition.of(position);
        List<TaskEvent> reverted = new ArrayList<>();
        List<TaskEvent> emitted = new ArrayList<>();
        position.emitted().forEach(event -> {
            if (replaced.contains(event.block())) {
                reverted.add(event);
            } else {
                emitted.add(event);
            }
        });
        LOG.info(
                "A reorganisation has replaced the blocks from {} on since the offset was stored; it reverted {} events",
                next,
                reverted.size());
        return new Plan(
                new EventPosition(
                        start.block(),
                        start.logIndex(),
                        position.blocks().stream()
                                .filter(block -> !replaced.contains(block))
                                .toList(),
                        position.open(),
                        emitted),
                reverted,
                null);
    }
}
