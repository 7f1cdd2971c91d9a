// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.money;

import java.math.BigInteger;

/**
 * What the ledger says of the fee of one task.
 *
 * @param state how much that proves
 * @param paidWei sum of its payments
 * @param refundedWei sum of its refunds
 */
public record LedgerFate(State state, BigInteger paidWei, BigInteger refundedWei) {

    /** How much an answer proves. */
    public enum State {
        /** The records are complete: what is missing was not booked. */
        COMPLETE,
        /** Records may still be missing. What is there is true. */
        INCOMPLETE,
        /** The ledger cannot be read: the login needs https or a local Relay, or the Relay refuses it. */
        UNREADABLE
    }

    static LedgerFate of(State state) {
        return new LedgerFate(state, BigInteger.ZERO, BigInteger.ZERO);
    }

    LedgerFate paid(BigInteger wei) {
        return new LedgerFate(state, paidWei.add(wei), refundedWei);
    }

    LedgerFate refunded(BigInteger wei) {
        return new LedgerFate(state, paidWei, refundedWei.add(wei));
    }

    LedgerFate as(State other) {
        return new LedgerFate(other, paidWei, refundedWei);
    }

    /** Whether a payment was booked. */
    public boolean isPaid() {
        return paidWei.signum() > 0;
    }
}
