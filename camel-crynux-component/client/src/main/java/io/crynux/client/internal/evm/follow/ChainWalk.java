// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import io.crynux.client.internal.evm.rpc.BlockHeader;
import io.crynux.client.internal.evm.rpc.ChainRpc;
import io.crynux.client.internal.evm.rpc.NodeBehindException;
import io.crynux.client.internal.evm.rpc.RpcAnswers;
import io.crynux.client.task.BlockRef;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.web3j.protocol.core.DefaultBlockParameter;

/**
 * The way from the last block that was read to the newest. Near the newest it goes block by block, checking that each one
 * names the one before as its parent; logs are asked for by block hash, so that they cannot belong to another fork, and only
 * where the block's bloom allows any. What is far from the newest is read by ranges. Used by one poll after the other.
 */
final class ChainWalk {
    /** Headers per batch. */
    private static final long BATCH = 50;
    /** Blocks before the newest that are read one by one: those that a reorganisation may revert. */
    private static final BigInteger NEAR_HEAD = BigInteger.valueOf(SeenBlocks.MOST);
    /** How often blocks are removed in a walk: the chain can change again on the way. */
    private static final int MOST_TAKEN_BACK = 16;

    private static final String NOT_IN_A_ROW = "The node reports blocks that do not follow each other";

    private final ChainRpc rpc;
    private final LogSweep sweep;
    private final SeenBlocks seen = new SeenBlocks();
    private final BlockDelivery delivery;
    /** While blocks are read by ranges, the last one that was read; else null. */
    private BigInteger swept;

    /** Whether any block before those in {@link #seen} was read since it began anew. */
    private boolean hasSwept;

    private int ranges;
    /** How often blocks were removed in this walk. */
    private int takenBack;
    /** How many blocks are compared the next time. */
    private long doubtful;

    /** A block that no reorganisation reaches, as it was when following began; null where the node has it no more. */
    private BlockHeader anchor;

    private volatile boolean stopped;

    ChainWalk(ChainRpc rpc, LogReader reader, int maxBlockRange, ChainSight sight, BlockListener listener) {
        this.rpc = rpc;
        this.delivery = new BlockDelivery(reader, seen, sight, listener);
        this.sweep = new LogSweep(reader, maxBlockRange, delivery::deliverSwept);
    }

    /** Distinguishes this chain from another one, which may have been read for so short a time that its blocks do not show it. */
    CompletionStage<Void> anchorBelow(BlockHeader head) {
        return rpc.block(DefaultBlockParameter.valueOf(
                        head.number().subtract(NEAR_HEAD).max(BigInteger.ZERO)))
                .handle((block, error) -> {
                    anchor = error == null ? block : null;
                    return null;
                });
    }

    /** Nothing was read yet, and what comes after that block is wanted. */
    void beginAt(BlockHeader block) {
        seen.restartAt(block, false);
    }

    /** Nothing was read yet, and what comes after the block of that number is wanted. */
    void beginAfter(BigInteger number) {
        swept = number;
    }

    /** The newest block that was read; only after a walk. */
    BlockHeader newest() {
        return seen.newest();
    }

    /** See {@link BlockDelivery#askAgain}. */
    CompletionStage<Void> askAgain() {
        return delivery.askAgain();
    }

    /** See {@link BlockDelivery#expectLogs}. */
    void expectLogs(BlockRef block) {
        delivery.expectLogs(block);
    }

    /** Whether the logs of blocks are to be asked for again. */
    boolean hasDoubts() {
        return delivery.hasDoubts();
    }

    /** How many ranges of blocks were read so far. */
    int ranges() {
        return ranges;
    }

    void stop() {
        stopped = true;
    }

    /** Reads all blocks up to that one, unless it turns out to be old. */
    CompletionStage<Void> walkTo(BlockHeader head) {
        takenBack = 0;
        doubtful = 1;
        return stepTowards(head);
    }

    private CompletionStage<Void> stepTowards(BlockHeader head) {
        if (swept != null) {
            return sweepTowards(head);
        }
        BlockHeader last = seen.newest();
        if (head.hash().equals(last.hash())) {
            return done();
        }
        if (head.number().compareTo(last.number()) <= 0) {
            return stepBack(head);
        }
        if (head.number().subtract(NEAR_HEAD).compareTo(last.number()) > 0) {
            return beginSweep().thenCompose(begun -> stepTowards(head));
        }
        BigInteger from = last.number().add(BigInteger.ONE);
        BigInteger to = head.number().min(from.add(BigInteger.valueOf(BATCH - 1)));
        CompletionStage<List<BlockHeader>> headers = from.equals(head.number())
                ? CompletableFuture.completedFuture(List.of(head))
                : twice(() -> rpc.blocks(from, to));
        // Where blocks of another fork stand in the head's place now, it is the head that is old; the next poll has a
        // new one.
        return headers.thenCompose(this::append)
                .thenCompose(
                        appended -> seen.newest().number().compareTo(head.number()) >= 0 ? done() : stepTowards(head));
    }

    /** The node's newest block is not above the one that was read last. */
    private CompletionStage<Void> stepBack(BlockHeader head) {
        Optional<BlockHeader> sameHeight = seen.at(head.number());
        if (sameHeight.isPresent() && sameHeight.get().hash().equals(head.hash())) {
            // A replica that is behind; it tells nothing new.
            return done();
        }
        int toOldest = head.number().compareTo(seen.oldest());
        if (toOldest < 0 || (toOldest == 0 && seen.hasForgotten())) {
            rpc.distrust();
            String what = "The node's newest block is " + head.number() + ", although block "
                    + seen.newest().number() + " was read: it is far behind, or the chain was reset";
            // Few blocks were read so far, so that it need not be far.
            throw new CompletionException(seen.hasForgotten() ? new IOException(what) : new NodeBehindException(what));
        }
        return findFork(head.number(), head.number()).thenCompose(found -> stepTowards(head));
    }

