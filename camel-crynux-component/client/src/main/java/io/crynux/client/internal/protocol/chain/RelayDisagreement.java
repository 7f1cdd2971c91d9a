// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.OtherTaskException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.retry.RetriedCall;
import io.crynux.client.internal.retry.RetryPolicy;
import io.crynux.client.internal.retry.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transfer that is tried again while the Relay knows another task under the id and a reorganisation can be the reason: who sees
 * one later than the Relay, or earlier, differs with it about whose task has the id. One for each transfer.
 *
 * @param <T> what is transferred
 */
final class RelayDisagreement<T> implements RetriedCall<T> {
    private static final Logger LOG = LoggerFactory.getLogger(RelayDisagreement.class);
    private static final RetryPolicy AGAIN = RetryPolicy.of(Duration.ofMillis(500), Duration.ofSeconds(30));
    /** They take about 10 s, which is longer than a Relay is behind, however soon blocks are final. */
    private static final int LEAST_TRIES = 5;

    private final ChainProtocol protocol;
    private final ChainRecord record;
    private final Supplier<CompletableFuture<T>> transfer;
    private final Runnable awaitFinality;
    private final Consumer<T> discard;
    private int refusals;

    /**
     * @param transfer tries once
     * @param awaitFinality has it found out which blocks are final
     * @param discard releases what nobody takes
     */
    RelayDisagreement(
            ChainProtocol protocol,
            ChainRecord record,
            Supplier<CompletableFuture<T>> transfer,
            Runnable awaitFinality,
            Consumer<T> discard) {
        this.protocol = protocol;
        this.record = record;
        this.transfer = transfer;
        this.awaitFinality = awaitFinality;
        this.discard = discard;
    }

    @Override
    public Logger log() {
        return LOG;
    }

    @Override
    public String what() {
        return "a transfer of " + ChainFailures.name(record);
    }

    /** Ends on the loop, where it is known which blocks are final. */
    @Override
    public CompletableFuture<T> attempt() {
        CompletableFuture<T> running = transfer.get();
        CompletableFuture<T> known = new CompletableFuture<>();
        known.whenComplete((done, error) -> running.cancel(false));
        running.whenComplete((done, error) -> protocol.loop.execute(() -> {
            if (known.isDone() && done != null) {
                discard.accept(done);
            }
            Futures.complete(known, done, error);
        }));
        return known;
    }

    @Override
    public Verdict<T> judge(T done, Throwable error) {
        if (error == null) {
            return new Verdict.Done<>(done);
        }
        boolean mayPass = otherTask(error).isPresent()
                && record.createdIn() != null
                && (refusals < LEAST_TRIES || !protocol.isCreationFinal(record));
        refusals++;
        return mayPass ? Verdict.again(AGAIN, error) : new Verdict.Failed<>(error);
    }

    @Override
    public void onRetry(Duration delay) {
        awaitFinality.run();
    }

    @Override
    public void discard(T late) {
        discard.accept(late);
    }

    /** Whether the Relay says that it has the parameters of the task, and does not show them. */
    static boolean isUnproven(Throwable error) {
        return otherTask(error).filter(other -> !other.isProven()).isPresent();
    }

    private static Optional<OtherTaskException> otherTask(Throwable error) {
        return error != null && Futures.cause(error) instanceof OtherTaskException other
                ? Optional.of(other)
                : Optional.empty();
    }
}
