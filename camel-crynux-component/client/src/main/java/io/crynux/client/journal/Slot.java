// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.math.BigInteger;

/**
 * A place in a numbered sequence that two records must not share, such as a nonce of a wallet.
 *
 * @param lane id of the sequence, as the protocol names it
 * @param number place in it
 */
public record Slot(String lane, BigInteger number) {

    @Override
    public String toString() {
        return number + " of " + lane;
    }
}
