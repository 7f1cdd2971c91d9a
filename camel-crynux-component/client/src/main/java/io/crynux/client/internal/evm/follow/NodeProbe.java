// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.evm.ChainSettings;
import io.crynux.client.internal.evm.rpc.BlockHeader;
import io.crynux.client.internal.evm.rpc.ChainRpc;
import io.crynux.client.internal.evm.rpc.LogPlace;
import io.crynux.client.internal.evm.rpc.RpcException;
import io.crynux.client.internal.evm.rpc.UnreadableChainException;
import io.crynux.client.settings.LogSource;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.web3j.protocol.core.methods.response.Log;

/**
 * Asks the node for everything that reading the contract takes, by a few requests: one that refuses some of it is found before
 * money is spent, and not by the first event. Works on a chain without any event. Thread-safe.
 */
public final class NodeProbe {
    /** How long the result of a passed probe is valid. */
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);
    /** Blocks before the newest whose logs are asked for; a node may allow fewer. */
    private static final BigInteger RANGE = BigInteger.valueOf(64);
    /** Replicas behind one URL can be some blocks apart: by its hash a block is asked for that all of them have. */
    private static final BigInteger AGE = BigInteger.valueOf(4);

    private static final int MOST_STARTS = 3;
    private static final Duration BETWEEN_STARTS = Duration.ofMillis(500);

    private static final String NOBODYS = "0x" + "0".repeat(64);
    private static final String OTHER_URL = "another rpcUrl";

    private final ChainRpc rpc;
    private final ChainSettings settings;
    /** Who follows the chain; null where it is looked at from time to time. */
    private final ChainReader reader;

    private CompletableFuture<Void> asked;
    private long passedAt;

    private NodeProbe(ChainRpc rpc, ChainSettings settings, ChainReader reader) {
        this.rpc = rpc;
        this.settings = settings;
        this.reader = reader;
    }

    /** @param reader reads one block after the other, and is informed in which blocks the contract surely has logs */
    public static NodeProbe ofFollowing(ChainRpc rpc, ChainSettings settings, ChainReader reader) {
        return new NodeProbe(rpc, settings, reader);
    }

    /** For who looks at the chain from time to time. */
    public static NodeProbe ofPolling(ChainRpc rpc, ChainSettings settings) {
        return new NodeProbe(rpc, settings, null);
    }

    /**
     * Asks, unless that was done lately.
     *
     * @return fails with an {@link UnreadableChainException} that names the option that helps when every URL refuses, and
     *     with another IOException when none answers
     */
    synchronized CompletableFuture<Void> pass() {
        boolean passed = asked != null && asked.isDone() && !asked.isCompletedExceptionally();
        boolean old = passed && System.nanoTime() - passedAt > GOOD_FOR.toNanos();
        if (asked == null || old || asked.isCompletedExceptionally()) {
            passedAt = System.nanoTime();
            asked = ask(settings.rpcUrls().size());
        }
        return asked.copy();
    }

    /** Asks when reading begins: a node that refuses may do so for a moment only. */
    public CompletableFuture<Void> atStart(ScheduledExecutorService scheduler) {
        return atStart(scheduler, MOST_STARTS);
    }

    private CompletableFuture<Void> atStart(ScheduledExecutorService scheduler, int left) {
        return pass().exceptionallyCompose(error -> {
            if (left <= 1 || !(Futures.cause(error) instanceof UnreadableChainException)) {
                return CompletableFuture.failedFuture(error);
            }
            CompletableFuture<Void> again = new CompletableFuture<>();
            scheduler.schedule(() -> again.complete(null), BETWEEN_STARTS.toMillis(), TimeUnit.MILLISECONDS);
            return again.thenCompose(now -> atStart(scheduler, left - 1));
        });
    }

    private CompletableFuture<Void> ask(int urls) {
        return ask().exceptionallyCompose(error -> {
            if (urls > 1 && Futures.cause(error) instanceof UnreadableChainException) {
                rpc.distrust();
                return ask(urls - 1);
            }
            return CompletableFuture.failedFuture(error);
        });
    }

    private CompletableFuture<Void> ask() {
        CompletableFuture<BlockHeader> newest = rpc.head().handle(refusedAs("its newest block", OTHER_URL));
        CompletableFuture<?> events = reader == null
                ? newest.thenCompose(head -> askForRange(head, "waitMethod=follow with logSource=receipts"))
                : newest.thenCompose(this::askAsFollower);
        return events.thenCompose(told -> askForReceipts());
    }

    private CompletableFuture<List<Log>> askAsFollower(BlockHeader head) {
        BigInteger from = head.number().subtract(AGE).max(BigInteger.ZERO);
        return ChainWalk.twice(() -> rpc.blocks(from, head.number()))
                .toCompletableFuture()
                .handle(this.<List<BlockHeader>>refusedAs("its blocks", OTHER_URL))
                .thenCompose(blocks -> {
                    requireRow(blocks);
                    return settings.follow().logSource() == LogSource.LOGS
                            ? askForLogs(blocks.get(0), head)
                            : new LogReader(rpc, settings, new BloomTrust())
                                    .ask(blocks.get(0))
                                    .handle(refusedAs("the receipts of a block", OTHER_URL));
                });
    }

    private void requireRow(List<BlockHeader> blocks) {
        for (int i = 1; i < blocks.size(); i++) {
            if (!blocks.get(i).parentHash().equals(blocks.get(i - 1).hash())) {
                throw new CompletionException(unusable(
                        "its blocks do not follow each other: block "
                                + blocks.get(i).number() + " names another parent than the block before it",
                        OTHER_URL,
                        null));
            }
        }
        BlockRef oldest = blocks.get(0).ref();
        boolean other = reader.recent()
                .at(oldest.number())
                .filter(read -> !read.equals(oldest))
                .isPresent();
        if (other) {
            throw new CompletionException(unusable(
                    "it is on a different chain from the one that was read: its block " + oldest.number() + " differs",
                    OTHER_URL,
                    null));
        }
    }

    private CompletableFuture<List<Log>> askForLogs(BlockHeader block, BlockHeader head) {
        return askForRange(head, "logSource=receipts")
                .thenCompose(logs -> {
                    logs.forEach(log -> reader.expectLogs(new BlockRef(LogPlace.block(log), log.getBlockHash())));
                    return rpc.logs(settings.contractAddress(), block.hash());
                })
                .handle(refusedAs(
                        "the logs of a block by its hash", "logSource=receipts, waitMethod=poll or " + OTHER_URL));
    }

    private CompletableFuture<List<Log>> askForRange(BlockHeader head, String remedy) {
        return logs(head.number().subtract(RANGE).max(BigInteger.ZERO), head)
                .exceptionallyCompose(error -> Futures.cause(error) instanceof RpcException
                        ? logs(head.number(), head)
                        : CompletableFuture.failedFuture(error))
                .handle(refusedAs("the logs of a range of blocks", remedy + " or " + OTHER_URL));
    }

    private CompletableFuture<List<Log>> logs(BigInteger from, BlockHeader head) {
        return rpc.logsOfRange(settings.contractAddress(), from, head.number(), Set.of());
    }

    /** Of payments, which may be reverted and then have no log. */
    private CompletableFuture<Void> askForReceipts() {
        return rpc.receipt(NOBODYS)
                .<Void>thenApply(receipt -> null)
                .exceptionallyCompose(error -> isUnknown(error)
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(error))
                .handle(refusedAs("the receipt of a transaction", OTHER_URL));
    }

    /** Some nodes answer with an error where others answer with null. */
    private static boolean isUnknown(Throwable error) {
        return Futures.cause(error) instanceof RpcException refusal
                && !refusal.isMissingCall()
                && refusal.rpcMessage().toLowerCase(Locale.ROOT).contains("not found");
    }

    private <T> BiFunction<T, Throwable, T> refusedAs(String what, String remedy) {
        return (answer, error) -> {
            if (error == null) {
                return answer;
            }
            Throwable cause = Futures.cause(error);
            throw new CompletionException(
                    cause instanceof RpcException
                            ? unusable("it does not report " + what + ": " + cause.getMessage(), remedy, cause)
                            : cause);
        };
    }

    private UnreadableChainException unusable(String what, String remedy, Throwable cause) {
        return new UnreadableChainException(
                "The node at " + rpc.shown() + " cannot be used, since " + what + ". Use " + remedy, cause);
    }
}
