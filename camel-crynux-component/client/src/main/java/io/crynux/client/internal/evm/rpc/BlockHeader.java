// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.time.Instant;
import org.web3j.protocol.core.methods.response.EthBlock;

/**
 * What the client reads of a block.
 *
 * @param baseFee wei per gas, or null on a chain without EIP-1559
 * @param time of its making, by the chain's clock, or null where the node tells none
 * @param runsContracts whether its transactions do anything but transfer value, as the gas shows that they used: only then
 *     there can be logs in it
 */
public record BlockHeader(
        BigInteger number,
        String hash,
        String parentHash,
        String logsBloom,
        BigInteger baseFee,
        Instant time,
        boolean runsContracts) {
    /** What a transaction takes that only transfers value (Ethereum yellow paper, appendix G). */
    private static final BigInteger TRANSFER_GAS = BigInteger.valueOf(21_000);

    static BlockHeader of(EthBlock.Block block) {
        return new BlockHeader(
                block.getNumber(),
                block.getHash(),
                block.getParentHash(),
                block.getLogsBloom(),
                block.getBaseFeePerGasRaw() == null ? null : block.getBaseFeePerGas(),
                ChainClock.time(block.getTimestampRaw()),
                runsContracts(block));
    }

    private static boolean runsContracts(EthBlock.Block block) {
        int transactions =
                block.getTransactions() == null ? 0 : block.getTransactions().size();
        try {
            BigInteger gas = block.getGasUsedRaw() == null ? BigInteger.ZERO : block.getGasUsed();
            // Less than transfers take is as odd as more.
            return !gas.equals(TRANSFER_GAS.multiply(BigInteger.valueOf(transactions)));
        } catch (RuntimeException e) {
            // No number; nothing else depends on it.
            return true;
        }
    }

    public BlockRef ref() {
        return new BlockRef(number, hash);
    }
}
