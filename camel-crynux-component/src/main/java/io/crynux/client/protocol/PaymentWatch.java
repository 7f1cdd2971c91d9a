// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.protocol;

import io.crynux.client.chain.PaymentFate;
import io.crynux.client.chain.TaskChain;
import io.crynux.client.engine.NetworkEvent;
import io.crynux.client.journal.Payment;
import io.crynux.client.task.BlockRef;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Finds out what became of payments that no event tells of, since a reverted createTask emits nothing: one look at the
 * wallet's nonce per poll, and a receipt only for payments whose nonce is used.
 */
final class PaymentWatch {
    private final TaskChain chain;
    private final Map<String, Payment> watched = new ConcurrentHashMap<>();

    PaymentWatch(TaskChain chain) {
        this.chain = chain;
    }

    void watch(Payment payment, boolean wanted) {
        if (wanted) {
            watched.put(payment.transactionHash(), payment);
        } else {
            watched.remove(payment.transactionHash());
        }
    }

    /** Tells what it finds; a payment is told of again at every look until it is no longer watched. */
    CompletionStage<Void> check(BlockRef head, Consumer<NetworkEvent> events) {
        if (watched.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        List<Payment> now = List.copyOf(watched.values());
        return chain.nonceAt(head.number()).thenCompose(nonce -> {
            CompletableFuture<?>[] found = now.stream()
                    .filter(payment -> payment.nonce().compareTo(nonce) < 0)
                    .map(payment -> tell(payment, head, events))
                    .toArray(CompletableFuture<?>[]::new);
            return CompletableFuture.allOf(found);
        });
    }

    private CompletableFuture<Void> tell(Payment payment, BlockRef head, Consumer<NetworkEvent> events) {
        String hash = payment.transactionHash();
        return chain.fateOf(hash).thenAccept(fate -> {
            if (fate.equals(PaymentFate.NOT_MINED)) {
                events.accept(new NetworkEvent.Superseded(hash, head));
            } else if (fate.taskId() != null) {
                events.accept(new NetworkEvent.Created(hash, fate.taskId(), fate.block()));
            } else {
                events.accept(new NetworkEvent.Reverted(hash, fate.revertReason(), fate.block()));
            }
        });
    }
}
