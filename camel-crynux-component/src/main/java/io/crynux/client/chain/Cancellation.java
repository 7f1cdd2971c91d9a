// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.journal.Payment;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.request.Transaction;

/**
 * Cancels a task as soon as the contract lets its creator: at once while it is queued, 15 minutes after its start when it
 * runs (classic protocol, section 1). Asks by a call first, since a refused transaction costs gas too.
 */
final class Cancellation {
    private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);
    private static final String TOO_EARLY = "Task has not exceeded the deadline yet";
    private static final Duration AFTER_NO_ANSWER = Duration.ofSeconds(5);
    /** Blocks are stamped in whole seconds; the deadline must have passed in the block that has the transaction. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final ChainRpc rpc;
    private final NonceLane lane;
    private final String contract;
    private final String creator;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private final Consumer<BigInteger> beforeSign;
    private final Function<Payment, CompletionStage<Void>> beforeSend;

    /**
     * @param beforeSign is told what the transaction takes out of the wallet at most, in wei, and throws to have nothing signed
     * @param beforeSend makes the transaction survive a crash; it leaves only when the stage has completed
     */
    Cancellation(
            ChainRpc rpc,
            NonceLane lane,
            String contract,
            String creator,
            Clock clock,
            ScheduledExecutorService scheduler,
            Consumer<BigInteger> beforeSign,
            Function<Payment, CompletionStage<Void>> beforeSend) {
        this.rpc = rpc;
        this.lane = lane;
        this.contract = contract;
        this.creator = creator;
        this.clock = clock;
        this.scheduler = scheduler;
        this.beforeSign = beforeSign;
        this.beforeSend = beforeSend;
    }

    /**
     * Completes when the transaction is sent; its outcome is an event. Fails when the contract will never let it be cancelled,
     * as when it is over. Completing it from outside ends the tries.
     */
    CompletableFuture<Payment> cancel(BigInteger taskId) {
        CompletableFuture<Payment> sent = new CompletableFuture<>();
        attempt(taskId, sent);
        return sent;
    }

    private void attempt(BigInteger taskId, CompletableFuture<Payment> sent) {
        if (sent.isDone()) {
            return;
        }
        Transaction call = Transaction.createEthCallTransaction(creator, contract, TaskContract.cancelTask(taskId));
        rpc.call(call, DefaultBlockParameterName.LATEST).whenComplete((answer, error) -> {
            if (error == null) {
                send(taskId, sent);
            } else {
                refused(taskId, sent, error);
            }
        });
    }

    private void refused(BigInteger taskId, CompletableFuture<Payment> sent, Throwable error) {
        Throwable cause = cause(error);
        if (cause instanceof IOException) {
            LOG.debug("Cancelling task {} waits for the node: {}", taskId, cause.toString());
            later(AFTER_NO_ANSWER, () -> attempt(taskId, sent), sent);
            return;
        }
        String reason = cause instanceof RpcException revert
                ? RevertReason.of(revert).orElse(revert.rpcMessage())
                : cause.toString();
        if (reason.contains(TOO_EARLY)) {
            waitForDeadline(taskId, sent);
        } else {
            sent.completeExceptionally(
                    new CrynuxException("Task " + taskId + " cannot be cancelled: " + reason, cause));
        }
    }

    /** By the contract's own clock: a call sees the time of the last block, which can be long ago. */
    private void waitForDeadline(BigInteger taskId, CompletableFuture<Payment> sent) {
        Transaction call = Transaction.createEthCallTransaction(creator, contract, TaskContract.getTask(taskId));
        rpc.call(call, DefaultBlockParameterName.LATEST).whenComplete((answer, error) -> {
            if (error != null) {
                refused(taskId, sent, error);
                return;
            }
            Instant deadline = TaskContract.deadline(answer).plus(MARGIN);
            Duration wait = Duration.between(clock.instant(), deadline);
            LOG.info("Task {} may be cancelled from {} on", taskId, deadline);
            later(wait, () -> send(taskId, sent), sent);
        });
    }

    private void send(BigInteger taskId, CompletableFuture<Payment> sent) {
        lane.pay(
                        contract,
                        BigInteger.ZERO,
                        TaskContract.cancelTask(taskId),
                        beforeSign,
                        payment -> sent.isDone()
                                ? CompletableFuture.failedFuture(new CrynuxException("Nobody waits any more"))
                                : beforeSend.apply(payment))
                .whenComplete((payment, error) -> {
                    if (error == null) {
                        sent.complete(payment);
                    } else if (cause(error) instanceof IOException) {
                        // Nothing was signed.
                        LOG.debug("Cancelling task {} waits for the node: {}", taskId, error.toString());
                        later(AFTER_NO_ANSWER, () -> attempt(taskId, sent), sent);
                    } else {
                        sent.completeExceptionally(error);
                    }
                });
    }

    private static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    private void later(Duration wait, Runnable step, CompletableFuture<Payment> sent) {
        if (!sent.isDone()) {
            scheduler.schedule(step, Math.max(0, wait.toMillis()), TimeUnit.MILLISECONDS);
        }
    }
}
