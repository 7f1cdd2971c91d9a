// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Knows what gas costs. The answer is kept for a while, so that pricing costs no call per task. */
final class GasPricing {
    private static final Duration KEPT = Duration.ofSeconds(10);
    /** A base fee grows by at most an eighth per block: twice the base fee is enough for six full blocks in a row. */
    private static final BigInteger BASE_FEE_FACTOR = BigInteger.TWO;

    private final ChainRpc rpc;
    private final GasSettings settings;
    private final Clock clock;
    private GasPrice price;
    private Instant pricedAt = Instant.MIN;

    GasPricing(ChainRpc rpc, GasSettings settings, Clock clock) {
        this.rpc = rpc;
        this.settings = settings;
        this.clock = clock;
    }

    /** Not for concurrent use; the nonce lane asks for one price after the other. */
    CompletableFuture<GasPrice> current() {
        if (price != null && clock.instant().isBefore(pricedAt.plus(KEPT))) {
            return CompletableFuture.completedFuture(price);
        }
        return ask().thenApply(asked -> {
            price = asked;
            pricedAt = clock.instant();
            return asked;
        });
    }

    private CompletableFuture<GasPrice> ask() {
        return switch (settings.transactionType()) {
            case LEGACY -> legacy();
            case EIP1559 -> rpc.head().thenCompose(this::eip1559);
            case AUTO -> rpc.head().thenCompose(head -> head.baseFee() == null ? legacy() : eip1559(head));
        };
    }

    private CompletableFuture<GasPrice> legacy() {
        return rpc.gasPrice().thenApply(suggested -> new GasPrice(multiplied(suggested), null));
    }

    private CompletableFuture<GasPrice> eip1559(BlockHeader head) {
        BigInteger baseFee = head.baseFee() == null ? BigInteger.ZERO : head.baseFee();
        return rpc.maxPriorityFeePerGas().thenApply(suggested -> {
            BigInteger tip = multiplied(suggested);
            return new GasPrice(baseFee.multiply(BASE_FEE_FACTOR).add(tip), tip);
        });
    }

    private BigInteger multiplied(BigInteger suggested) {
        return new BigDecimal(suggested).multiply(settings.priceMultiplier()).toBigInteger();
    }
}
