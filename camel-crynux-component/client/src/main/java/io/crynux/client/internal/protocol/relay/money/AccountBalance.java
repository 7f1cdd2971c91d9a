// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.money;

import io.crynux.client.internal.protocol.relay.api.Answer;
import io.crynux.client.internal.protocol.relay.api.RelayApi;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * The balance of the wallet's Relay account, read at most every 30 seconds as long as it is enough. The Relay's balance can be off
 * after its restart, so it decides messages and delays, never what became of a fee. Thread-safe.
 */
public final class AccountBalance {
    /** One task in a hundred is sampled, which charges two more fees. */
    public static final BigInteger FEES_PER_REQUEST = BigInteger.valueOf(3);

    private static final long KEPT_NANOS = Duration.ofSeconds(30).toNanos();

    private final RelayApi api;
    private final LongSupplier nanoTime;
    private BigInteger known;
    private long readAt;
    private CompletableFuture<Answer<BigInteger>> reading;

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime} */
    public AccountBalance(RelayApi api, LongSupplier nanoTime) {
        this.api = api;
        this.nanoTime = nanoTime;
    }

    /** Reads the balance, in wei; concurrent calls share one request. */
    public CompletableFuture<Answer<BigInteger>> read() {
        CompletableFuture<Answer<BigInteger>> mine = new CompletableFuture<>();
        synchronized (this) {
            if (reading != null) {
                return reading;
            }
            reading = mine;
        }
        api.balance().whenComplete((answer, error) -> {
            synchronized (this) {
                reading = null;
                if (error == null && answer.value().isPresent()) {
                    known = answer.value().get();
                    readAt = nanoTime.getAsLong();
                }
            }
            if (error == null) {
                mine.complete(answer);
            } else {
                mine.completeExceptionally(error);
            }
        });
        return mine;
    }

    /**
     * Whether the balance is enough for a request: three fees. If so, its first fee counts as spent until the balance is read again.
     * Without an answer of the Relay, the refusal.
     */
    public CompletableFuture<Answer<Boolean>> isEnoughFor(BigInteger feeWei) {
        if (takeKnown(feeWei)) {
            return CompletableFuture.completedFuture(new Answer.Done<>(true));
        }
        return read().thenApply(answer -> answer.value().isPresent()
                ? new Answer.Done<>(takeKnown(feeWei))
                : new Answer.Refused<>(answer.refusal().orElseThrow()));
    }

    private synchronized boolean takeKnown(BigInteger feeWei) {
        boolean enough = known != null
                && nanoTime.getAsLong() - readAt < KEPT_NANOS
                && known.compareTo(feeWei.multiply(FEES_PER_REQUEST)) >= 0;
        if (enough) {
            known = known.subtract(feeWei);
        }
        return enough;
    }
}
