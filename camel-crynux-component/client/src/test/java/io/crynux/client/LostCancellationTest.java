// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static io.crynux.testing.ChainRecords.transactions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.journal.FileTaskJournal;
import io.crynux.client.journal.InMemoryTaskJournal;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.journal.LaneRecord;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.EngineSettings.BudgetSettings;
import io.crynux.client.settings.EngineSettings.PaymentSettings;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.devnet.contract.ContractSettings;
import io.crynux.testing.RpcProxy;
import io.crynux.testing.WatchedJournal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.utils.Numeric;

/**
 * A cancelTask of {@code cancelOnTimeout} that the node loses holds a nonce: it is kept alive until the nonce is used, although its
 * task has ended otherwise meanwhile.
 */
class LostCancellationTest extends ChainTestSupport {
    private static final Duration AGAIN = Duration.ofMillis(500);

    private static final String CANCEL_TASK =
            Hash.sha3String("cancelTask(uint256)").substring(0, 10);

    @TempDir
    Path directory;

    private final AtomicBoolean losing = new AtomicBoolean(true);

    @BeforeEach
    void startNetwork() {
        start(quick().contract(ContractSettings.defaults().withTaskTimeout(Duration.ofSeconds(3))));
        devnet.faults().nodes().neverAnswer(3);
        rpc.intercept("eth_sendRawTransaction", (params, node) -> {
            String raw = params.get(0).asText();
            return losing.get() && isCancellation(decoded(raw)) ? RpcProxy.result(Hash.sha3(raw)) : node.get();
        });
    }

    private ChainClientBuilder journaled(PaymentSettings payments) {
        return builder()
                .engine(engine(payments))
                .journal(new FileTaskJournal(directory.resolve("journal").toString()));
    }

    private static PaymentSettings resending() {
        return new PaymentSettings(AGAIN, Duration.ofMinutes(2), Duration.ofMinutes(10));
    }

    private boolean isCancellation(RawTransaction transaction) {
        return transaction.getNonce().signum() > 0 && transaction.getValue().signum() == 0;
    }

    private static RawTransaction decoded(String raw) {
        return TransactionDecoder.decode(raw);
    }

    private static CompletableFuture<TaskResult> submitWithCancelOnTimeout(CrynuxClient client) {
        return client.submit(question("30")
                .timeout(Duration.ofSeconds(1))
                .cancelOnTimeout(true)
                .build());
    }

    private void awaitCancellation() {
        await().atMost(SOON).until(() -> sent().stream().anyMatch(this::isCancellation));
    }

    @Test
    void itHoldsNoLaterPaymentUp() throws Exception {
        CrynuxClient client = open(journaled(resending()));
        CompletableFuture<TaskResult> first = submitWithCancelOnTimeout(client);
        awaitCancellation();
        devnet.faults().clear();
        assertThat(get(first).state()).isEqualTo(TaskState.DONE);

        losing.set(false);

        assertThat(get(submitUntilCreated(client, "30")).taskId()).isEqualTo("2");
        assertThat(minedTransactions())
                .as("two payments, and the cancellation between them")
                .isEqualTo(3);
    }

    @Test
    void itHoldsNoLaterPaymentUpAfterARestart() throws Exception {
        CrynuxClient client = open(journaled(resending()));
        CompletableFuture<TaskResult> first = submitWithCancelOnTimeout(client);
        awaitCancellation();
        devnet.faults().clear();
        assertThat(get(first).state()).isEqualTo(TaskState.DONE);
        client.close();
        losing.set(false);

        CrynuxClient second = open(journaled(resending()));

        assertThat(get(submitUntilCreated(second, "30")).taskId()).isEqualTo("2");
        assertThat(minedTransactions())
                .as("two payments, and the cancellation between them")
                .isEqualTo(3);
    }

