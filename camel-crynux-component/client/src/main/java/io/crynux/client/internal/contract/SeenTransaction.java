// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.contract;

import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.evm.Payment;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * A transaction as a node reports it, whoever sent it.
 *
 * @param payment nonce, hash and signed bytes; the bytes are empty where they could not be made again of what the node tells
 * @param from who sent it, lower-case
 * @param to whom, lower-case
 * @param value wei that went along
 * @param receipt what became of it; null while it is in no block
 */
public record SeenTransaction(Payment payment, String from, String to, BigInteger value, Receipt receipt) {

    /**
     * What became of a transaction.
     *
     * @param block in which it is
     * @param succeeded whether it was not reverted
     * @param events of the contract that it caused
     * @param gasPaid in wei
     */
    public record Receipt(BlockRef block, boolean succeeded, List<ContractEvent> events, BigInteger gasPaid) {

        /** The task that it created; its creator's, where it created several. */
        public Optional<ContractEvent.Pending> created(String from) {
            List<ContractEvent.Pending> created = events.stream()
                    .filter(ContractEvent.Pending.class::isInstance)
                    .map(ContractEvent.Pending.class::cast)
                    .toList();
            return created.stream()
                    .filter(pending -> pending.creator().equals(from))
                    .findFirst()
                    .or(() -> created.stream().findFirst());
        }
    }
}
