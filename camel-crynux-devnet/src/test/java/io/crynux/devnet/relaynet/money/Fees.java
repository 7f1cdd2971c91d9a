// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.money;

import io.crynux.devnet.relaynet.task.RelayTask;
import java.math.BigInteger;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * Sums of fees by what has become of them, in wei.
 *
 * @param reserved of tasks that have not ended
 * @param paid of tasks that have ended without a refund
 * @param refunded of tasks that have ended with one
 */
public record Fees(BigInteger reserved, BigInteger paid, BigInteger refunded) {
    static Fees of(Collection<RelayTask> tasks) {
        Map<FeeState, BigInteger> sums = new EnumMap<>(FeeState.class);
        tasks.forEach(task -> sums.merge(FeeState.of(task), task.order().fee(), BigInteger::add));
        return new Fees(
                sums.getOrDefault(FeeState.RESERVED, BigInteger.ZERO),
                sums.getOrDefault(FeeState.PAID, BigInteger.ZERO),
                sums.getOrDefault(FeeState.REFUNDED, BigInteger.ZERO));
    }

    /** What the creator does not have now. */
    public BigInteger spent() {
        return reserved.add(paid);
    }
}
