// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.math.BigInteger;

/** A transaction, or a call that would become one, that never reaches a contract. */
public final class TransactionRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why; how it is worded is the matter of the RPC's dialect. */
    public enum Reason {
        /** Not a signed transaction of a type that is known here; actual is the type where that is the reason, else 0. */
        UNDECODABLE,
        /** A contract creation: there is no EVM here to run it. */
        CONTRACT_CREATION,
        /** Signed for another chain; actual is the chain id of the signature. */
        WRONG_CHAIN,
        /** Expected is the next nonce, actual the transaction's. */
        NONCE_TOO_LOW,
        /** Expected is the next nonce, actual the transaction's; only where transactions cannot wait. */
        NONCE_TOO_HIGH,
        /** Expected is the cost in wei, actual the balance. */
        INSUFFICIENT_FUNDS,
        /** The gas limit does not cover the calldata. */
        INTRINSIC_GAS_TOO_LOW,
        /** Expected is the block's gas limit, actual the transaction's. */
        GAS_LIMIT_TOO_HIGH,
        /** Expected is the base fee, actual the fee offered. */
        FEE_BELOW_BASE_FEE,
        /** The priority fee is above the whole fee. */
        PRIORITY_FEE_ABOVE_FEE,
        /** The same transaction waits already. */
        ALREADY_KNOWN,
        /** Another transaction with this nonce waits and this one does not raise both fees by a tenth. */
        REPLACEMENT_UNDERPRICED
    }

    private final Reason reason;
    private final BigInteger expected;
    private final BigInteger actual;

    TransactionRefusedException(Reason reason, Throwable cause) {
        super(reason.name(), cause);
        this.reason = reason;
        this.expected = BigInteger.ZERO;
        this.actual = BigInteger.ZERO;
    }

    public TransactionRefusedException(Reason reason, BigInteger expected, BigInteger actual) {
        super(reason + ": expected " + expected + ", got " + actual);
        this.reason = reason;
        this.expected = expected;
        this.actual = actual;
    }

    public Reason reason() {
        return reason;
    }

    /** The expected value, as the reason defines it; zero without one. */
    public BigInteger expected() {
        return expected;
    }

    /** The actual value, as the reason defines it; zero without one. */
    public BigInteger actual() {
        return actual;
    }
}
