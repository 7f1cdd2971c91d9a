// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.InsufficientFundsException;
import io.crynux.client.journal.FileTaskJournal;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import io.crynux.testing.LoggedMessages;
import io.crynux.testing.RpcProxy;
import io.crynux.testing.WatchedJournal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A payment that a node refuses for a rule of the chain is told as unspent, and watched all the same until its nonce is used
 * for good: nodes have been wrong, and at most one payment for a task may count.
 */
class RefusedPaymentTest extends ChainTestSupport {
    private static final String REFUSAL = "intrinsic gas too low: gas 21000, minimum needed 53000";

    @TempDir
    Path directory;

    private WatchedJournal journal() {
        return new WatchedJournal(
                new FileTaskJournal(directory.resolve("journal").toString()));
    }

    private static TaskRequest keyed(String feeCnx) {
        return question(feeCnx)
                .idempotencyKey("message-17")
                .waitFor(WaitFor.UPLOADED)
                .build();
    }

    /** The next payment is answered with that, and the node has it or not. */
    private void refuseNext(String words, boolean taken) {
        rpc.intercept("eth_getTransactionByHash", (params, node) -> RpcProxy.result(null));
        rpc.intercept("eth_sendRawTransaction", (params, node) -> {
            if (taken) {
                assertThat(node.get().has("result")).isTrue();
            }
            rpc.release("eth_sendRawTransaction");
            return RpcProxy.error(-32000, words);
        });
    }

    private static void assertRefused(Throwable error) {
        assertThat(error)
                .isInstanceOf(CrynuxException.class)
                .hasMessage("The node refused the payment: " + REFUSAL + ". Nothing was spent");
    }

    private long sentWithNonce(int nonce) {
        return sent().stream().filter(t -> t.getNonce().intValue() == nonce).count();
    }

    private void mineUntilFinal() {
        for (int i = 0; i < 3; i++) {
            devnet.chain().mine();
        }
    }

