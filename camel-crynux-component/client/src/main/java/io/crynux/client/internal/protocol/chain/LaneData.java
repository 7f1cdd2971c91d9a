// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.evm.Payment;
import io.crynux.client.journal.ProtocolData;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The chain's part of the record of a transaction that pays for no task. Immutable.
 *
 * @param taskId id of the task that it is about, or null
 * @param variants every variant that was signed, the newest last
 * @param head newest block that was known at the first signature, else null
 */
record LaneData(BigInteger taskId, List<Payment> variants, BigInteger head) {

    LaneData {
        variants = List.copyOf(variants);
    }

    static LaneData of(ProtocolData data) {
        return new LaneData(
                ChainTexts.number(data.get("taskId")),
                ChainTexts.payments(data.get("variants")),
                ChainTexts.number(data.get("head")));
    }

    /** As the record has it. */
    ProtocolData data() {
        return ProtocolData.EMPTY
                .with("taskId", ChainTexts.of(taskId))
                .with("variants", ChainTexts.of(variants))
                .with("head", ChainTexts.of(head));
    }

    /** @param newest block, which counts for the first variant only */
    LaneData signed(Payment variant, BigInteger newest) {
        List<Payment> all = new ArrayList<>(variants);
        all.add(variant);
        return new LaneData(taskId, all, head == null ? newest : head);
    }

    /** What is needed of it when nothing can change any more. */
    LaneData settled() {
        return new LaneData(taskId, List.of(), head);
    }
}
