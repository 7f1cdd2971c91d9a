// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.lane;

import io.crynux.client.error.NetworkException;
import io.crynux.client.internal.evm.ChainSettings;
import io.crynux.client.internal.evm.Payment;
import io.crynux.client.internal.evm.rpc.ChainRpc;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Signs and sends the payments of one address, one after the other, so that each gets the nonce after the one before.
 * While too many are in no block, further ones wait unsigned; no thread waits with them.
 */
public final class NonceLane {

    /** Something that the lane does when its turn has come. */
    private record Job<T>(Supplier<CompletableFuture<T>> work, CompletableFuture<T> done) {
        CompletableFuture<T> run() {
            CompletableFuture<T> result;
            try {
                result = work.get();
            } catch (Throwable e) {
                // Whatever it was: a lane that is busy for ever would hold up all payments.
                result = CompletableFuture.failedFuture(e);
            }
            return result.whenComplete((value, error) -> {
                if (error == null) {
                    done.complete(value);
                } else {
                    done.completeExceptionally(error);
                }
            });
        }
    }

    private final ChainRpc rpc;
    private final String address;
    private final GasPricing pricing;
    private final PaymentSigner signer;
    private final PaymentSender sender;
    private final PaymentsInFlight inFlight;
    private final WalletFunds funds;
    private final NonceGap gap;
    private final int maxPending;
    private final BigInteger gasLimit;
    private final Executor executor;
    private final Queue<Job<?>> payments = new ArrayDeque<>();
    /** These go first: they free the lane. */
    private final Queue<Job<?>> replacements = new ArrayDeque<>();

    private boolean busy;
    private boolean closed;
    /** The next nonce as the chain reported it once; null when it must be asked. Used by one job after the other. */
    private BigInteger nextTold;

    public NonceLane(
            ChainRpc rpc,
            String address,
            GasPricing pricing,
            PaymentSigner signer,
            PaymentsInFlight inFlight,
            WalletFunds funds,
            ChainSettings settings,
            Executor executor) {
        this.rpc = rpc;
        this.address = address;
        this.pricing = pricing;
        this.signer = signer;
        this.sender = new PaymentSender(rpc, address);
        this.inFlight = inFlight;
        this.funds = funds;
        this.maxPending = settings.maxPendingTransactions();
        this.gasLimit = settings.gas().gasLimit();
        this.executor = executor;
        this.gap = new NonceGap(rpc, address, inFlight);
    }

    /**
     * Pays, when the payments before have been sent and few enough of them are in no block. The future completes when the
     * transaction may be known to the network, and fails when it is certain that it is not: with a
     * {@link PaymentRefusedException} when it left and was refused, else when it has not left.
     *
     * @param only the one nonce that it may have, since a payment for the same with that nonce was refused and might be mined
     *     all the same; null for any. While that nonce is taken, the future fails with a {@link NetworkException}
     * @param beforeSign receives what it takes out of the wallet at most, in wei, and throws to have nothing signed
     * @param beforeSend makes the payment survive a crash; the transaction leaves only when its stage has completed
     */
    public CompletableFuture<SentPayment> pay(
            BigInteger only,
            String to,
            BigInteger value,
            String data,
            Consumer<BigInteger> beforeSign,
            Function<Payment, CompletionStage<Void>> beforeSend) {
        return enqueue(
                payments,
                () -> pay(() -> only == null ? nextNonce() : onlyNonce(only), to, value, data, beforeSign, beforeSend));
    }

    private CompletableFuture<SentPayment> pay(
            Supplier<CompletableFuture<BigInteger>> free,
            String to,
            BigInteger value,
            String data,
            Consumer<BigInteger> beforeSign,
            Function<Payment, CompletionStage<Void>> beforeSend) {
        return pricing.current().thenCompose(price -> {
            BigInteger mostForGas = gasLimit.multiply(price.maxFee());
            return funds.require(value, mostForGas)
                    .thenCompose(affordable -> {
                        beforeSign.accept(value.add(mostForGas));
                        return free.get();
                    })
                    .thenCompose(nonce -> signer.sign(new PaymentContent(nonce, price, gasLimit, to, value, data)))
                    .thenCompose(payment -> journaled(payment, beforeSend))
                    .thenCompose(this::send);
        });
    }

    /**
     * Closes a gap below the payments in flight; see {@link NonceGap}. The future completes like that of {@link #pay}, and is
     * empty where there is nothing to close.
     */
    public CompletableFuture<Optional<SentPayment>> fillGap(
            Consumer<BigInteger> beforeSign, Function<Payment, CompletionStage<Void>> beforeSend) {
        return enqueue(replacements, () -> gap.find()
                .thenCompose(missing -> missing.isEmpty()
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : pay(
                                        () -> CompletableFuture.completedFuture(missing.get()),
                                        address,
                                        BigInteger.ZERO,
                                        "0x",
                                        beforeSign,
                                        beforeSend)
                                .thenApply(Optional::of)));
    }

