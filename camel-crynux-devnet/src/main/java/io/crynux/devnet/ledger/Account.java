// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.math.BigInteger;

/** Nonce and balance (wei) of one address. */
public record Account(long nonce, BigInteger balance) {
    static final Account EMPTY = new Account(0, BigInteger.ZERO);

    record Key(String address) implements StateKey<Account> {}

    Account withBalance(BigInteger newBalance) {
        return new Account(nonce, newBalance);
    }

    Account withNextNonce() {
        return new Account(nonce + 1, balance);
    }
}
