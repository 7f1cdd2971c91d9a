// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.contract.CancelRefusal;
import io.crynux.client.internal.contract.RevertReason;
import io.crynux.client.internal.contract.TaskContract;
import io.crynux.client.internal.evm.Payment;
import io.crynux.client.internal.evm.lane.NonceLane;
import io.crynux.client.internal.evm.lane.SentPayment;
import io.crynux.client.internal.evm.rpc.ChainRpc;
import io.crynux.client.internal.evm.rpc.RpcException;
import io.crynux.client.internal.retry.RetryPolicy;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.request.Transaction;

/**
 * Cancels a task as soon as the contract lets its creator: at once while it is queued, 15 minutes after its start when it
 * runs (classic protocol, section 1). Asks by a call right before it sends, since a refused transaction costs gas too. What time
 * it is, the chain says: its clock may be minutes off the host's.
 */
final class Cancellation {
    private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);
    private static final RetryPolicy AFTER_NO_ANSWER = RetryPolicy.of(Duration.ofSeconds(5), Duration.ofSeconds(30));
    /** Until the contract is asked again at the latest, since a chain's clock can leap. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** The same at the earliest: the next block may be the one. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(500);
    /**
     * How long a block has been the newest where the contract's answer, which is as of that block, says nothing of now: some
     * chains make no empty blocks.
     */
    private static final Duration STILL = Duration.ofSeconds(5);

    private final ChainRpc rpc;
    private final NonceLane lane;
    private final String contract;
    private final String creator;
    private final ScheduledExecutorService scheduler;
    private final Consumer<BigInteger> beforeSign;
    private final Function<Payment, CompletionStage<Void>> beforeSend;
    private boolean told;
    /** Failures in a row. */
    private final AtomicInteger unanswered = new AtomicInteger();

    /**
     * @param beforeSign receives what the transaction takes out of the wallet at most, in wei, and throws to have nothing signed
     * @param beforeSend makes the transaction survive a crash; it leaves only when the stage has completed
     */
    Cancellation(
            ChainRpc rpc,
            NonceLane lane,
            String contract,
            String creator,
            ScheduledExecutorService scheduler,
            Consumer<BigInteger> beforeSign,
            Function<Payment, CompletionStage<Void>> beforeSend) {
        this.rpc = rpc;
        this.lane = lane;
        this.contract = contract;
        this.creator = creator;
        this.scheduler = scheduler;
        this.beforeSign = beforeSign;
        this.beforeSend = beforeSend;
    }

    /**
     * Completes when the transaction is sent; its outcome is an event. Fails when the contract will never let it be cancelled,
     * as when it is over. Completing it from outside ends the tries.
     */
    CompletableFuture<SentPayment> cancel(BigInteger taskId) {
        CompletableFuture<SentPayment> sent = new CompletableFuture<>();
        attempt(taskId, sent);
        return sent;
    }

    private void attempt(BigInteger taskId, CompletableFuture<SentPayment> sent) {
        if (!sent.isDone()) {
            step(call(TaskContract.cancelTask(taskId)).thenAccept(allowed -> send(taskId, sent)), taskId, sent);
        }
    }

    /** Whoever waits is informed of every failure. */
    private void step(CompletableFuture<?> step, BigInteger taskId, CompletableFuture<SentPayment> sent) {
        step.whenComplete((done, error) -> {
            if (error != null) {
                refused(taskId, sent, Futures.cause(error));
            }
        });
    }

    private CompletableFuture<String> call(String data) {
        Transaction call = Transaction.createEthCallTransaction(creator, contract, data);
        return CompletableFuture.completedFuture(null)
                .thenCompose(now -> rpc.call(call, DefaultBlockParameterName.LATEST));
    }

    private void refused(BigInteger taskId, CompletableFuture<SentPayment> sent, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("Cancelling task {} waits for the node: {}", taskId, cause.toString());
            later(AFTER_NO_ANSWER.delay(unanswered.incrementAndGet()), () -> attempt(taskId, sent), sent);
            return;
        }
        unanswered.set(0);
        String reason = cause instanceof RpcException revert
                ? RevertReason.of(revert).orElse(revert.rpcMessage())
                : cause.toString();
        if (CancelRefusal.TOO_EARLY.isReasonOf(reason)) {
            waitForDeadline(taskId, sent);
        } else {
            sent.completeExceptionally(
                    new CrynuxException("Task " + taskId + " cannot be cancelled: " + reason, cause));
        }
    }

    private void waitForDeadline(BigInteger taskId, CompletableFuture<SentPayment> sent) {
        step(
                call(TaskContract.getTask(taskId)).thenCombine(rpc.head(), (answer, head) -> {
                    waitUntil(TaskContract.deadline(answer), taskId, sent);
                    return null;
                }),
                taskId,
                sent);
    }

    private void waitUntil(Instant deadline, BigInteger taskId, CompletableFuture<SentPayment> sent) {
        if (!told) {
            told = true;
            LOG.info("Task {} may be cancelled from {} on, by the chain's clock", taskId, deadline);
        }
        Duration left = rpc.clock()
                .atLeast()
                .map(now -> Duration.between(now, deadline.plus(CancelRefusal.MARGIN)))
                .orElse(SHORTEST_WAIT);
        boolean passed = left.isNegative() && !deadline.equals(Instant.EPOCH);
        if (passed && rpc.clock().newestIsOld().compareTo(STILL) >= 0) {
            // The call saw the time of the newest block; the one that this transaction is in will have the time of
            // then.
            send(taskId, sent);
            return;
        }
        Duration wait = left.compareTo(LONGEST_WAIT) > 0
                ? LONGEST_WAIT
                : left.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : left;
        later(wait, () -> attempt(taskId, sent), sent);
    }

    private void send(BigInteger taskId, CompletableFuture<SentPayment> sent) {
        lane.pay(
                        null,
                        contract,
                        BigInteger.ZERO,
                        TaskContract.cancelTask(taskId),
                        beforeSign,
                        payment -> sent.isDone()
                                ? CompletableFuture.failedFuture(
                                        new CrynuxException("Nobody waits for the cancellation any more"))
                                : beforeSend.apply(payment))
                .whenComplete((left, error) -> {
                    if (error == null) {
                        sent.complete(left);
                    } else if (Futures.cause(error) instanceof IOException) {
                        // Nothing was signed.
                        LOG.debug("Cancelling task {} waits for the node: {}", taskId, error.toString());
                        later(AFTER_NO_ANSWER.delay(unanswered.incrementAndGet()), () -> attempt(taskId, sent), sent);
                    } else {
                        sent.completeExceptionally(error);
                    }
                });
    }

    private void later(Duration wait, Runnable step, CompletableFuture<SentPayment> sent) {
        if (!sent.isDone()) {
            scheduler.schedule(step, Math.max(0, wait.toMillis()), TimeUnit.MILLISECONDS);
        }
    }
}
