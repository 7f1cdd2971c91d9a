// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import io.crynux.client.task.BlockRef;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.methods.response.Log;

/**
 * The way from the last block that was read to the newest. Near the newest it goes block by block, checking that each one
 * names the one before as its parent; logs are asked for by block hash, so that they cannot belong to another fork, and only
 * where the block's bloom allows any. What is far from the newest is read by ranges. Used by one poll after the other.
 */
final class ChainWalk {
    private static final Logger LOG = LoggerFactory.getLogger(ChainWalk.class);
    /** Headers per batch. */
    private static final long BATCH = 50;
    /** Blocks before the newest that are read one by one; more than reorganisations take. */
    static final BigInteger NEAR_HEAD = BigInteger.valueOf(64);

    private static final String NOT_IN_A_ROW = "The node tells of blocks that do not follow each other";

    private final ChainRpc rpc;
    private final LogReader reader;
    private final LogSweep sweep;
    private final BlockListener listener;
    private final SeenBlocks seen = new SeenBlocks();
    private final DoubtfulLogs doubts = new DoubtfulLogs();
    /** While blocks are read by ranges, the last one that was read; else null. */
    private BigInteger swept;

    private int ranges;
    /** How often blocks were taken back in this walk. */
    private int takenBack;

    private volatile boolean stopped;

    ChainWalk(ChainRpc rpc, LogReader reader, int maxBlockRange, BlockListener listener) {
        this.rpc = rpc;
        this.reader = reader;
        this.sweep = new LogSweep(reader, maxBlockRange, this::deliverSwept);
        this.listener = listener;
    }

    /** Nothing was read yet, and what comes after that block is wanted. */
    void beginAt(BlockHeader block) {
        seen.restartAt(block);
    }

    /** Nothing was read yet, and what comes after the block of that number is wanted. */
    void beginAfter(BigInteger number) {
        swept = number;
    }

    /** The newest block that was read; only after a walk. */
    BlockHeader newest() {
        return seen.newest();
    }

    /** Whether the logs of blocks are to be asked for again. */
    boolean hasDoubts() {
        return !doubts.isEmpty();
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
        return forgetFrom(head.number()).thenCompose(forgotten -> stepTowards(head));
    }

    /** What was read last must still be in the chain before what follows is read by ranges, which tell of no parents. */
    private CompletionStage<Void> beginSweep() {
        BlockHeader last = seen.newest();
        return twice(() -> rpc.block(DefaultBlockParameter.valueOf(last.number())))
                .thenCompose(now -> {
                    if (!now.hash().equals(last.hash())) {
                        return forgetFrom(last.number());
                    }
                    swept = doubts.giveUp()
                            .map(doubt -> doubt.number().subtract(BigInteger.ONE))
                            .orElse(last.number());
                    return done();
                });
    }

    private CompletionStage<Void> sweepTowards(BlockHeader head) {
        BigInteger last = head.number().subtract(NEAR_HEAD).max(swept);
        CompletableFuture<Void> reached = new CompletableFuture<>();
        sweepTo(last, reached);
        return reached.thenCompose(read -> rpc.block(DefaultBlockParameter.valueOf(last)))
                .thenCompose(header -> {
                    seen.restartAt(header);
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
                    sweepTo(last, reached);
                }
            });
        }
    }

    private void deliverSwept(List<Log> logs) {
        Log first = logs.get(0);
        listener.onBlock(new BlockRef(first.getBlockNumber(), first.getBlockHash()), ContractEvents.readAll(logs));
    }

    /** Appends blocks as far as they fit; where the first does not, one block is taken back and the walk tries again. */
    private CompletionStage<Void> append(List<BlockHeader> headers) {
        CompletionStage<Void> appended = done();
        BlockHeader parent = seen.newest();
        if (!headers.get(0).parentHash().equals(parent.hash())) {
            return forgetFrom(parent.number());
        }
        for (BlockHeader header : headers) {
            if (!header.parentHash().equals(parent.hash())) {
                // The chain changed between two answers of the batch; the next round sees one chain again.
                break;
            }
            appended = appended.thenCompose(before -> deliver(header));
            parent = header;
        }
        return appended;
    }

    private CompletionStage<Void> deliver(BlockHeader header) {
        return logs(header).thenAccept(logs -> {
            listener.onBlock(header.ref(), ContractEvents.readAll(logs));
            seen.add(header);
        });
    }

    private CompletionStage<List<Log>> logs(BlockHeader header) {
        return twice(() -> reader.of(header)).thenApply(logs -> {
            doubts.examine(header, logs);
            return logs;
        });
    }

    /**
     * Asks again for the logs of blocks that may have some. Where there are, that block and those after it are read once more,
     * in order: an event is of no use to who did not hear the one before, and who heard it is not disturbed by it.
     */
    CompletionStage<Void> askAgain() {
        doubts.onPoll();
        return askForDue();
    }

    private CompletionStage<Void> askForDue() {
        return doubts.due()
                .<CompletionStage<Void>>map(doubt -> reader.of(doubt.block()).thenCompose(logs -> {
                    if (logs.size() <= doubt.known()) {
                        return askForDue();
                    }
                    LOG.info(
                            "Block {} has logs that the node did not tell of at first",
                            doubt.block().number());
                    return readAgainFrom(doubt.block());
                }))
                .orElseGet(ChainWalk::done);
    }

    private CompletionStage<Void> readAgainFrom(BlockHeader block) {
        CompletionStage<Void> read = done();
        // Only their logs: which blocks there are is for the walk to find out, which tells when one of them is taken
        // back.
        for (BlockHeader header : seen.from(block.number())) {
            read = read.thenCompose(before -> logs(header))
                    .thenAccept(logs -> listener.onBlock(header.ref(), ContractEvents.readAll(logs)));
        }
        return read;
    }

    /** Takes back all blocks from that number on. At least one block stays, be it one from before the first that was read. */
    private CompletionStage<Void> forgetFrom(BigInteger number) {
        if (++takenBack > SeenBlocks.MOST) {
            throw new CompletionException(new NodeBehindException(NOT_IN_A_ROW));
        }
        BigInteger oldest = seen.oldest();
        if (number.compareTo(oldest) > 0) {
            forget(number);
            return done();
        }
        if (!seen.mayLookBefore()) {
            throw new CompletionException(new ChainReplacedException());
        }
        // With the block after it: one that does not fit is no place to begin anew from.
        return rpc.blocks(oldest.subtract(BigInteger.ONE), oldest).thenAccept(blocks -> {
            if (!blocks.get(1).parentHash().equals(blocks.get(0).hash())) {
                throw new CompletionException(new NodeBehindException(NOT_IN_A_ROW));
            }
            seen.addBefore(blocks.get(0));
            forget(number);
        });
    }

    private void forget(BigInteger number) {
        Set<String> removed = seen.removeFrom(number);
        LOG.info("{} blocks from number {} on are no longer part of the chain", removed.size(), number);
        doubts.remove(removed);
        listener.onRemoved(removed);
    }

    /** Asks twice where one node of several behind one URL may not know what another one told of. */
    private static <T> CompletionStage<T> twice(Supplier<CompletableFuture<T>> ask) {
        return ask.get()
                .exceptionallyCompose(
                        error -> FollowerHealth.isAnswer(error) ? ask.get() : CompletableFuture.failedFuture(error));
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
