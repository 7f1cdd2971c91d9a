// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.math.BigInteger;

/**
 * A signed transaction that pays for a task. All payments of one attempt have the same nonce, so that at most one of them
 * can be mined.
 *
 * @param nonce of the sender
 * @param transactionHash keccak256 of the signed bytes, as hex
 * @param rawTransaction the signed bytes as hex: what is sent, and sent again if it gets lost
 */
public record Payment(BigInteger nonce, String transactionHash, String rawTransaction) {

    /** What remains of a payment that is settled: everything but the signed bytes. */
    Payment withoutBytes() {
        return new Payment(nonce, transactionHash, "");
    }

    /** Without the signed bytes. */
    @Override
    public String toString() {
        return "Payment[nonce " + nonce + ", " + transactionHash + "]";
    }
}
