// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import io.crynux.client.internal.evm.rpc.BlockHeader;
import io.crynux.client.internal.evm.rpc.NodeBehindException;
import io.crynux.client.internal.evm.rpc.PollRpc;
import io.crynux.client.task.BlockRef;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Looks at the newest block from time to time, whatever the number of blocks in between, and notices when blocks that matter
 * are no longer part of the chain: the newest block of the last look is still in its place as long as no reorganisation took
 * any block before it. Only where it is not, the blocks that matter are asked for one by one. Thread-safe for one look after
 * the other.
 */
public final class HeadLooks {
    /** How far back a reorganisation is noticed, as when blocks are followed. */
    private static final BigInteger MOST = BigInteger.valueOf(SeenBlocks.MOST);

    private static final int BATCH = 50;

    private final PollRpc rpc;
    /** Blocks that matter: numbers by hash. */
    private final Map<String, BigInteger> kept = new LinkedHashMap<>();

    private final Supplier<CompletableFuture<Void>> beforeFirst;
    private BlockHeader last;
    /** A block that no reorganisation reaches, which distinguishes this chain from another one; null where the node has it no more. */
    private BlockHeader anchor;

    /** @param beforeFirst is to complete before the first look */
    public HeadLooks(PollRpc rpc, Supplier<CompletableFuture<Void>> beforeFirst) {
        this.rpc = rpc;
        this.beforeFirst = beforeFirst;
    }

    /**
     * What was seen.
     *
     * @param head the newest block
     * @param removed hashes of those of the kept blocks that are no longer part of the chain
     * @param behind whether the node that answered knows less than was known before, so that nothing can be said
     */
    public record Look(BlockRef head, Set<String> removed, boolean behind) {}

    /** @return fails with a {@link io.crynux.client.error.NetworkException} when the first look does not work */
    public CompletableFuture<BlockRef> first() {
        return beforeFirst
                .get()
                .thenCompose(ready -> rpc.headAnd(List.of()))
                .thenCompose(blocks -> {
                    last = blocks.head();
                    return dropAnchor();
                })
                .thenApply(dropped -> last.ref())
                .exceptionally(error -> {
                    throw ChainReader.connectFailure(error);
                });
    }

    private CompletableFuture<Void> dropAnchor() {
        BigInteger deep = last.number().subtract(MOST).max(BigInteger.ZERO);
        return rpc.headAnd(List.of(deep)).handle((blocks, error) -> {
            anchor = error == null ? blocks.asked().get(0).orElse(null) : null;
            return null;
        });
    }

    /** To be called after {@link #first}; fails when the node does not answer, or contradicts itself. */
    public CompletableFuture<Look> look() {
        return rpc.headAnd(List.of(last.number())).thenCompose(blocks -> {
            BlockHeader head = blocks.head();
            Optional<BlockHeader> sameHeight = blocks.asked().get(0);
            if (head.number().compareTo(last.number()) < 0 || sameHeight.isEmpty()) {
                return behind(head);
            }
            return sameHeight.get().hash().equals(last.hash())
                    ? CompletableFuture.completedFuture(moveTo(head, Set.of()))
                    : findRemoved(head);
        });
    }

    private CompletableFuture<Look> behind(BlockHeader head) {
        if (last.number().subtract(head.number()).compareTo(MOST) > 0) {
            rpc.distrust();
            throw new CompletionException(new IOException("The node's newest block is " + head.number()
                    + ", although block " + last.number() + " was seen: it is far behind, or the chain was reset"));
        }
        return CompletableFuture.completedFuture(new Look(last.ref(), Set.of(), true));
    }

    private synchronized Look moveTo(BlockHeader head, Set<String> removed) {
        last = head;
        kept.keySet().removeAll(removed);
        BigInteger oldest = head.number().subtract(MOST);
        kept.values().removeIf(number -> number.compareTo(oldest) < 0);
        return new Look(head.ref(), removed, false);
    }

    /** A block of which something was reported; it matters until no reorganisation reaches it any more. */
    public synchronized void keep(BlockRef block) {
        kept.put(block.hash(), block.number());
    }

    private synchronized Map<String, BigInteger> kept() {
        return Map.copyOf(kept);
    }

    private CompletableFuture<Look> findRemoved(BlockHeader head) {
        Map<String, BigInteger> before = kept();
        List<BigInteger> numbers = before.values().stream().distinct().sorted().toList();
        return requireSameChain()
                .thenCompose(same -> present(head, numbers, new HashSet<>()))
                .thenApply(present -> {
                    Set<String> removed = new HashSet<>(before.keySet());
                    removed.removeAll(present);
                    return moveTo(head, removed);
                });
    }

    private CompletableFuture<Void> requireSameChain() {
        if (anchor == null) {
            return CompletableFuture.completedFuture(null);
        }
        return rpc.headAnd(List.of(anchor.number())).thenAccept(blocks -> {
            boolean other = blocks.asked()
                    .get(0)
                    .filter(block -> !block.hash().equals(anchor.hash()))
                    .isPresent();
            if (other) {
                rpc.distrust();
                throw new CompletionException(new ChainReplacedException());
            }
        });
    }

    /** The hashes of the blocks of these numbers in the chain that the head ends. */
    private CompletableFuture<Set<String>> present(BlockHeader head, List<BigInteger> numbers, Set<String> found) {
        if (numbers.isEmpty()) {
            return CompletableFuture.completedFuture(found);
        }
        List<BigInteger> some = numbers.subList(0, Math.min(BATCH, numbers.size()));
        List<BigInteger> andHead = new ArrayList<>(some);
        andHead.add(head.number());
        return rpc.headAnd(andHead).thenCompose(blocks -> {
            boolean sameChain = blocks.asked()
                    .get(some.size())
                    .filter(block -> block.hash().equals(head.hash()))
                    .isPresent();
            if (!sameChain) {
                throw new CompletionException(
                        new NodeBehindException("The chain changed between two answers of the node"));
            }
            blocks.asked().forEach(block -> block.ifPresent(present -> found.add(present.hash())));
            return present(head, numbers.subList(some.size(), numbers.size()), found);
        });
    }
}
