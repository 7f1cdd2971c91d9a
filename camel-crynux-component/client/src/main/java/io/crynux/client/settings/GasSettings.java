// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Gas limit and gas price of payments.
 *
 * @param gasLimit gas limit of a payment, at least 1,500,000. createTask uses up to 1,014,000 but needs a limit above what
 *     it uses, and an estimate made while nodes are busy is far too low once they are free (classic protocol, section 1),
 *     so the limit is fixed
 * @param priceMultiplier multiplies the gas price that the node suggests, so that a payment can still be mined if prices
 *     rise; at least 1
 * @param transactionType type of the transactions
 * @param maxGasPrice maximum gas price of a payment and of its replacements, in wei; null for no limit
 */
public record GasSettings(
        BigInteger gasLimit, BigDecimal priceMultiplier, TransactionType transactionType, BigInteger maxGasPrice) {

    /** Minimum gas limit of a payment. */
    public static final BigInteger LEAST_GAS_LIMIT = BigInteger.valueOf(1_500_000);

    /** Gas limit 1,500,000, multiplier 1.2, transaction type by chain, no maximum price. */
    public static final GasSettings DEFAULT =
            new GasSettings(LEAST_GAS_LIMIT, new BigDecimal("1.2"), TransactionType.AUTO, null);

    /** Type of a transaction, which decides how it states its gas price. */
    public enum TransactionType {
        /** EIP-1559 if the newest block has a base fee, otherwise legacy. */
        AUTO,
        /** A single gas price. */
        LEGACY,
        /** A base fee and a tip. */
        EIP1559
    }

    /** @throws IllegalArgumentException naming the setting that is out of range */
    public GasSettings {
        if (gasLimit.compareTo(LEAST_GAS_LIMIT) < 0) {
            throw new IllegalArgumentException(
                    "gasLimit is " + gasLimit + "; it must be " + LEAST_GAS_LIMIT + " or more"
                            + ": createTask fails with a limit of 1000000 where it uses 884000, and uses more when it starts the"
                            + " task at once. Unused gas costs nothing");
        }
        if (priceMultiplier.compareTo(BigDecimal.ONE) < 0) {
            throw new IllegalArgumentException("gasPriceMultiplier is " + priceMultiplier
                    + "; it must be 1 or more: payments below the price that the node suggests get stuck");
        }
        if (maxGasPrice != null && maxGasPrice.signum() <= 0) {
            throw new IllegalArgumentException("maxGasPrice must be above 0");
        }
    }
}