    /** What was read last must still be in the chain before what follows is read by ranges, which tell of no parents. */
    private CompletionStage<Void> beginSweep() {
        BlockHeader last = seen.newest();
        return twice(() -> rpc.block(DefaultBlockParameter.valueOf(last.number())))
                .thenCompose(now -> {
                    if (!now.hash().equals(last.hash())) {
                        return takeBack();
                    }
                    hasSwept = true;
                    swept = delivery.giveUpDoubts()
                            .map(doubt -> doubt.number().subtract(BigInteger.ONE))
                            .orElse(last.number());
                    return done();
                });
    }

    private CompletionStage<Void> sweepTowards(BlockHeader head) {
        BigInteger last = head.number().subtract(NEAR_HEAD).max(swept);
        CompletableFuture<Void> reached = new CompletableFuture<>();
        sweepTo(last, reached);
        return reached.thenCompose(read -> rpc.blockOrItsHash(last)).thenCompose(header -> {
            seen.restartAt(header, hasSwept);
            swept = null;
            return stepTowards(head);
        });
    }

    private void sweepTo(BigInteger last, CompletableFuture<Void> reached) {
        if (stopped) {
            reached.completeExceptionally(new IOException("The client stops"));
        } else if (swept.compareTo(last) >= 0) {
            reached.complete(null);
        } else {
            sweep.step(swept.add(BigInteger.ONE), last).whenComplete((next, error) -> {
                if (error != null) {
                    reached.completeExceptionally(error);
                } else {
                    swept = next.subtract(BigInteger.ONE);
                    ranges++;
                    hasSwept = true;
                    sweepTo(last, reached);
                }
            });
        }
    }

    /** Appends blocks as far as they fit; where the first does not, blocks are removed and the walk tries again. */
    private CompletionStage<Void> append(List<BlockHeader> headers) {
        CompletionStage<Void> appended = done();
        BlockHeader parent = seen.newest();
        if (!headers.get(0).parentHash().equals(parent.hash())) {
            return takeBack();
        }
        for (BlockHeader header : headers) {
            if (!header.parentHash().equals(parent.hash())) {
                // The chain changed between two answers of the batch; the next round sees one chain again.
                break;
            }
            appended = appended.thenCompose(before -> delivery.deliver(header));
            parent = header;
        }
        return appended;
    }

    /**
     * The block after the newest that was read names another parent. A node that has that newest block in its place all the
     * same contradicts itself.
     */
    private CompletionStage<Void> takeBack() {
        BigInteger newest = seen.newest().number();
        return findFork(newest, newest);
    }

    /**
     * Looks for the last block that was read and is still in the chain, among twice as many blocks each time, so that a deep
     * reorganisation takes few requests, and removes those after it. Nothing is removed before it is found: what a node
     * reports of another chain, or mixes up, removes nothing.
     *
     * @param suspect number of a block that was read and is replaced, as the node says
     * @param newest number of the newest block that may be in the chain still
     */
    private CompletionStage<Void> findFork(BigInteger suspect, BigInteger newest) {
        BigInteger from = newest.subtract(BigInteger.valueOf(doubtful - 1)).max(seen.oldest());
        doubtful = Math.min(BATCH, doubtful * 2);
        return twice(() -> rpc.blocks(from, newest)).thenCompose(now -> {
            Optional<BigInteger> last = seen.lastIn(now);
            if (last.isPresent()) {
                return forgetAfter(last.get(), suspect);
            }
            return from.compareTo(seen.oldest()) > 0 ? findFork(suspect, from.subtract(BigInteger.ONE)) : lookBefore();
        });
    }

    private CompletionStage<Void> forgetAfter(BigInteger number, BigInteger suspect) {
        if (number.equals(suspect) || ++takenBack > MOST_TAKEN_BACK) {
            throw new CompletionException(new NodeBehindException(NOT_IN_A_ROW));
        }
        delivery.forget(number.add(BigInteger.ONE));
        return done();
    }

    /** None of the blocks that were read is in the chain. Where few were read, one from before the first may be. */
    private CompletionStage<Void> lookBefore() {
        if (!seen.mayLookBefore()) {
            throw new CompletionException(new ChainReplacedException());
        }
        BigInteger oldest = seen.oldest();
        return requireSameChain().thenCompose(same -> beginBefore(oldest));
    }

    private CompletionStage<Void> requireSameChain() {
        if (anchor == null) {
            return done();
        }
        return rpc.block(DefaultBlockParameter.valueOf(anchor.number())).thenAccept(now -> {
            if (!now.hash().equals(anchor.hash())) {
                throw new CompletionException(new ChainReplacedException());
            }
        });
    }

    private CompletionStage<Void> beginBefore(BigInteger oldest) {
        // With the block after it: one that does not fit is no place to begin anew from.
        return rpc.blocks(oldest.subtract(BigInteger.ONE), oldest).thenAccept(blocks -> {
            if (!blocks.get(1).parentHash().equals(blocks.get(0).hash())) {
                throw new CompletionException(new NodeBehindException(NOT_IN_A_ROW));
            }
            seen.addBefore(blocks.get(0));
            delivery.forget(oldest);
        });
    }

    /** Asks twice where one node of several behind one URL may not know what another one reported. */
    static <T> CompletionStage<T> twice(Supplier<CompletableFuture<T>> ask) {
        return ask.get()
                .exceptionallyCompose(
                        error -> RpcAnswers.isAnswer(error) ? ask.get() : CompletableFuture.failedFuture(error));
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
