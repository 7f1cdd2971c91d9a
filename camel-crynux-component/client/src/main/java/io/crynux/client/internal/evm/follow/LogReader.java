// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.evm.ChainSettings;
import io.crynux.client.internal.evm.rpc.BlockHeader;
import io.crynux.client.internal.evm.rpc.ChainRpc;
import io.crynux.client.internal.evm.rpc.LogPlace;
import io.crynux.client.internal.evm.rpc.RpcException;
import io.crynux.client.settings.LogSource;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** Reads the contract's logs of blocks, from the source that is configured. Used by one poll after the other. */
final class LogReader {
    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);
    /** Receipts per batch; those of full blocks are some kilobytes each. */
    private static final int RECEIPTS = 25;
    /** Headers per batch. */
    private static final int HEADERS = 50;

    private final ChainRpc rpc;
    private final String contract;
    private final LogSource source;
    private final BloomTrust blooms;
    /** First topics of the logs that are wanted of ranges; empty for all. */
    private final Set<String> topics;

    private boolean hasBlockReceipts = true;

    LogReader(ChainRpc rpc, ChainSettings settings, BloomTrust blooms) {
        this(rpc, settings, blooms, Set.of());
    }

    /** @param topics first topics of the logs that are wanted of ranges, where the source can tell; empty for all */
    LogReader(ChainRpc rpc, ChainSettings settings, BloomTrust blooms, Set<String> topics) {
        this(rpc, settings.contractAddress(), settings.follow().logSource(), blooms, topics);
    }

    private LogReader(ChainRpc rpc, String contract, LogSource source, BloomTrust blooms, Set<String> topics) {
        this.rpc = rpc;
        this.contract = contract;
        this.source = source;
        this.blooms = blooms;
        this.topics = topics;
    }

    /** The logs of one block, asked for by its hash, so that they cannot be another fork's. */
    CompletableFuture<List<Log>> of(BlockHeader block) {
        if (blooms.isToBeChecked(block)) {
            return check(block);
        }
        return blooms.allows(block, contract) ? ask(block) : CompletableFuture.completedFuture(List.of());
    }

    /** Whether {@link #of} asks the node. */
    boolean asksFor(BlockHeader block) {
        return blooms.allows(block, contract) || blooms.isToBeChecked(block);
    }

    BloomTrust blooms() {
        return blooms;
    }

    /**
     * Whether another endpoint has more logs of the contract in a block; it is used from then on, since the one that was asked
     * keeps them back. What fails there says nothing.
     */
    CompletableFuture<Boolean> goWhereMoreIsTold(BlockHeader block, int known) {
        ChainRpc elsewhere = rpc.elsewhere();
        if (elsewhere == rpc) {
            return CompletableFuture.completedFuture(false);
        }
        return new LogReader(elsewhere, contract, source, blooms, topics)
                .ask(block)
                .handle((logs, error) -> {
                    boolean more = error == null && logs.size() > known;
                    if (more) {
                        rpc.distrust();
                    }
                    return more;
                });
    }

    /** The logs of one block, whatever its bloom says. */
    CompletableFuture<List<Log>> ask(BlockHeader block) {
        return source == LogSource.LOGS
                ? rpc.logs(contract, block.hash())
                : receipts(block).thenApply(receipts -> ofContract(logs(receipts)));
    }

    private CompletableFuture<List<Log>> check(BlockHeader block) {
        CompletableFuture<List<Log>> all =
                source == LogSource.LOGS ? allLogs(block) : receipts(block).thenApply(LogReader::logs);
        return all.thenApply(logs -> {
            if (logs.isEmpty()) {
                blooms.onRight();
            } else {
                blooms.onWrong(block);
            }
            return ofContract(logs);
        });
    }

    /** Some nodes tell no logs without an address. */
    private CompletableFuture<List<Log>> allLogs(BlockHeader block) {
        return rpc.logs(block.hash())
                .exceptionallyCompose(error -> Futures.cause(error) instanceof RpcException
                        ? rpc.logs(contract, block.hash())
                        : CompletableFuture.failedFuture(error));
    }

    /** How many blocks a range may have. */
    int mostBlocks(int configured) {
        return source == LogSource.LOGS ? configured : Math.min(configured, HEADERS);
    }

    /** The logs of a range of blocks, both ends included, in order; fails when the node does not have the last one. */
    CompletableFuture<List<Log>> ofRange(BigInteger from, BigInteger to) {
        if (source == LogSource.LOGS) {
            return rpc.logsOfRange(contract, from, to, topics);
        }
        return rpc.blocks(from, to).thenCompose(headers -> {
            List<Log> logs = new ArrayList<>();
            CompletableFuture<List<Log>> read = CompletableFuture.completedFuture(logs);
            for (BlockHeader header : headers) {
                read = read.thenCompose(before -> of(header)).thenApply(found -> {
                    logs.addAll(found);
                    return logs;
                });
            }
            return read;
        });
    }

    private CompletableFuture<List<TransactionReceipt>> receipts(BlockHeader block) {
        return hasBlockReceipts
                ? rpc.blockReceipts(block.hash()).exceptionallyCompose(error -> withoutBlockReceipts(block, error))
                : oneByOne(block);
    }

    private CompletableFuture<List<TransactionReceipt>> withoutBlockReceipts(BlockHeader block, Throwable error) {
        if (!(Futures.cause(error) instanceof RpcException refusal)) {
            return CompletableFuture.failedFuture(error);
        }
        // Other errors may be this node's or this block's.
        if (refusal.isMissingCall()) {
            LOG.warn("The node has no eth_getBlockReceipts; receipts are read one by one");
            hasBlockReceipts = false;
        }
        return oneByOne(block);
    }

    private CompletableFuture<List<TransactionReceipt>> oneByOne(BlockHeader block) {
        return rpc.transactionsOf(block.hash()).thenCompose(hashes -> {
            List<TransactionReceipt> receipts = new ArrayList<>();
            CompletableFuture<List<TransactionReceipt>> read = CompletableFuture.completedFuture(receipts);
            for (int i = 0; i < hashes.size(); i += RECEIPTS) {
                List<String> some = hashes.subList(i, Math.min(hashes.size(), i + RECEIPTS));
                read = read.thenCompose(before -> rpc.receiptsIn(block.hash(), some))
                        .thenApply(found -> {
                            receipts.addAll(found);
                            return receipts;
                        });
            }
            return read;
        });
    }

    private static List<Log> logs(List<TransactionReceipt> receipts) {
        return receipts.stream()
                .flatMap(receipt -> receipt.getLogs().stream())
                .sorted(Comparator.comparing(LogPlace::index))
                .toList();
    }

    private List<Log> ofContract(List<Log> logs) {
        return logs.stream()
                .filter(log -> contract.equalsIgnoreCase(log.getAddress()))
                .toList();
    }
}
