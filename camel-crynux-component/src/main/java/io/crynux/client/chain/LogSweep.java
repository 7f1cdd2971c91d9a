// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.protocol.core.methods.response.Log;

/**
 * Reads the contract's logs of many blocks that no reorganisation reaches any more, by as few requests as the node allows:
 * ranges halve when they are refused, and grow again. Used by one sweep after the other.
 */
final class LogSweep {
    private static final Logger LOG = LoggerFactory.getLogger(LogSweep.class);
    /** Blocks per request, where the node allows so many: what many public nodes do. */
    private static final long MOST = 2_000;

    private final ChainRpc rpc;
    private final String contract;
    private final Consumer<List<Log>> block;
    private long range = MOST;

    /** @param block is given the logs of each block that has any, in order */
    LogSweep(ChainRpc rpc, String contract, Consumer<List<Log>> block) {
        this.rpc = rpc;
        this.contract = contract;
        this.block = block;
    }

    /**
     * Reads one range.
     *
     * @param from first block
     * @param last the last block wanted at all
     * @return the block after those that were read
     */
    CompletableFuture<BigInteger> step(BigInteger from, BigInteger last) {
        BigInteger to = last.min(from.add(BigInteger.valueOf(range - 1)));
        return rpc.logsOfRange(contract, from, to).handle((logs, error) -> {
            if (error == null) {
                byBlock(logs).forEach(block);
                range = Math.min(MOST, range * 2);
                return to.add(BigInteger.ONE);
            }
            boolean refused = error instanceof CompletionException && error.getCause() instanceof RpcException;
            if (!refused || range == 1) {
                throw error instanceof CompletionException known ? known : new CompletionException(error);
            }
            range = Math.max(1, range / 2);
            LOG.debug("eth_getLogs from {} to {} was refused, trying {} blocks", from, to, range, error);
            return from;
        });
    }

    private static List<List<Log>> byBlock(List<Log> logs) {
        Map<BigInteger, List<Log>> blocks = new LinkedHashMap<>();
        logs.forEach(log -> blocks.computeIfAbsent(log.getBlockNumber(), number -> new ArrayList<>())
                .add(log));
        return new ArrayList<>(blocks.values());
    }
}
