// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.ledger;

import java.math.BigInteger;
import java.time.Instant;

/**
 * One movement of an account.
 *
 * @param address with EIP-55 checksum
 * @param amount in wei, positive whatever the direction
 * @param commitment of the task
 */
public record LedgerRow(long id, Instant at, String address, BigInteger amount, Type type, String commitment) {
    /** What kind of movement; {@link #code} is the number that the Relay answers with. */
    public enum Type {
        /** A node's share of a fee. */
        INCOME(0, 1),
        /** A creator pays for a task. */
        PAYMENT(4, -1),
        /** A fee comes back. */
        REFUND(5, 1);

        private final int code;
        private final int sign;

        Type(int code, int sign) {
            this.code = code;
            this.sign = sign;
        }

        public int code() {
            return code;
        }
    }

    /** What the account has more after it, in wei. */
    public BigInteger change() {
        return type.sign < 0 ? amount.negate() : amount;
    }

    /** The reason in the form of the Relay's list. */
    public String reason() {
        return type.code + "-" + commitment;
    }
}
