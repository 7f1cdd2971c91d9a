// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.evm.Payment;
import io.crynux.client.journal.ProtocolData;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The chain's part of a task's record. Immutable.
 *
 * @param payments every payment that was signed for the attempt: the newest last, or the mined one once it is known
 * @param createdIn block of the payment, from {@link TaskState#CREATED} on, else null
 * @param resultNode node whose result was accepted, from {@link TaskState#SUCCEEDED} on, else null
 * @param resultHash hash of the result that the nodes agreed on, from {@link TaskState#SUCCEEDED} on, else null
 * @param head newest block that was known at the first signature, else null
 * @param cancellations cancelTask transactions that an earlier version kept here
 */
record ChainData(
        List<Payment> payments,
        BlockRef createdIn,
        String resultNode,
        String resultHash,
        BigInteger head,
        List<Payment> cancellations) {

    ChainData {
        payments = List.copyOf(payments);
        cancellations = List.copyOf(cancellations);
    }

    static ChainData of(ProtocolData data) {
        return new ChainData(
                ChainTexts.payments(data.get("payments")),
                ChainTexts.block(data.get("createdIn")),
                data.get("resultNode"),
                data.get("resultHash"),
                ChainTexts.number(data.get("head")),
                ChainTexts.payments(data.get("cancellations")));
    }

    /** As the record has it. */
    ProtocolData data() {
        return ProtocolData.EMPTY
                .with("payments", ChainTexts.of(payments))
                .with("createdIn", ChainTexts.of(createdIn))
                .with("resultNode", resultNode)
                .with("resultHash", resultHash)
                .with("head", ChainTexts.of(head))
                .with("cancellations", ChainTexts.of(cancellations));
    }

    /** Another payment was signed. */
    ChainData signed(Payment payment) {
        List<Payment> all = new ArrayList<>(payments);
        all.add(payment);
        return withPayments(all);
    }

    /** The variant with that hash was mined. */
    ChainData mined(String transactionHash) {
        List<Payment> all = new ArrayList<>(payments);
        payments.stream()
                .filter(payment -> payment.transactionHash().equals(transactionHash))
                .findFirst()
                .ifPresent(payment -> {
                    all.remove(payment);
                    all.add(payment);
                });
        return withPayments(all);
    }

    private ChainData withPayments(List<Payment> all) {
        return new ChainData(all, createdIn, resultNode, resultHash, head, cancellations);
    }

    /** @param block null when there is none any more */
    ChainData createdIn(BlockRef block) {
        return new ChainData(payments, block, resultNode, resultHash, head, cancellations);
    }

    /** @param node null when there is no result any more, as with the hash */
    ChainData result(String node, String hash) {
        return new ChainData(payments, createdIn, node, hash, head, cancellations);
    }

    ChainData signedAfter(BigInteger newest) {
        return new ChainData(payments, createdIn, resultNode, resultHash, newest, cancellations);
    }

    /** What is needed of it when nothing can change any more. */
    ChainData settled() {
        return new ChainData(
                payments.stream().map(Payment::withoutBytes).toList(),
                createdIn,
                resultNode,
                resultHash,
                head,
                List.of());
    }
}
