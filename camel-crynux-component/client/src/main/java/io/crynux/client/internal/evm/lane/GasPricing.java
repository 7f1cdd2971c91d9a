// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.lane;

import io.crynux.client.error.BudgetExceededException;
import io.crynux.client.internal.evm.rpc.BlockHeader;
import io.crynux.client.internal.evm.rpc.ChainRpc;
import io.crynux.client.settings.GasSettings;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.web3j.utils.Convert;

/** Knows what gas costs. The answer is kept for a while, so that pricing costs no call per task. */
public final class GasPricing {
    private static final Duration KEPT = Duration.ofSeconds(10);
    /** A base fee grows by at most an eighth per block: twice the base fee is enough for six full blocks in a row. */
    private static final BigInteger BASE_FEE_FACTOR = BigInteger.TWO;
    /** Where no limit is set, a replacement offers at most so many times what the chain asks: no bid against oneself. */
    private static final BigInteger REPLACEMENT_FACTOR = BigInteger.valueOf(4);

    /**
     * What the chain asks.
     *
     * @param offer what a payment should offer
     * @param least with less it is not mined now
     */
    private record Quote(GasPrice offer, BigInteger least) {}

    private final ChainRpc rpc;
    private final GasSettings settings;
    private final Clock clock;
    private Quote quote;
    private Instant quotedAt = Instant.MIN;

    public GasPricing(ChainRpc rpc, GasSettings settings, Clock clock) {
        this.rpc = rpc;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What a new payment offers. Fails with a {@link BudgetExceededException} when the chain asks for more than
     * maxGasPrice. Not for concurrent use; the nonce lane asks for one price after the other.
     */
    public CompletableFuture<GasPrice> current() {
        if (quote != null && clock.instant().isBefore(quotedAt.plus(KEPT))) {
            return CompletableFuture.completedFuture(quote).thenApply(this::guarded);
        }
        return ask().thenApply(this::guarded);
    }

    /** The next price comes from the chain: the one before was refused. */
    void forget() {
        quote = null;
    }

    /**
     * What a replacement of a payment offers: an eighth more than the payment in every field, and what the chain asks now
     * where that is more. Empty when it would be above maxGasPrice, or far above what the chain asks.
     */
    CompletableFuture<Optional<GasPrice>> replacementOf(GasPrice payment) {
        GasPrice least = payment.raised();
        return ask().thenApply(asked -> {
            BigInteger limit = settings.maxGasPrice() != null
                    ? settings.maxGasPrice()
                    : asked.offer().maxFee().multiply(REPLACEMENT_FACTOR);
            if (least.maxFee().compareTo(limit) > 0) {
                return Optional.empty();
            }
            return Optional.of(
                    least.isLegacy() == asked.offer().isLegacy() ? least.atLeast(asked.offer(), limit) : least);
        });
    }

    private GasPrice guarded(Quote asked) {
        BigInteger limit = settings.maxGasPrice();
        GasPrice offer = asked.offer();
        if (limit == null || offer.maxFee().compareTo(limit) <= 0) {
            return offer;
        }
        if (asked.least().compareTo(limit) > 0) {
            throw new BudgetExceededException("Gas costs " + gwei(asked.least()) + " gwei now, and maxGasPrice allows "
                    + gwei(limit) + " gwei. Nothing was signed; try again when gas is cheaper, or raise maxGasPrice");
        }
        return new GasPrice(limit, offer.isLegacy() ? null : offer.maxPriorityFee());
    }

    private static String gwei(BigInteger wei) {
        return Convert.fromWei(wei.toString(), Convert.Unit.GWEI)
                .stripTrailingZeros()
                .toPlainString();
    }

    private CompletableFuture<Quote> ask() {
        CompletableFuture<Quote> asked =
                switch (settings.transactionType()) {
                    case LEGACY -> legacy();
                    case EIP1559 -> rpc.head().thenCompose(this::eip1559);
                    case AUTO -> rpc.head().thenCompose(head -> head.baseFee() == null ? legacy() : eip1559(head));
                };
        return asked.thenApply(answer -> {
            quote = answer;
            quotedAt = clock.instant();
            return answer;
        });
    }

    private CompletableFuture<Quote> legacy() {
        return rpc.gasPrice().thenApply(suggested -> new Quote(new GasPrice(multiplied(suggested), null), suggested));
    }

    private CompletableFuture<Quote> eip1559(BlockHeader head) {
        BigInteger baseFee = head.baseFee() == null ? BigInteger.ZERO : head.baseFee();
        return rpc.maxPriorityFeePerGas(baseFee).thenApply(suggested -> {
            BigInteger tip = multiplied(suggested);
            return new Quote(new GasPrice(baseFee.multiply(BASE_FEE_FACTOR).add(tip), tip), baseFee.add(tip));
        });
    }

    private BigInteger multiplied(BigInteger suggested) {
        return new BigDecimal(suggested).multiply(settings.priceMultiplier()).toBigInteger();
    }
}
