// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.error.TransactionTimeoutException;
import io.crynux.client.journal.InMemoryTaskJournal;
import io.crynux.client.journal.JournalOwner;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.journal.JournalScope;
import io.crynux.client.journal.JournalSession;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.observe.ClientObserver;
import io.crynux.client.settings.RelaySettings;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.wallet.Signer;
import io.crynux.client.wallet.Wallets;
import io.crynux.testing.Sabotage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deadlines end submissions, and a client closes, whatever it has called and gets no answer from. */
@Timeout(60)
class WhateverHangsTest extends ChainTestSupport {
    private final CountDownLatch end = new CountDownLatch(1);

    @BeforeEach
    void startNetwork() {
        start(quick());
    }

    @AfterEach
    void release() {
        end.countDown();
    }

    private CompletableFuture<TaskResult> ask(CrynuxClient client) {
        return client.submit(question("30").timeout(Duration.ofSeconds(1)).build());
    }

    @Test
    void aSignerThatNeverReturnsForThePayment() throws Exception {
        CrynuxClient client = open(builder().signer(signer(signature -> true)));

        List<CompletableFuture<TaskResult>> results = List.of(ask(client), ask(client));

        for (CompletableFuture<TaskResult> result : results) {
            assertThat(failure(result))
                    .isInstanceOf(TaskTimeoutException.class)
                    .hasMessageContaining("Nothing was spent");
        }
        end.countDown();
        assertThat(minedTransactions()).isZero();
    }

    @Test
    void aSignerThatHoldsAllThreads() throws Exception {
        int[] signatures = {0};
        // The first signs the payment; those of uploads and downloads never return, until no thread is left.
        CrynuxClient client = open(builder()
                .relay(RelaySettings.DEFAULT)
                .executor(twoThreads())
                .signer(signer(hash -> ++signatures[0] > 2)));

        List<CompletableFuture<TaskResult>> results =
                IntStream.range(0, 4).mapToObj(i -> ask(client)).toList();

        for (CompletableFuture<TaskResult> result : results) {
            assertThat(failure(result)).isInstanceOf(CrynuxException.class);
        }
        client.close();
    }

    private Executor twoThreads() {
        var threads = java.util.concurrent.Executors.newFixedThreadPool(2);
        closedLater((AutoCloseable) threads::shutdownNow);
        return threads;
    }

    private Signer signer(Predicate<Object> hangs) {
        Signer wallet = Wallets.ofPrivateKey(devnet.account(1).privateKey());
        return Sabotage.of(Signer.class, wallet, (method, arguments, call) -> {
            if (method.equals("sign") && hangs.test(arguments[0])) {
                end.await();
            }
            return call.call();
        });
    }

    @Test
    void aJournalThatNeverAnswersWhetherThePaymentIsKept() throws Exception {
        CrynuxClient client = open(builder()
                .journal(journal((method, arguments, call) ->
                        isSigned(method, arguments) ? new CompletableFuture<Void>() : call.call())));

        assertThat(failure(ask(client)))
                .isInstanceOf(TransactionTimeoutException.class)
                .hasMessageContaining("may still be mined");

        client.close();
        assertThat(minedTransactions()).isZero();
    }

    @Test
    void aJournalThatNeverReturns() throws Exception {
        CrynuxClient client = open(builder().journal(journal((method, arguments, call) -> {
            if (isSigned(method, arguments)) {
                end.await();
            }
            return call.call();
        })));

        CompletableFuture<TaskResult> first = ask(client);
        CompletableFuture<TaskResult> second = ask(client);

        assertThat(failure(first))
                .isInstanceOf(TransactionTimeoutException.class)
                .hasMessageContaining("may still be mined");
        assertThat(failure(second))
                .isInstanceOf(TransactionTimeoutException.class)
                .hasMessageContaining("it is not known whether the task was paid");
        // Nor do those that come later wait for it, and none of them is begun when it returns.
        assertThat(failure(ask(client)))
                .isInstanceOf(TaskTimeoutException.class)
                .hasMessageContaining("Nothing was spent");
    }

    private static boolean isSigned(String method, Object[] arguments) {
        return method.equals("commit") && ((JournalRecord) arguments[0]).state() == TaskState.SIGNED;
    }

    @Test
    void anObserverThatNeverReturns() throws Exception {
        ClientObserver observer = Sabotage.of(ClientObserver.class, ClientObserver.NONE, (method, arguments, call) -> {
            if (method.equals("onPhase")) {
                end.await();
            }
            return call.call();
        });
        CrynuxClient client = open(builder().observer(observer));

        assertThat(failure(ask(client))).isInstanceOf(CrynuxException.class);
        end.countDown();
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

    @Test
    void aNodeAndARelayThatNeverAnswer() throws Exception {
        CrynuxClient client = open(builder());
        get(client.connect());
        devnet.faults().rpc().neverAnswer();
        devnet.faults().relay().neverAnswer();

        assertThat(failure(ask(client)))
                .isInstanceOf(TaskTimeoutException.class)
                .hasMessageContaining("Nothing was spent");

        client.close();
    }
}
