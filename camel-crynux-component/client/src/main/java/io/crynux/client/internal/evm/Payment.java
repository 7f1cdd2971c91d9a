// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm;

import java.math.BigInteger;

/**
 * A signed transaction of the wallet. All payments of one attempt at a task have the same nonce, so that at most one of them can
 * be mined.
 *
 * @param nonce of the sender
 * @param transactionHash keccak256 of the signed bytes, as hex
 * @param rawTransaction the signed bytes as hex, which are sent, and sent again if they are lost; "" if they are not needed
 *     any more
 */
public record Payment(BigInteger nonce, String transactionHash, String rawTransaction) {

    /** The payment without the signed bytes, which a settled task no longer needs. */
    public Payment withoutBytes() {
        return new Payment(nonce, transactionHash, "");
    }

    /** Leaves out the signed bytes. */
    @Override
    public String toString() {
        return "Payment[nonce " + nonce + ", " + transactionHash + "]";
    }
}
