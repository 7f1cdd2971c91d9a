// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.math.BigInteger;
import java.util.Map;

/**
 * The rules of a ledger.
 *
 * @param baseFee wei per gas, of block 0 and where it does not float of every block
 * @param floatingBaseFee whether the base fee follows the blocks' use by the rules of EIP-1559
 * @param blockGasLimit most gas of a block, and of a transaction
 * @param miner who gets the priority fees
 * @param automine whether every transaction makes its own block at once
 * @param nonceGaps whether a transaction may wait for the nonces before its own
 * @param genesis balances in wei at block 0
 */
public record LedgerSettings(
        long chainId,
        BigInteger baseFee,
        boolean floatingBaseFee,
        long blockGasLimit,
        String miner,
        boolean automine,
        boolean nonceGaps,
        Map<String, BigInteger> genesis) {
    public LedgerSettings {
        genesis = Map.copyOf(genesis);
    }
}
