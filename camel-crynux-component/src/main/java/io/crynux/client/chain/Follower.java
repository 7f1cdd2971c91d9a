// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.http.Backoff;
import io.crynux.client.task.BlockRef;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.methods.response.Log;

/**
 * Reads the contract's events once for everybody, whatever the number of tasks. Polls for the newest block and walks to
 * it block by block, checking that each one names the one before as its parent; logs are asked for by block hash, so that
 * they cannot belong to another fork, and only where the block's bloom allows any.
 */
final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    /** Headers per batch. */
    private static final long BATCH = 50;
    /** Blocks at the head that are read one by one when following begins further back; more than reorganisations take. */
    private static final BigInteger NEAR_HEAD = BigInteger.valueOf(64);

    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));
    /** Of failures in a row where the node does answer, this one is told. */
    private static final int TOLD_ANSWERS = 5;

    private static final String NOT_IN_A_ROW = "The node tells of blocks that do not follow each other";

    private final ChainRpc rpc;
    private final String contract;
    private final Duration pollInterval;
    private final ScheduledExecutorService scheduler;
    private final BlockListener listener;
    private final SeenBlocks seen = new SeenBlocks();

    private final Backoff afterAnswer;
    private final DoubtfulLogs doubts = new DoubtfulLogs();
    private final CompletableFuture<BlockRef> started = new CompletableFuture<>();
    /** How often blocks were taken back in this poll. */
    private int takenBack;

    private int failures;
    private boolean told;
    private volatile boolean stopped;

    Follower(
            ChainRpc rpc,
            String contract,
            Duration pollInterval,
            ScheduledExecutorService scheduler,
            BlockListener listener) {
        this.rpc = rpc;
        this.contract = contract;
        this.pollInterval = pollInterval;
        this.afterAnswer = new Backoff(pollInterval, pollInterval.multipliedBy(8));
        this.scheduler = scheduler;
        this.listener = listener;
    }

    /**
     * Begins to follow. The future completes when the listener has heard of all blocks up to the newest, with that block;
     * once the newest block is known, what fails is tried again until it works.
     *
     * @param after number of the block after which events are wanted; null for the newest, whose events are not wanted
     */
    CompletableFuture<BlockRef> start(BigInteger after) {
        return rpc.head().thenCompose(head -> {
            if (after == null || after.compareTo(head.number()) >= 0) {
                seen.add(head);
                schedule(pollInterval);
                return CompletableFuture.completedFuture(head.ref());
            }
            BigInteger near = head.number().subtract(NEAR_HEAD).max(after);
            sweep(new LogSweep(rpc, contract, this::deliverSwept), after.add(BigInteger.ONE), near);
            return started;
        });
    }

    void stop() {
        stopped = true;
        started.completeExceptionally(new CrynuxShutdownException("The client stopped before it had read the chain"));
    }

    /** Reads the blocks up to the last one by ranges, and then goes on block by block. */
    private void sweep(LogSweep sweep, BigInteger from, BigInteger last) {
        if (stopped) {
            return;
        }
        CompletableFuture<BigInteger> step = from.compareTo(last) <= 0
                ? sweep.step(from, last)
                : rpc.block(DefaultBlockParameter.valueOf(last)).thenApply(header -> {
                    seen.add(header);
                    return null;
                });
        step.whenComplete((next, error) -> {
            if (error != null) {
                scheduler.schedule(
                        () -> sweep(sweep, from, last), afterFailure(error).toMillis(), TimeUnit.MILLISECONDS);
            } else if (next != null) {
                sweep(sweep, next, last);
            } else {
                poll();
            }
        });
    }

    private void deliverSwept(List<Log> logs) {
        Log first = logs.get(0);
        listener.onBlock(new BlockRef(first.getBlockNumber(), first.getBlockHash()), ContractEvents.readAll(logs));
    }

    private void schedule(Duration delay) {
        if (!stopped) {
            scheduler.schedule(this::poll, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void poll() {
        takenBack = 0;
        rpc.head()
                .thenCompose(this::walkTo)
                .thenCompose(walked -> askAgain())
                .thenCompose(walked -> listener.onCaughtUp(seen.newest().ref()))
                .whenComplete((done, error) -> {
                    if (error == null) {
                        if (told) {
                            LOG.info("The chain answers again");
                        }
                        told = false;
                        failures = 0;
                        started.complete(seen.newest().ref());
                        schedule(pollInterval);
                    } else {
                        schedule(afterFailure(error));
                    }
                });
    }

    private Duration afterFailure(Throwable error) {
        // A node that answers needs no long rest, and of several behind one URL the next may know more.
        boolean answers = isAnswer(error);
        Duration delay = (answers ? afterAnswer : AFTER_FAILURE).delay(failures++);
        if (!told && failures >= (answers ? TOLD_ANSWERS : 1) && !stopped) {
            told = true;
            LOG.warn("Cannot follow the chain, trying again: {}", cause(error).toString());
        }
        LOG.debug("Following the chain failed {} times in a row, next try in {}", failures, delay, cause(error));
        return delay;
    }

    private static boolean isAnswer(Throwable error) {
        return cause(error) instanceof NodeBehindException || cause(error) instanceof RpcException;
    }

    private static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    /** Asks twice where one node of several behind one URL may not know what another one told of. */
    private static <T> CompletionStage<T> twice(Supplier<CompletableFuture<T>> ask) {
        return ask.get()
                .exceptionallyCompose(error -> isAnswer(error) ? ask.get() : CompletableFuture.failedFuture(error));
    }

    private CompletionStage<Void> walkTo(BlockHeader head) {
        BlockHeader last = seen.newest();
        if (head.hash().equals(last.hash())) {
            return done();
        }
        if (head.number().compareTo(last.number()) <= 0) {
            Optional<BlockHeader> sameHeight = seen.at(head.number());
            if (sameHeight.isPresent() && sameHeight.get().hash().equals(head.hash())) {
                // A replica that is behind; it tells nothing new.
                return done();
            }
            int toOldest = head.number().compareTo(seen.oldest());
            if (toOldest < 0 || (toOldest == 0 && seen.hasForgotten())) {
                rpc.distrust();
                throw new CompletionException(new IOException("The node's newest block is " + head.number()
                        + ", although block " + last.number() + " was read: it is far behind, or the chain was reset"));
            }
            return forgetFrom(head.number()).thenCompose(forgotten -> walkTo(head));
        }
        BigInteger from = last.number().add(BigInteger.ONE);
        BigInteger to = head.number().min(from.add(BigInteger.valueOf(BATCH - 1)));
        CompletionStage<List<BlockHeader>> headers = from.equals(head.number())
                ? CompletableFuture.completedFuture(List.of(head))
                : twice(() -> rpc.blocks(from, to));
        // Where blocks of another fork stand in the head's place now, it is the head that is old; the next poll has a
        // new one.
        return headers.thenCompose(this::append)
                .thenCompose(appended -> seen.newest().number().compareTo(head.number()) >= 0 ? done() : walkTo(head));
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
        if (!Bloom.mayContain(header.logsBloom(), contract)) {
            return CompletableFuture.completedFuture(List.of());
        }
        return twice(() -> rpc.logs(contract, header.hash())).thenApply(logs -> {
            doubts.examine(header, logs);
            return logs;
        });
    }

    /**
     * Asks again for the logs of blocks that may have some. Where there are, that block and those after it are read once more,
     * in order: an event is of no use to who did not hear the one before, and who heard it is not disturbed by it.
     */
    private CompletionStage<Void> askAgain() {
        doubts.onPoll();
        return askForDue();
    }

    private CompletionStage<Void> askForDue() {
        return doubts.due()
                .<CompletionStage<Void>>map(
                        doubt -> rpc.logs(contract, doubt.block().hash()).thenCompose(logs -> {
                            if (logs.size() <= doubt.known()) {
                                return askForDue();
                            }
                            LOG.info(
                                    "Block {} has logs that the node did not tell of at first",
                                    doubt.block().number());
                            return readAgainFrom(doubt.block());
                        }))
                .orElseGet(Follower::done);
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
            stopped = true;
            LOG.error(
                    "The chain was reorganised by more than {} blocks: it is another chain, or was reset. It is not followed any"
                            + " more, and tasks that are under way end at their deadlines. Restart when it is clear which",
                    SeenBlocks.MOST);
            throw new CompletionException(new IOException("The chain was replaced"));
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

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
