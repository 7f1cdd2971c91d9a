// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.observe;

import java.math.BigInteger;

/**
 * What a wallet has, and what a payment takes now; all in wei.
 *
 * @param balance by the newest block
 * @param bound the most of it that payments in no block take
 * @param mostForGas the most that the gas of one task's payment costs
 */
public record WalletStatus(BigInteger balance, BigInteger bound, BigInteger mostForGas) {

    /** What can be paid with. */
    public BigInteger free() {
        return balance.subtract(bound);
    }
}
