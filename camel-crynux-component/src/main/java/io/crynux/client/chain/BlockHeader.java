// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.time.Instant;
import org.web3j.protocol.core.methods.response.EthBlock;

/**
 * What the client reads of a block.
 *
 * @param baseFee wei per gas, or null on a chain without EIP-1559
 * @param time of its making, by the chain's clock, or null where the node tells none
 */
record BlockHeader(
        BigInteger number, String hash, String parentHash, String logsBloom, BigInteger baseFee, Instant time) {

    static BlockHeader of(EthBlock.Block block) {
        return new BlockHeader(
                block.getNumber(),
                block.getHash(),
                block.getParentHash(),
                block.getLogsBloom(),
                block.getBaseFeePerGasRaw() == null ? null : block.getBaseFeePerGas(),
                ChainClock.time(block.getTimestampRaw()));
    }

    BlockRef ref() {
        return new BlockRef(number, hash);
    }
}