    @Test
    void oneWhosePriceIsTooLowIsReplacedByOneOfTheSameNonce() throws Exception {
        PaymentSettings replacing = new PaymentSettings(AGAIN, Duration.ofMillis(700), Duration.ofMinutes(10));
        Set<String> journaled = ConcurrentHashMap.newKeySet();
        Set<String> sentTooEarly = ConcurrentHashMap.newKeySet();
        WatchedJournal journal = new WatchedJournal(new InMemoryTaskJournal());
        journal.afterWrite(record -> transactions(record).forEach(sent -> journaled.add(sent.transactionHash())));
        AtomicReference<String> stuck = new AtomicReference<>();
        rpc.intercept("eth_sendRawTransaction", (params, node) -> {
            String raw = params.get(0).asText();
            if (!isCancellation(decoded(raw))) {
                return node.get();
            }
            if (!journaled.contains(Hash.sha3(raw))) {
                sentTooEarly.add(raw);
            }
            stuck.compareAndSet(null, raw);
            return raw.equals(stuck.get()) ? RpcProxy.result(Hash.sha3(raw)) : node.get();
        });
        CrynuxClient client = open(builder().engine(engine(replacing)).journal(journal));

        Throwable failure = failure(submitWithCancelOnTimeout(client));

        assertThat(failure).isInstanceOf(TaskAbortedException.class).hasMessageContaining("Task Cancelled");
        assertThat(sentTooEarly).isEmpty();
        assertThat(sent().stream().filter(this::isCancellation))
                .as("variants of one nonce")
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(cancellation -> cancellation.getNonce().equals(BigInteger.ONE));
        assertThat(minedTransactions()).isEqualTo(2);
    }

    @Test
    void itsGasCountsInTheBudget() throws Exception {
        losing.set(false);
        WatchedJournal journal = new WatchedJournal(new InMemoryTaskJournal());
        AtomicReference<String> hash = new AtomicReference<>();
        AtomicReference<JournalRecord> settled = new AtomicReference<>();
        journal.afterWrite(record -> {
            if (!transactions(record).isEmpty()) {
                hash.set(transactions(record).get(0).transactionHash());
            } else if (record.isSettled() && record instanceof LaneRecord && record.slot() != null) {
                settled.set(record);
            }
        });
        EngineSettings usual = engine(resending());
        CrynuxClient client = open(builder()
                .journal(journal)
                .engine(new EngineSettings(
                        usual.finality(),
                        usual.payments(),
                        usual.downloadDelay(),
                        usual.retention(),
                        usual.limits(),
                        new BudgetSettings(BigInteger.TEN.pow(20), Duration.ofDays(1)))));

        assertThat(failure(submitWithCancelOnTimeout(client))).isInstanceOf(TaskAbortedException.class);

        await().atMost(SOON).until(() -> settled.get() != null);
        JsonNode receipt = ask("eth_getTransactionReceipt", hash.get());
        assertThat(settled.get().settlement().spentWei())
                .isEqualTo(Numeric.toBigInt(receipt.get("gasUsed").asText())
                        .multiply(Numeric.toBigInt(
                                receipt.get("effectiveGasPrice").asText())));
    }

    @Test
    void oneThatWasRevertedIsTriedAgainByTheNextProcess() throws Exception {
        losing.set(false);
        AtomicBoolean allowed = new AtomicBoolean(true);
        // The contract is said to take it, and does not: as when the task is started before the transaction is in a
        // block.
        rpc.intercept(
                "eth_call",
                (params, node) -> isCancelCall(params) && allowed.get() ? RpcProxy.result("0x") : node.get());
        CrynuxClient first = open(journaled(resending()));
        CompletableFuture<TaskResult> pending = submitWithCancelOnTimeout(first);
        await().atMost(SOON).until(() -> minedTransactions() == 2);
        first.close();
        allowed.set(false);
        assertThat(failure(pending)).isInstanceOf(CrynuxShutdownException.class);

        CrynuxClient second = open(journaled(resending()));
        get(second.connect());

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(get(second.tasks().status("1")).abortReason())
                        .isEqualTo("Task Cancelled"));
        assertThat(minedTransactions())
                .as("a payment, a cancellation that was reverted, and one that counts")
                .isEqualTo(3);
    }

    @Test
    void oneThatTheContractDoesNotAllowYetIsSentByTheNextProcess() throws Exception {
        losing.set(false);
        WatchedJournal journal = new WatchedJournal(
                new FileTaskJournal(directory.resolve("journal").toString()));
        CrynuxClient first = open(builder().engine(engine(resending())).journal(journal));
        CompletableFuture<TaskResult> pending = submitWithCancelOnTimeout(first);
        await().atMost(SOON)
                .until(() -> minedTransactions() == 1
                        && journal.unsettled().stream().anyMatch(LaneRecord.class::isInstance));
        first.close();
        assertThat(failure(pending)).isInstanceOf(CrynuxShutdownException.class);

        CrynuxClient second = open(journaled(resending()));
        get(second.connect());

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(get(second.tasks().status("1")).abortReason())
                        .isEqualTo("Task Cancelled"));
        assertThat(minedTransactions()).isEqualTo(2);
    }

    private static boolean isCancelCall(JsonNode params) {
        return params.get(0)
                .path("data")
                .asText(params.get(0).path("input").asText())
                .startsWith(CANCEL_TASK);
    }
}
