// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.math.BigInteger;
import java.util.Set;

/**
 * The slots of a lane.
 *
 * @param highest highest number that a record uses or has used; null if there is none
 * @param open numbers that records use that are not settled
 */
public record Lane(BigInteger highest, Set<BigInteger> open) {
    public Lane {
        open = Set.copyOf(open);
    }
}
