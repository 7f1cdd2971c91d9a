// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.http.Backoff;
import io.crynux.client.task.BlockRef;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
    /** How far back a reorganisation can be followed. */
    private static final int REMEMBERED_BLOCKS = 256;
    /** Headers per batch. */
    private static final long BATCH = 50;
    /** Blocks at the head that are read one by one when following begins further back; more than reorganisations take. */
    private static final BigInteger NEAR_HEAD = BigInteger.valueOf(64);
    /** Nodes index logs after blocks; an empty answer for a matching bloom is asked again this often. */
    private static final int EMPTY_ANSWERS = 3;

    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    private final ChainRpc rpc;
    private final String contract;
    private final Duration pollInterval;
    private final ScheduledExecutorService scheduler;
    private final BlockListener listener;
    /** The newest blocks, the newest last. Used by one poll after the other. */
    private final Deque<BlockHeader> seen = new ArrayDeque<>();

    private final CompletableFuture<BlockRef> started = new CompletableFuture<>();
    private int failures;
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
                remember(head);
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
                    remember(header);
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
        listener.onBlock(new BlockRef(first.getBlockNumber(), first.getBlockHash()), events(logs));
    }

    private void schedule(Duration delay) {
        if (!stopped) {
            scheduler.schedule(this::poll, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void poll() {
        rpc.head()
                .thenCompose(this::walkTo)
                .thenCompose(walked -> listener.onCaughtUp(seen.getLast().ref()))
                .whenComplete((done, error) -> {
                    if (error == null) {
                        if (failures > 0) {
                            LOG.info("The chain answers again");
                        }
                        failures = 0;
                        started.complete(seen.getLast().ref());
                        schedule(pollInterval);
                    } else {
                        schedule(afterFailure(error));
                    }
                });
    }

    private Duration afterFailure(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        Duration delay = AFTER_FAILURE.delay(failures++);
        if (failures == 1 && !stopped) {
            LOG.warn("Cannot follow the chain, trying again: {}", cause.toString());
        }
        LOG.debug("Following the chain failed {} times in a row, next try in {}", failures, delay, cause);
        return delay;
    }

    private CompletionStage<Void> walkTo(BlockHeader head) {
        BlockHeader last = seen.getLast();
        if (head.hash().equals(last.hash())) {
            return done();
        }
        if (head.number().compareTo(last.number()) <= 0) {
            Optional<BlockHeader> sameHeight = seen.stream()
                    .filter(block -> block.number().equals(head.number()))
                    .findFirst();
            if (sameHeight.isPresent() && sameHeight.get().hash().equals(head.hash())) {
                // A replica that is behind; it tells nothing new.
                return done();
            }
            if (head.number().compareTo(seen.getFirst().number()) < 0) {
                rpc.distrust();
                throw new CompletionException(new IOException("The node's newest block is " + head.number()
                        + ", although block " + last.number() + " was read: it is far behind, or the chain was reset"));
            }
            forgetFrom(head.number());
            return walkTo(head);
        }
        BigInteger from = last.number().add(BigInteger.ONE);
        BigInteger to = head.number().min(from.add(BigInteger.valueOf(BATCH - 1)));
        CompletionStage<List<BlockHeader>> headers =
                from.equals(head.number()) ? CompletableFuture.completedFuture(List.of(head)) : rpc.blocks(from, to);
        return headers.thenCompose(this::append).thenCompose(appended -> walkTo(head));
    }

    /** Appends blocks as far as they fit; where the first does not, one block is taken back and the walk tries again. */
    private CompletionStage<Void> append(List<BlockHeader> headers) {
        CompletionStage<Void> appended = done();
        BlockHeader parent = seen.getLast();
        if (!headers.get(0).parentHash().equals(parent.hash())) {
            forgetFrom(parent.number());
            return done();
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
        return logs(header, 1).thenAccept(logs -> {
            listener.onBlock(header.ref(), events(logs));
            remember(header);
        });
    }

    private CompletionStage<List<Log>> logs(BlockHeader header, int tries) {
        if (!Bloom.mayContain(header.logsBloom(), contract)) {
            return CompletableFuture.completedFuture(List.of());
        }
        return rpc.logs(contract, header.hash())
                .thenCompose(logs -> logs.isEmpty() && header.logsBloom() != null && tries < EMPTY_ANSWERS
                        ? logs(header, tries + 1)
                        : CompletableFuture.completedFuture(logs));
    }

    private static List<BlockListener.LoggedEvent> events(List<Log> logs) {
        List<BlockListener.LoggedEvent> events = new ArrayList<>();
        for (Log log : logs) {
            ContractEvents.read(log)
                    .ifPresent(event -> events.add(new BlockListener.LoggedEvent(event, log.getTransactionHash())));
        }
        return events;
    }

    private void remember(BlockHeader header) {
        seen.addLast(header);
        if (seen.size() > REMEMBERED_BLOCKS) {
            seen.removeFirst();
        }
    }

    /** Takes back all blocks from that number on. */
    private void forgetFrom(BigInteger number) {
        Set<String> removed = new HashSet<>();
        while (!seen.isEmpty() && seen.getLast().number().compareTo(number) >= 0) {
            removed.add(seen.removeLast().hash());
        }
        if (!removed.isEmpty()) {
            LOG.info("{} blocks from number {} on are no longer part of the chain", removed.size(), number);
            listener.onRemoved(removed);
        }
        if (seen.isEmpty()) {
            stopped = true;
            throw new CompletionException(new IOException("The chain was reorganised by more than " + REMEMBERED_BLOCKS
                    + " blocks: it is another chain, or was reset. Restart when it is clear which"));
        }
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
