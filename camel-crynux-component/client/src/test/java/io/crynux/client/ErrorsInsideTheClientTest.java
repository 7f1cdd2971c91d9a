// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.JournalException;
import io.crynux.client.error.SignerException;
import io.crynux.client.journal.InMemoryTaskJournal;
import io.crynux.client.journal.JournalOwner;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.journal.JournalScope;
import io.crynux.client.journal.JournalSession;
import io.crynux.client.journal.SlotTakenException;
import io.crynux.client.journal.StaleOwnerException;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.observe.ClientObserver;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.EngineSettings.BudgetSettings;
import io.crynux.client.settings.EngineSettings.Finality;
import io.crynux.client.settings.EngineSettings.Limits;
import io.crynux.client.settings.EngineSettings.PaymentSettings;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.wallet.Signer;
import io.crynux.client.wallet.Wallets;
import io.crynux.testing.LoggedMessages;
import io.crynux.testing.Sabotage;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is thrown inside the client, by its own code or by what is plugged into it, ends the task concerned with the truth about
 * its money; the others go on.
 */
@Timeout(90)
class ErrorsInsideTheClientTest extends ChainTestSupport {
    private static final int RESEND_MILLIS = 31_313;
    private static final int DOWNLOAD_MILLIS = 1_717;

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

