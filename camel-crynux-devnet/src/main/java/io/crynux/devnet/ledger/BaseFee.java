// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.math.BigInteger;

/** The base fee of a block by its parent: always the same, or by the rules of EIP-1559. */
final class BaseFee {
    /** A block that uses this part of its gas limit leaves the base fee as it is. */
    private static final long TARGET_PART = 2;

    /** The most that one block changes the base fee is this part of it. */
    private static final BigInteger CHANGE_DENOMINATOR = BigInteger.valueOf(8);

    private BaseFee() {}

    /** The base fee in wei per gas of the block after {@code parent}; null before block 0. */
    static BigInteger after(Block parent, LedgerSettings settings) {
        if (parent == null || !settings.floatingBaseFee()) {
            return settings.baseFee();
        }
        BlockHeader header = parent.header();
        BigInteger fee = header.baseFee();
        long target = header.gasLimit() / TARGET_PART;
        long over = header.gasUsed() - target;
        BigInteger change = fee.multiply(BigInteger.valueOf(Math.abs(over)))
                .divide(BigInteger.valueOf(target))
                .divide(CHANGE_DENOMINATOR);
        if (over > 0) {
            return fee.add(change.max(BigInteger.ONE));
        }
        return fee.subtract(change);
    }
}
