// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;

/**
 * What a request has cost, over all of its tasks.
 *
 * @param chargedWei sum of the fees that were charged, as far as known
 * @param refundedWei what of it came back
 * @param open whether something can still change
 * @param unknown whether the Relay does not tell of a task any more; the amounts are without it
 */
public record Money(BigInteger chargedWei, BigInteger refundedWei, boolean open, boolean unknown) {

    static Money of(Collection<Member> members, BigInteger feeWei) {
        List<Charge> charges = members.stream().map(Charge::of).toList();
        long refunded = charges.stream().filter(Charge.REFUNDED::equals).count();
        long charged = refunded
                + charges.stream()
                        .filter(charge -> charge == Charge.PAID || charge == Charge.OPEN)
                        .count();
        return new Money(
                feeWei.multiply(BigInteger.valueOf(charged)),
                feeWei.multiply(BigInteger.valueOf(refunded)),
                charges.contains(Charge.OPEN),
                charges.contains(Charge.UNKNOWN));
    }

    /** What was paid for good, or is still out. */
    public BigInteger spentWei() {
        return chargedWei.subtract(refundedWei);
    }
}
