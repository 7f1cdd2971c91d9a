// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * What a payment may use and cost.
 *
 * @param gasLimit gas limit of a payment. createTask uses up to 1,014,000 but needs a limit above what it uses, and an
 *     estimate made while nodes are busy is far too low once they are free (classic protocol, section 1), so the limit is
 *     fixed
 * @param priceMultiplier factor on the price that the node suggests, so that a payment stays minable while prices rise
 * @param transactionType legacy, EIP-1559 or what the chain's newest block suggests
 */
public record GasSettings(BigInteger gasLimit, BigDecimal priceMultiplier, TransactionType transactionType) {

    /** 1,500,000 gas, factor 1.2, type by chain. */
    public static final GasSettings DEFAULT =
            new GasSettings(BigInteger.valueOf(1_500_000), new BigDecimal("1.2"), TransactionType.AUTO);

    /** How a payment says what it pays for gas. */
    public enum TransactionType {
        /** EIP-1559 where blocks have a base fee, else legacy. */
        AUTO,
        /** One gas price. */
        LEGACY,
        /** Base fee and tip. */
        EIP1559
    }
}
