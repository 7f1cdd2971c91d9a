// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.evm.Payment;
import io.crynux.client.internal.evm.lane.PaymentFate;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Finds out what became of payments that no event reports, since a reverted createTask emits nothing: one look at the
 * wallet's nonce per poll, and receipts only for payments whose nonce is used. A payment counts as superseded only when none
 * of its variants has a receipt. Thread-safe.
 */
final class PaymentWatch {

    /** A payment with all its variants, which have one nonce. */
    private static final class Watched {
        private final Map<String, Payment> variants = new HashMap<>();
        /** Hash of the block in which an event reported it, or null. */
        private String minedIn;

        BigInteger nonce() {
            return variants.values().iterator().next().nonce();
        }
    }

    private final TaskChain chain;
    private final Map<String, Watched> byHash = new HashMap<>();

    PaymentWatch(TaskChain chain) {
        this.chain = chain;
    }

    /** Begins or stops to watch every variant of a payment; watching further ones adds them. */
    synchronized void watch(List<Payment> variants, boolean wanted) {
        for (Payment payment : variants) {
            if (wanted) {
                chain.occupy(payment);
                add(payment, variants);
            } else {
                byHash.remove(payment.transactionHash());
            }
        }
    }

    /** Begins to watch every variant of a payment that was refused, and leaves its nonce to the next one. */
    synchronized void watchRefused(List<Payment> variants) {
        for (Payment payment : variants) {
            chain.rememberRefused(payment);
            add(payment, variants);
        }
    }

    private void add(Payment payment, List<Payment> variants) {
        if (!byHash.containsKey(payment.transactionHash())) {
            Watched watched = sibling(variants, payment);
            watched.variants.put(payment.transactionHash(), payment);
            byHash.put(payment.transactionHash(), watched);
        }
    }

    private Watched sibling(List<Payment> variants, Payment payment) {
        return variants.stream()
                .map(variant -> byHash.get(variant.transactionHash()))
                .filter(watched -> watched != null && watched.nonce().equals(payment.nonce()))
                .findFirst()
                .orElseGet(Watched::new);
    }

    /** An event reported the payment, so that there is no need to look for it. */
    synchronized void seen(String transactionHash, BlockRef block) {
        Watched watched = byHash.get(transactionHash);
        if (watched != null) {
            watched.minedIn = block.hash();
        }
    }

    /** What was seen in these blocks does not hold any more. */
    synchronized void removed(Set<String> blockHashes) {
        for (Watched watched : byHash.values()) {
            if (blockHashes.contains(watched.minedIn)) {
                watched.minedIn = null;
            }
        }
    }

    /** Reports what it finds; a payment is reported again at every look until it is no longer watched. */
    CompletionStage<Void> check(BlockRef head, Consumer<NetworkEvent> events) {
        if (!isWatching() && !chain.hasPaymentsInFlight()) {
            return CompletableFuture.completedFuture(null);
        }
        return chain.nextNonceAt(head)
                .thenCompose(nonce -> CompletableFuture.allOf(usedBefore(nonce).stream()
                        .map(variants -> tell(variants, head, events))
                        .toArray(CompletableFuture<?>[]::new)));
    }

    /**
     * Reports payments that made tasks, and nothing else, by a block up to which the chain cannot be read: a receipt proves
     * that a payment is in a block, and no answer that it is in none.
     */
    CompletionStage<Void> lookForCreations(BlockRef head, Consumer<NetworkEvent.Created> events) {
        if (!isWatching()) {
            return CompletableFuture.completedFuture(null);
        }
        return chain.nonceAt(head)
                .thenCompose(nonce -> CompletableFuture.allOf(usedBefore(nonce).stream()
                        .map(variants -> tell(variants, head, event -> {
                            if (event instanceof NetworkEvent.Created created) {
                                events.accept(created);
                            }
                        }))
                        .toArray(CompletableFuture<?>[]::new)));
    }

    private synchronized boolean isWatching() {
        return !byHash.isEmpty();
    }

    private synchronized Collection<List<Payment>> usedBefore(BigInteger nextNonce) {
        Collection<List<Payment>> used = new ArrayList<>();
        byHash.values().stream()
                .distinct()
                .filter(watched -> watched.minedIn == null && watched.nonce().compareTo(nextNonce) < 0)
                .forEach(watched -> used.add(List.copyOf(watched.variants.values())));
        return used;
    }

    private CompletableFuture<Void> tell(List<Payment> variants, BlockRef head, Consumer<NetworkEvent> events) {
        return chain.fateOf(variants, head)
                .thenAccept(found -> events.accept(found.map(PaymentWatch::told)
                        .orElseGet(() ->
                                new NetworkEvent.Superseded(variants.get(0).transactionHash(), head))));
    }

    private static NetworkEvent told(PaymentFate fate) {
        String hash = fate.payment().transactionHash();
        if (fate.taskId() != null) {
            return new NetworkEvent.Created(hash, fate.taskId(), fate.block());
        }
        return fate.succeeded()
                ? new NetworkEvent.Mined(hash, fate.block())
                : new NetworkEvent.Reverted(hash, fate.revertReason(), fate.block());
    }
}