    @ParameterizedTest
    @MethodSource("errors")
    void anObserverThatThrowsAtEachCallChangesNothing(Supplier<Throwable> error) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        ClientObserver observer = Sabotage.of(ClientObserver.class, ClientObserver.NONE, (method, arguments, call) -> {
            calls.incrementAndGet();
            throw error.get();
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

    /** A timer that fails is as good as any step that fails there. */
    private CrynuxClient clientWhoseTimerFailsOnceAt(Duration delay, Throwable error) {
        ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(1);
        closedLater((AutoCloseable) timer::shutdownNow);
        AtomicBoolean broken = new AtomicBoolean(true);
        return open(builder()
                .engine(new EngineSettings(
                        Finality.ofBlocks(2),
                        new PaymentSettings(Duration.ofMillis(RESEND_MILLIS), Duration.ZERO, Duration.ZERO),
                        Duration.ofMillis(DOWNLOAD_MILLIS),
                        Duration.ofDays(1),
                        Limits.DEFAULT,
                        BudgetSettings.UNLIMITED))
                .scheduler(Sabotage.of(ScheduledExecutorService.class, timer, (method, arguments, call) -> {
                    if (method.equals("schedule")
                            && arguments[2] == TimeUnit.MILLISECONDS
                            && arguments[1].equals(delay.toMillis())
                            && broken.getAndSet(false)) {
                        throw error;
                    }
                    return call.call();
                })));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void aStepThatFailsBeforeThePaymentEndsItsTaskUnpaid(Supplier<Throwable> error) throws Exception {
        Duration timeout = Duration.ofMillis(77_777);
        CrynuxClient client = clientWhoseTimerFailsOnceAt(timeout, error.get());

        try (LoggedMessages logged = new LoggedMessages("io.crynux")) {
            assertThat(failure(client.submit(question("30").timeout(timeout).build())))
                    .isInstanceOf(CrynuxException.class)
                    .hasMessageContaining("The client failed")
                    .hasMessageContaining("Nothing was spent");
            assertThat(logged.ofThreads("")).anyMatch(message -> message.contains("A step of the task engine failed"));
        }

        answered(client.submit(question("30").timeout(timeout).build()));
        assertThat(minedTransactions()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void aStepThatFailsWhenThePaymentHasLeftSaysThatItMayBeMined(Supplier<Throwable> error) throws Exception {
        CrynuxClient client = clientWhoseTimerFailsOnceAt(Duration.ofMillis(RESEND_MILLIS), error.get());

        assertThat(failure(ask(client)))
                .isInstanceOf(CrynuxException.class)
                .hasMessageContaining("may still be mined, and then costs 30 CNX");

        answered(ask(client));
        await().atMost(SOON)
                .until(() -> devnet.relay().parameters(BigInteger.ONE).isPresent());
    }

    @ParameterizedTest
    @MethodSource("errors")
    void aStepThatFailsAfterThePaymentSaysThatTheFeeWasPaid(Supplier<Throwable> error) throws Exception {
        CrynuxClient client = clientWhoseTimerFailsOnceAt(Duration.ofMillis(DOWNLOAD_MILLIS), error.get());
        List<CompletableFuture<TaskResult>> results = List.of(ask(client), ask(client), ask(client));

        int failed = 0;
        for (CompletableFuture<TaskResult> result : results) {
            await().atMost(SOON).until(result::isDone);
            if (result.isCompletedExceptionally()) {
                failed++;
                assertThat(failure(result))
                        .isInstanceOf(CrynuxException.class)
                        .hasMessageContaining("The client failed")
                        .hasMessageContaining("The fee of 30 CNX was paid");
            }
        }
        assertThat(failed).isEqualTo(1);
        await("its place is free")
                .atMost(SOON)
                .until(() -> client.status().load().inFlight() == 0);
    }

    @Test
    void aJournalThatThrowsAtAllButThePaymentHoldsUpNoTask() throws Exception {
        CrynuxClient client = open(builder().journal(journal((method, arguments, call) -> {
            if (method.equals("commit") && ((JournalRecord) arguments[0]).state() != TaskState.SIGNED) {
                throw new NoSuchMethodError("commit");
            }
            return call.call();
        })));

        answered(ask(client));
        answered(ask(client));
    }

    @Test
    void aPaymentThatTheJournalThrowsAtDoesNotLeave() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        CrynuxClient client = open(builder().journal(journal((method, arguments, call) -> {
            if (method.equals("commit")
                    && ((JournalRecord) arguments[0]).state() == TaskState.SIGNED
                    && broken.getAndSet(false)) {
                throw new StackOverflowError();
            }
            return call.call();
        })));

        assertThat(failure(ask(client))).isInstanceOf(CrynuxException.class).hasMessageContaining("Nothing was spent");

        answered(ask(client));
        assertThat(minedTransactions()).isEqualTo(1);
    }

    @Test
    void aPaymentWhoseNonceAnotherProcessHasTakenIsTriedAgain() throws Exception {
        AtomicBoolean taken = new AtomicBoolean(true);
        CrynuxClient client = open(builder().journal(journal((method, arguments, call) -> {
            if (method.equals("commit")
                    && ((JournalRecord) arguments[0]).state() == TaskState.SIGNED
                    && taken.getAndSet(false)) {
                JournalRecord record = (JournalRecord) arguments[0];
                return CompletableFuture.failedFuture(new SlotTakenException(record.slot(), record.key()));
            }
            return call.call();
        })));

        answered(ask(client));

        assertThat(taken).isFalse();
        assertThat(minedTransactions()).isEqualTo(1);
    }

    @Test
    void aPaymentOfATaskThatAnotherProcessOwnsByNowDoesNotLeave() throws Exception {
        CrynuxClient client = open(builder().journal(journal((method, arguments, call) -> {
            if (method.equals("commit") && ((JournalRecord) arguments[0]).state() == TaskState.SIGNED) {
                return CompletableFuture.failedFuture(new StaleOwnerException("another process owns it"));
            }
            return call.call();
        })));

        assertThat(failure(ask(client))).isInstanceOf(StaleOwnerException.class);

        assertThat(minedTransactions()).isZero();
    }

    @Test
    void aJournalThatThrowsWhenItIsAskedForAKeyEndsTheSubmissionUnpaid() throws Exception {
        CrynuxClient client = open(builder().journal(journal((method, arguments, call) -> {
            if (method.equals("claim") && ((TaskOrder) arguments[0]).idempotencyKey() != null) {
                throw new NoSuchMethodError("claim");
            }
            return call.call();
        })));

        assertThat(failure(client.submit(question("30").idempotencyKey("a").build())))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("Nothing was signed");

        answered(ask(client));
        assertThat(minedTransactions()).isEqualTo(1);
    }

    @Test
    void aResultThatTheJournalThrowsAtIsDelivered() throws Exception {
        CrynuxClient client = open(builder().journal(journal((method, arguments, call) -> {
            if (method.equals("keep")) {
                throw new AssertionError("keep");
            }
            return call.call();
        })));

        answered(client.submit(question("30").idempotencyKey("a").build()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unsettled", "spentSince"})
    void aClientWhoseJournalThrewWhenItWasOpenedConnectsTheNextTime(String reading) throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        CrynuxClient client = open(builder().journal(journal((method, arguments, call) -> {
            if (method.equals(reading) && broken.getAndSet(false)) {
                throw new NoSuchMethodError(reading);
            }
            return call.call();
        })));

        assertThat(failure(client.connect())).isInstanceOf(NoSuchMethodError.class);

        answered(ask(client));
    }

    private static TaskJournal journal(Sabotage.Saboteur saboteur) {
        InMemoryTaskJournal memory = new InMemoryTaskJournal();
        return new TaskJournal() {
            @Override
            public CompletionStage<JournalSession> open(JournalScope scope, JournalOwner owner) {
                return memory.open(scope, owner)
                        .thenApply(session -> Sabotage.of(JournalSession.class, session, saboteur));
            }

            @Override
            public boolean isDurable() {
                return false;
            }
        };
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