    /** Block after block, since what a look finds has to become final after it. */
    private void mineUntil(Callable<Boolean> condition) {
        await().pollInterval(Duration.ofMillis(100)).atMost(SOON).until(() -> {
            devnet.chain().mine();
            return condition.call();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                REFUSAL,
                "IntrinsicGas",
                "exceeds block gas limit",
                "Transaction gas limit exceeds block gas limit",
                "intrinsic gas too high -- tx.gas_limit > env.block.gas_limit",
                "transaction type not supported: type 2 rejected, pool not yet in London",
                "max priority fee per gas higher than max fee per gas: address 0xab"
            })
    void aRuleOfTheChainIsToldAtOnceAndTheNextPaymentTakesTheNonce(String words) throws Exception {
        start(quick());
        CrynuxClient client = open(builder());
        refuseNext(words, false);

        assertThat(failure(submitUntilCreated(client, "30")))
                .isInstanceOf(CrynuxException.class)
                .hasMessageContaining(words)
                .hasMessageContaining("Nothing was spent");

        assertThat(get(submitUntilCreated(client, "31")).state()).isEqualTo(TaskState.CREATED);
        assertThat(sent()).extracting(t -> t.getNonce().intValue()).containsOnly(0);
        assertThat(minedTransactions()).isEqualTo(1);
    }

    @Test
    void oneThatIsMinedAllTheSameIsCarriedThroughAndJoinedByWhoeverComesAgain() throws Exception {
        start(still());
        CrynuxClient client = open(builder());
        refuseNext(REFUSAL, true);
        try (LoggedMessages logged = new LoggedMessages("io.crynux")) {
            assertRefused(failure(client.submit(keyed("30"))));

            devnet.chain().mine();

            await().atMost(SOON)
                    .until(() -> devnet.relay().parameters(BigInteger.ONE).isPresent());
            assertThat(logged.ofThreads(""))
                    .anyMatch(message -> message.contains("is in block") && message.contains("paid after all"));
        }
        assertThat(get(client.submit(keyed("30"))).taskId()).isEqualTo("1");
        assertThat(minedTransactions()).isEqualTo(1);
    }

    @Test
    void afterARestartToo() throws Exception {
        start(still());
        CrynuxClient first = open(builder().journal(journal()));
        refuseNext(REFUSAL, true);
        assertRefused(failure(first.submit(keyed("30"))));
        first.close();
        CrynuxClient second = open(builder().journal(journal()));
        get(second.connect());

        devnet.chain().mine();

        await().atMost(SOON)
                .until(() -> devnet.relay().parameters(BigInteger.ONE).isPresent());
        assertThat(get(second.submit(keyed("30"))).taskId()).isEqualTo("1");
        assertThat(minedTransactions()).isEqualTo(1);
    }

    @Test
    void oneThatWasMinedWhileNobodyLookedIsFoundByTheNextProcess() throws Exception {
        start(still());
        CrynuxClient first = open(builder().journal(journal()));
        refuseNext(REFUSAL, true);
        assertRefused(failure(first.submit(keyed("30"))));
        first.close();
        mineUntilFinal();

        CrynuxClient second = open(builder().journal(journal()));

        assertThat(get(second.submit(keyed("30"))).taskId()).isEqualTo("1");
        assertThat(minedTransactions()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRetryOfTheTaskHasTheSameNonceSoThatOneOfThePaymentsCounts(boolean restarted) throws Exception {
        start(still());
        CrynuxClient client = open(builder().journal(journal()));
        refuseNext(REFUSAL, true);
        assertRefused(failure(client.submit(keyed("30"))));
        if (restarted) {
            client.close();
            client = open(builder().journal(journal()));
        }
        // Another fee, so other bytes.
        CompletableFuture<TaskResult> retry = client.submit(keyed("40"));
        await().atMost(SOON).until(() -> sentWithNonce(0) == 2);

        devnet.chain().mine();

        assertThat(get(retry).taskId()).isEqualTo("1");
        mineUntilFinal();
        assertThat(sentWithNonce(1)).isZero();
        assertThat(minedTransactions()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRetryThatAnotherProcessLeftIsToldFromTheRefusedPayment(boolean firstIsMined) throws Exception {
        start(still());
        CrynuxClient first = open(builder().journal(journal()));
        refuseNext(REFUSAL, firstIsMined);
        assertRefused(failure(first.submit(keyed("30"))));
        first.submit(keyed("40"));
        await().atMost(SOON).until(() -> sentWithNonce(0) == 2);
        first.close();
        mineUntilFinal();

        CrynuxClient second = open(builder().journal(journal()));

        assertThat(get(second.submit(keyed("40"))).taskId()).isEqualTo("1");
        assertThat(minedTransactions()).isEqualTo(1);
    }

    @Test
    void theSameBytesAreOnePayment() throws Exception {
        start(still());
        WatchedJournal journal = journal();
        CrynuxClient client = open(builder().journal(journal));
        refuseNext(REFUSAL, true);
        assertRefused(failure(client.submit(keyed("30"))));

        CompletableFuture<TaskResult> retry = client.submit(keyed("30"));
        await().atMost(SOON).until(() -> rpc.calls("eth_sendRawTransaction").size() == 2);
        devnet.chain().mine();

        assertThat(get(retry).taskId()).isEqualTo("1");
        assertThat(sent()).hasSize(1);
        assertThat(journal.unsettled()).hasSize(1);
    }

    @Test
    void aRetryWaitsWhileAnotherTaskHasTheNonce() throws Exception {
        start(still());
        CrynuxClient client = open(builder());
        refuseNext(REFUSAL, false);
        assertRefused(failure(client.submit(keyed("30"))));
        CompletableFuture<TaskResult> other = submitUntilCreated(client, "31");
        await().atMost(SOON).until(() -> sentWithNonce(0) == 2);
        try (LoggedMessages logged = new LoggedMessages("io.crynux")) {
            CompletableFuture<TaskResult> retry = client.submit(keyed("30"));
            await().atMost(SOON).until(() -> logged.ofThreads("").stream()
                    .anyMatch(message -> message.contains("another payment has that nonce now")));
            assertThat(sentWithNonce(1)).isZero();

            mineUntil(() -> sentWithNonce(1) == 1);
            get(other);
            devnet.chain().mine();

            assertThat(get(retry).taskId()).isEqualTo("2");
        }
        assertThat(minedTransactions()).isEqualTo(2);
    }

    @Test
    void anotherTaskThatLosesItsNonceToItIsPaidWithAnotherOne() throws Exception {
        start(still());
        CrynuxClient client = open(builder());
        refuseNext(REFUSAL, true);
        assertRefused(failure(client.submit(keyed("30"))));
        CompletableFuture<TaskResult> other = submitUntilCreated(client, "31");
        await().atMost(SOON).until(() -> sentWithNonce(0) == 2);

        mineUntil(() -> sentWithNonce(1) == 1);
        devnet.chain().mine();

        assertThat(get(other).taskId()).isEqualTo("2");
        await().atMost(SOON)
                .until(() -> devnet.relay().parameters(BigInteger.ONE).isPresent());
        assertThat(minedTransactions()).isEqualTo(2);
    }

    @Test
    void oneThatCanNoLongerBeMinedIsForgotten() throws Exception {
        start(still());
        WatchedJournal journal = journal();
        CrynuxClient client = open(builder().journal(journal));
        refuseNext(REFUSAL, false);
        assertRefused(failure(client.submit(keyed("30"))));
        assertThat(journal.unsettled()).hasSize(1);
        sendForeign(0);

        mineUntil(() -> journal.unsettled().isEmpty());
    }

    @Test
    void insufficientFundsAreToldAsUnspentWhereTheBalanceProvesThem() throws Exception {
        start(quick());
        CrynuxClient client = open(builder());
        // The balance is known from now on, and is spent by somebody else.
        get(submitUntilCreated(client, "30"));
        rpc.intercept("eth_getBalance", (params, node) -> RpcProxy.result("0x1"));
        refuseNext("insufficient funds for gas * price + value: balance 1, tx cost 30", false);

        assertThat(failure(submitUntilCreated(client, "30")))
                .isInstanceOf(InsufficientFundsException.class)
                .hasMessageContaining("Nothing was spent")
                .hasMessageContaining("fund the wallet");
        // Whoever asks again at once is told so before anything is signed.
        assertThat(failure(submitUntilCreated(client, "30")))
                .isInstanceOf(InsufficientFundsException.class)
                .hasMessageContaining("nothing signed");

        rpc.release("eth_getBalance");
        assertThat(get(submitUntilCreated(client, "30")).state()).isEqualTo(TaskState.CREATED);
        assertThat(minedTransactions()).isEqualTo(2);
    }

    @Test
    void insufficientFundsProveNothingOfBytesThatWereSentBefore() throws Exception {
        start(still());
        CrynuxClient client = open(builder());
        refuseNext(REFUSAL, true);
        assertRefused(failure(client.submit(keyed("30"))));
        rpc.intercept("eth_sendRawTransaction", (params, node) -> {
            rpc.release("eth_sendRawTransaction");
            rpc.intercept("eth_getBalance", (address, chain) -> RpcProxy.result("0x1"));
            return RpcProxy.error(-32000, "insufficient funds for gas * price + value");
        });

        CompletableFuture<TaskResult> retry = client.submit(keyed("30"));
        await().atMost(SOON).until(() -> rpc.calls("eth_sendRawTransaction").size() == 2);
        devnet.chain().mine();

        assertThat(get(retry).taskId()).isEqualTo("1");
    }
}
