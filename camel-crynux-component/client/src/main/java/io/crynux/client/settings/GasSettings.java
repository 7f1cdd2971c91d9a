// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * What a payment may use and cost.
 *
 * @param gasLimit gas limit of a payment, at least 1,500,000. createTask uses up to 1,014,000 but needs a limit above what
 *     it uses, and an estimate made while nodes are busy is far too low once they are free (classic protocol, section 1),
 *     so the limit is fixed
 * @param priceMultiplier factor on the price that the node suggests, so that a payment stays minable while prices rise
 * @param transactionType legacy, EIP-1559 or what the chain's newest block suggests
 * @param maxGasPrice the most that a payment, or a replacement of it, may offer per gas, in wei; null for no bound
 */
public record GasSettings(
        BigInteger gasLimit, BigDecimal priceMultiplier, TransactionType transactionType, BigInteger maxGasPrice) {

    /** The least gas limit of a payment. */
    public static final BigInteger LEAST_GAS_LIMIT = BigInteger.valueOf(1_500_000);

    /** 1,500,000 gas, factor 1.2, type by chain, any price. */
    public static final GasSettings DEFAULT =
            new GasSettings(LEAST_GAS_LIMIT, new BigDecimal("1.2"), TransactionType.AUTO, null);

    /** Transaction type of a payment. */
    public enum TransactionType {
        /** EIP-1559 if the blocks have a base fee, else legacy. */
        AUTO,
        /** A single gas price. */
        LEGACY,
        /** A base fee and a tip. */
        EIP1559
    }

    /** @throws IllegalArgumentException naming the setting that cannot be */
    public GasSettings {
        if (gasLimit.compareTo(LEAST_GAS_LIMIT) < 0) {
            throw new IllegalArgumentException("gasLimit is " + gasLimit + ", the least is " + LEAST_GAS_LIMIT
                    + ": createTask fails with a limit of 1000000 where it uses 884000, and uses more when it starts the"
                    + " task at once. What is not used is not paid");
        }
        if (priceMultiplier.compareTo(BigDecimal.ONE) < 0) {
            throw new IllegalArgumentException("gasPriceMultiplier is " + priceMultiplier
                    + ", the least is 1: below the price that the node suggests payments get stuck");
        }
        if (maxGasPrice != null && maxGasPrice.signum() <= 0) {
            throw new IllegalArgumentException("maxGasPrice must be above 0");
        }
    }
}
