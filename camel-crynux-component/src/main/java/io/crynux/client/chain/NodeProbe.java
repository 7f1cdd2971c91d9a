// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

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
import java.util.function.Consumer;
import org.web3j.protocol.core.methods.response.Log;

/**
 * Asks the node for everything that reading the contract takes, by a few requests: one that refuses some of it is found before
 * money is spent, and not by the first event. Works on a chain without any event. Thread-safe.
 */
final class NodeProbe {
    /** How long a node that has passed is taken for one that would. */
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
    private final boolean follows;
    private final Consumer<BlockRef> logsFound;
    private CompletableFuture<Void> asked;
    private long passedAt;

    private NodeProbe(
            ChainRpc rpc, ChainSettings settings, boolean follows, Consumer<BlockRef> logsFound) {
        this.rpc = rpc;
        this.settings = settings;
        this.follows = follows;
        this.logsFound = logsFound;
    }

    /**
     * For who reads one block after the other.
     *
     * @param logsFound is given blocks in which there are logs of the contract, whatever their blooms say
     */
    static NodeProbe ofFollowing(ChainRpc rpc, ChainSettings settings, Consumer<BlockRef> logsFound) {
        return new NodeProbe(rpc, settings, true, logsFound);
    }

    /** For who looks at the chain from time to time. */
    static NodeProbe ofPolling(ChainRpc rpc, ChainSettings settings) {
        return new NodeProbe(rpc, settings, false, block -> {});
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
    CompletableFuture<Void> atStart(ScheduledExecutorService scheduler) {
        return atStart(scheduler, MOST_STARTS);
    }

    private CompletableFuture<Void> atStart(ScheduledExecutorService scheduler, int left) {
        return pass().exceptionallyCompose(error -> {
            if (left <= 1 || !(ChainSight.cause(error) instanceof UnreadableChainException)) {
                return CompletableFuture.failedFuture(error);
            }
            CompletableFuture<Void> again = new CompletableFuture<>();
            scheduler.schedule(() -> again.complete(null), BETWEEN_STARTS.toMillis(), TimeUnit.MILLISECONDS);
            return again.thenCompose(now -> atStart(scheduler, left - 1));
        });
    }

    private CompletableFuture<Void> ask(int urls) {
        return ask().exceptionallyCompose(error -> {
            if (urls > 1 && ChainSight.cause(error) instanceof UnreadableChainException) {
                rpc.distrust();
                return ask(urls - 1);
            }
            return CompletableFuture.failedFuture(error);
        });
    }

    private CompletableFuture<Void> ask() {
        return rpc.head().thenCompose(head -> follows ? askAsFollower(head) : askForRange(head, true)
                        .thenCompose(logs -> askForReceipts()));
    }

    private CompletableFuture<Void> askAsFollower(BlockHeader head) {
        BigInteger from = head.number().subtract(AGE).max(BigInteger.ZERO);
        return ChainWalk.twice(() -> rpc.blocks(from, head.number())).toCompletableFuture().thenCompose(blocks -> {
            requireRow(blocks);
            return settings.follow().logSource() == LogSource.LOGS
                    ? askForLogs(blocks.get(0), head)
                    : askForReceipts(blocks.get(0));
        }).thenCompose(told -> askForReceipts());
    }

    private static void requireRow(List<BlockHeader> blocks) {
        for (int i = 1; i < blocks.size(); i++) {
            if (!blocks.get(i).parentHash().equals(blocks.get(i - 1).hash())) {
                throw new CompletionException(unusable(
                        "its blocks do not follow each other: block " + blocks.get(i).number()
                                + " names another parent than the block before it",
                        OTHER_URL,
                        null));
            }
        }
    }

    private CompletableFuture<Void> askForLogs(BlockHeader block, BlockHeader head) {
        return askForRange(head, false)
                .thenCompose(logs -> {
                    logs.forEach(log -> logsFound.accept(new BlockRef(LogPlace.block(log), log.getBlockHash())));
                    return rpc.logs(settings.contractAddress(), block.hash());
                })
                .handle(refusedAs("the logs of a block by its hash", "logSource=RECEIPTS, waitMethod=POLL or " + OTHER_URL));
    }

    private CompletableFuture<List<Log>> askForRange(BlockHeader head, boolean polls) {
        BigInteger from = head.number().subtract(RANGE).max(BigInteger.ZERO);
        String remedy = polls
                ? "waitMethod=FOLLOW with logSource=RECEIPTS, or " + OTHER_URL
                : "logSource=RECEIPTS or " + OTHER_URL;
        return logs(from, head)
                .exceptionallyCompose(error -> ChainSight.cause(error) instanceof RpcException
                        ? logs(head.number(), head)
                        : CompletableFuture.failedFuture(error))
                .handle((logs, error) -> {
                    refusedAs("the logs of a range of blocks", remedy).apply(logs, error);
                    return logs;
                });
    }

    private CompletableFuture<List<Log>> logs(BigInteger from, BlockHeader head) {
        return rpc.logsOfRange(settings.contractAddress(), from, head.number(), Set.of());
    }

    private CompletableFuture<Void> askForReceipts(BlockHeader block) {
        return new LogReader(rpc, settings, new BloomTrust())
                .ask(block)
                .handle(refusedAs("the receipts of a block", OTHER_URL));
    }

    /** Of payments, which may be reverted and then have no log. */
    private CompletableFuture<Void> askForReceipts() {
        return rpc.receipt(NOBODYS)
                .handle((receipt, error) -> isUnknown(error) ? null : error)
                .thenCompose(error ->
                        error == null ? CompletableFuture.completedFuture(null) : CompletableFuture.failedFuture(error))
                .handle(refusedAs("the receipt of a transaction", OTHER_URL));
    }

    /** Some nodes answer with an error where others answer with null. */
    private static boolean isUnknown(Throwable error) {
        return error != null
                && ChainSight.cause(error) instanceof RpcException refusal
                && refusal.rpcMessage().toLowerCase(Locale.ROOT).contains("not found")
                && !refusal.rpcMessage().toLowerCase(Locale.ROOT).contains("method");
    }

    private static BiFunction<Object, Throwable, Void> refusedAs(String what, String remedy) {
        return (answer, error) -> {
            if (error == null) {
                return null;
            }
            Throwable cause = ChainSight.cause(error);
            throw new CompletionException(
                    cause instanceof RpcException
                            ? unusable("it does not tell " + what + ": " + cause.getMessage(), remedy, cause)
                            : cause);
        };
    }

    private static UnreadableChainException unusable(String what, String remedy, Throwable cause) {
        return new UnreadableChainException(
                "The node at rpcUrl cannot be used, since " + what + ". Use " + remedy, cause);
    }
}
