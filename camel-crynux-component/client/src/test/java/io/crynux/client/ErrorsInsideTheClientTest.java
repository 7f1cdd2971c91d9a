// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.SignerException;
import io.crynux.client.observe.ClientObserver;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.wallet.Signer;
import io.crynux.client.wallet.Wallets;
import io.crynux.testing.Sabotage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is thrown inside the client, by its own code or by what is plugged into it, ends the task concerned with the truth about
 * its money; the others go on.
 */
@Timeout(90)
class ErrorsInsideTheClientTest extends ChainTestSupport {
    @BeforeEach
    void startNetwork() {
        start(quick());
    }

    static Stream<Supplier<Throwable>> errors() {
        return Stream.of(
                () -> new NoSuchMethodError("io.library.Thing.gone()"),
                () -> new OutOfMemoryError("Java heap space"),
                StackOverflowError::new);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException thrown(Throwable error) throws E {
        throw (E) error;
    }

    private CompletableFuture<TaskResult> ask(CrynuxClient client) {
        return client.submit(question("30").build());
    }

    private static void answered(CompletableFuture<TaskResult> result) throws Exception {
        assertThat(get(result).state()).isEqualTo(TaskState.DONE);
    }

    @Test
    void anObserverThatThrowsAtEachCallChangesNothing() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        ClientObserver observer = Sabotage.of(ClientObserver.class, ClientObserver.NONE, (method, arguments, call) -> {
            calls.incrementAndGet();
            throw new StackOverflowError();
        });
        CrynuxClient client = open(builder().observer(observer));

        List<CompletableFuture<TaskResult>> results = List.of(ask(client), ask(client), ask(client));

        for (CompletableFuture<TaskResult> result : results) {
            answered(result);
        }
        assertThat(calls.get()).isPositive();
        assertThat(minedTransactions()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void whatASignerThrowsEndsThatTaskUnpaid(Supplier<Throwable> error) throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        CrynuxClient client = open(builder().signer(signer(() -> broken.getAndSet(false), error)));
        answered(ask(client));

        broken.set(true);
        Throwable failure = failure(ask(client));

        assertThat(failure).isInstanceOf(SignerException.class).hasMessageContaining("Nothing was sent");
        answered(ask(client));
        assertThat(minedTransactions()).isEqualTo(2);
    }

    @Test
    void aSignerThatThrowsAfterThePaymentIsAskedAgain() throws Exception {
        AtomicInteger signatures = new AtomicInteger();
        CrynuxClient client =
                open(builder().signer(signer(() -> signatures.incrementAndGet() == 2, StackOverflowError::new)));

        answered(ask(client));
        assertThat(minedTransactions()).isEqualTo(1);
    }

    private Signer signer(Supplier<Boolean> isBroken, Supplier<Throwable> error) {
        Signer wallet = Wallets.ofPrivateKey(devnet.account(1).privateKey());
        return Sabotage.of(Signer.class, wallet, (method, arguments, call) -> {
            if (method.equals("sign") && isBroken.get()) {
                throw error.get();
            }
            return call.call();
        });
    }

    static Stream<Supplier<Throwable>> refusals() {
        return Stream.of(
                () -> new RejectedExecutionException("full"),
                () -> new OutOfMemoryError("unable to create native thread"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void anExecutorThatTakesNothingHoldsNothingUp(Supplier<Throwable> refusal) throws Exception {
        CrynuxClient client = open(builder().executor(step -> {
            throw thrown(refusal.get());
        }));

        List<CompletableFuture<TaskResult>> results = List.of(ask(client), ask(client));

        for (CompletableFuture<TaskResult> result : results) {
            answered(result);
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void anExecutorThatTakesOnlySomeHoldsNothingUp(Supplier<Throwable> refusal) throws Exception {
        ScheduledExecutorService threads = new ScheduledThreadPoolExecutor(2);
        closedLater((AutoCloseable) threads::shutdownNow);
        AtomicInteger steps = new AtomicInteger();
        CrynuxClient client = open(builder().executor(step -> {
            if (steps.incrementAndGet() % 3 == 0) {
                throw thrown(refusal.get());
            }
            threads.execute(step);
        }));

        List<CompletableFuture<TaskResult>> results = List.of(ask(client), ask(client), ask(client));

        for (CompletableFuture<TaskResult> result : results) {
            answered(result);
        }
        assertThat(minedTransactions()).isEqualTo(3);
    }
}
