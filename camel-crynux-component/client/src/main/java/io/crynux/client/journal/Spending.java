// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.math.BigInteger;
import java.time.Instant;

/**
 * What a record can cost, from when on.
 *
 * @param at time when something of it was first about to leave the process, by the client's clock, in whole milliseconds; it
 *     decides in which budget period the cost counts
 * @param mostWei maximum cost in wei, fees and gas, with the most expensive variant
 */
public record Spending(Instant at, BigInteger mostWei) {

    /** The same, with another maximum. */
    public Spending atMost(BigInteger newMostWei) {
        return new Spending(at, newMostWei);
    }
}
