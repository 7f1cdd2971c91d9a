// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.evm.rpc.LogPlace;
import io.crynux.client.internal.evm.rpc.RpcException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
    /** Ranges that are read before a larger one is tried, so that a limit is not run into all the time. */
    private static final int GROWS_AFTER = 8;

    private final LogReader reader;
    private final Consumer<List<Log>> block;
    private final int most;
    private int range;
    private int readSinceRefusal;

    /**
     * @param maxBlockRange blocks per request, where the node allows so many
     * @param block is given the logs of each block that has any, in order
     */
    LogSweep(LogReader reader, int maxBlockRange, Consumer<List<Log>> block) {
        this.reader = reader;
        this.block = block;
        this.most = reader.mostBlocks(maxBlockRange);
        this.range = most;
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
        return reader.ofRange(from, to).handle((logs, error) -> {
            if (error == null) {
                byBlock(logs).forEach(block);
                if (++readSinceRefusal >= GROWS_AFTER) {
                    range = (int) Math.min(most, range * 2L);
                    readSinceRefusal = 0;
                }
                return to.add(BigInteger.ONE);
            }
            boolean refused = Futures.cause(error) instanceof RpcException;
            boolean least = range == 1;
            // Also where no answer came: it may have been too long, or taken too much time.
            range = Math.max(1, range / 2);
            readSinceRefusal = 0;
            if (!refused || least) {
                throw Futures.wrapped(error);
            }
            LOG.debug("eth_getLogs from {} to {} was refused, trying {} blocks", from, to, range, error);
            return from;
        });
    }

    private static List<List<Log>> byBlock(List<Log> logs) {
        Map<BigInteger, List<Log>> blocks = new LinkedHashMap<>();
        logs.stream().sorted(LogPlace.IN_ORDER).forEach(log -> blocks.computeIfAbsent(
                        LogPlace.block(log), number -> new ArrayList<>())
                .add(log));
        return new ArrayList<>(blocks.values());
    }
}