    /**
     * Sends another variant of a payment, with the same nonce and a higher price. The future's value is false when none is
     * made: it is not the payment's turn, since one with a lower nonce is in no block either, or the price would be above
     * the limit. Where it waits for a nonce that nobody has, see {@link #fillGap}.
     *
     * @param variants every variant of the payment so far
     * @param beforeSign receives what the new one takes out of the wallet at most, in wei, and throws to have nothing signed
     */
    public CompletableFuture<Boolean> replace(
            List<Payment> variants,
            Consumer<BigInteger> beforeSign,
            Function<Payment, CompletionStage<Void>> beforeSend) {
        PaymentContent dearest = variants.stream()
                .map(PaymentContent::of)
                .max(Comparator.comparing(content -> content.price().maxFee()))
                .orElseThrow();
        return enqueue(replacements, () -> {
            BigInteger turn = inFlight.nextOnChain();
            if (turn != null && !turn.equals(dearest.nonce())) {
                return CompletableFuture.completedFuture(false);
            }
            return pricing.replacementOf(dearest.price())
                    .thenCompose(price -> price.isEmpty()
                            ? CompletableFuture.completedFuture(false)
                            : replace(dearest, dearest.at(price.get()), beforeSign, beforeSend));
        });
    }

    private CompletableFuture<Boolean> replace(
            PaymentContent before,
            PaymentContent after,
            Consumer<BigInteger> beforeSign,
            Function<Payment, CompletionStage<Void>> beforeSend) {
        return funds.require(BigInteger.ZERO, after.mostCost().subtract(before.mostCost()))
                .thenCompose(affordable -> {
                    beforeSign.accept(after.mostCost());
                    return signer.sign(after);
                })
                .thenCompose(payment -> journaled(payment, beforeSend))
                .thenCompose(payment -> {
                    inFlight.add(payment);
                    // Refused or not: one of the variants settles the nonce, and all are watched.
                    return rpc.send(payment.rawTransaction()).handle((answer, error) -> true);
                });
    }

    /** A payment that was signed before, perhaps by a process that ended, occupies its nonce. */
    public void occupy(Payment payment) {
        inFlight.add(payment);
    }

    /** A payment was refused, perhaps to an earlier process: it occupies nothing, and another one may take its nonce. */
    public void rememberRefused(Payment payment) {
        sender.rememberRefused(payment.transactionHash());
    }

    /** Blocks have come; payments that waited for them go on. */
    public void onNextNonce(BigInteger nextOnChain) {
        inFlight.onNextNonce(nextOnChain);
        next();
    }

    /** Whether blocks must be looked at for what the lane has sent. */
    public boolean hasInFlight() {
        return inFlight.count() > 0;
    }

    /** What waits in the lane fails; nothing more is signed. */
    public void close() {
        List<Job<?>> waiting;
        synchronized (this) {
            closed = true;
            waiting = new ArrayList<>(payments);
            waiting.addAll(replacements);
            payments.clear();
            replacements.clear();
        }
        waiting.forEach(job -> job.done().completeExceptionally(closing()));
    }

    private static CancellationException closing() {
        return new CancellationException("the client was closed");
    }

    private <T> CompletableFuture<T> enqueue(Queue<Job<?>> queue, Supplier<CompletableFuture<T>> work) {
        Job<T> job = new Job<>(work, new CompletableFuture<>());
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(closing());
            }
            queue.add(job);
        }
        next();
        return job.done();
    }

    private void next() {
        Job<?> job;
        synchronized (this) {
            if (busy) {
                return;
            }
            job = replacements.poll();
            if (job == null && inFlight.count() < maxPending) {
                job = payments.poll();
            }
            if (job == null) {
                return;
            }
            busy = true;
        }
        // On the executor, so that a row of jobs that end at once does not grow the stack.
        job.run()
                .whenCompleteAsync(
                        (value, error) -> {
                            synchronized (this) {
                                busy = false;
                            }
                            next();
                        },
                        executor);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private CompletableFuture<BigInteger> nextNonce() {
        if (nextTold != null && inFlight.missing() == null) {
            return CompletableFuture.completedFuture(inFlight.freeFrom(nextTold));
        }
        return rpc.pendingNonce(address).thenApply(pending -> {
            nextTold = pending;
            return inFlight.freeFrom(pending);
        });
    }

    /** Whatever the pool counts with that nonce: it may be the payment that was refused. */
    private CompletableFuture<BigInteger> onlyNonce(BigInteger only) {
        return inFlight.isFree(only)
                ? CompletableFuture.completedFuture(only)
                : CompletableFuture.failedFuture(new NetworkException("A payment for the task with nonce " + only
                        + " was refused before, and another payment has that nonce now. Until that one is in a block for"
                        + " good, nothing else is signed for the task, so that it cannot be paid twice"));
    }

    private CompletionStage<Payment> journaled(Payment payment, Function<Payment, CompletionStage<Void>> beforeSend) {
        if (isClosed()) {
            return CompletableFuture.failedFuture(closing());
        }
        return beforeSend.apply(payment).thenApply(written -> payment);
    }

    private CompletableFuture<SentPayment> send(Payment payment) {
        // From here on the nonce counts as used, unless it is proven that the network does not have the payment.
        inFlight.add(payment);
        return sender.send(payment)
                .thenApply(objection -> {
                    if (objection != null) {
                        inFlight.objected(payment.nonce(), objection);
                        // It may be about nonce, balance or price: somebody else may use the wallet.
                        nextTold = null;
                        funds.forget();
                        pricing.forget();
                    }
                    return new SentPayment(payment, objection);
                })
                .whenComplete((sent, error) -> {
                    if (error != null) {
                        // The next payment takes this nonce, so that never both can be mined.
                        inFlight.remove(payment.nonce());
                        pricing.forget();
                        funds.forget();
                    }
                });
    }
}
