// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static io.crynux.testing.ChainRecords.payments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.journal.FileTaskJournal;
import io.crynux.client.journal.InMemoryTaskJournal;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.journal.LaneRecord;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.EngineSettings.BudgetSettings;
import io.crynux.client.settings.EngineSettings.PaymentSettings;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.devnet.ledger.Reorg;
import io.crynux.testing.RpcProxy;
import io.crynux.testing.WatchedJournal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.crypto.Hash;
import org.web3j.crypto.TransactionDecoder;

/** A transaction of the wallet that was before ours vanishes with its block: its nonce is missing, and the gap is closed. */
class MissingNonceAfterReorganisationTest extends ChainTestSupport {

    @TempDir
    Path directory;

    @Test
    void aForeignTransactionThatVanishesHoldsNothingUp() throws Exception {
        start(still());
        sendForeign(0);
        PaymentSettings payments =
                new PaymentSettings(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMinutes(1));
        CrynuxClient client = open(builder().engine(engine(payments)));
        CompletableFuture<TaskResult> pending = submitUntilCreated(client, "30");
        await().atMost(SOON)
                .until(() -> sent().stream().anyMatch(t -> t.getNonce().intValue() == 1));
        rpc.sentTransactions().forEach(raw -> devnet.chain().dropTransaction(Hash.sha3(raw)));
        devnet.chain().mine();
        await().atMost(SOON).until(() -> minedTransactions() >= 1);
        devnet.chain().reorg(Reorg.of(1).dropping());

        await().pollInterval(Duration.ofMillis(200)).atMost(SOON).until(() -> {
            devnet.chain().mine();
            return pending.isDone();
        });

        assertThat(get(pending).state()).isEqualTo(TaskState.CREATED);
    }

    @Test
    void theTransferThatFillsItIsJournaledBeforeItLeavesAndCountsInTheBudget() throws Exception {
        start(still());
        sendForeign(0);
        Map<String, JournalRecord> journaled = new ConcurrentHashMap<>();
        Set<String> sentTooEarly = ConcurrentHashMap.newKeySet();
        WatchedJournal journal = new WatchedJournal(new InMemoryTaskJournal());
        AtomicReference<JournalRecord> settled = new AtomicReference<>();
        journal.afterWrite(record -> {
            payments(record).forEach(sent -> journaled.put(sent.transactionHash(), record));
            if (record instanceof LaneRecord && record.isSettled()) {
                settled.set(record);
            }
        });
        rpc.intercept("eth_sendRawTransaction", (params, node) -> {
            String hash = Hash.sha3(params.get(0).asText());
            if (!journaled.containsKey(hash)) {
                sentTooEarly.add(hash);
            }
            return node.get();
        });
        EngineSettings usual =
                engine(new PaymentSettings(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMinutes(1)));
        CrynuxClient client = open(builder()
                .journal(journal)
                .engine(new EngineSettings(
                        usual.finality(),
                        usual.payments(),
                        usual.downloadDelay(),
                        usual.retention(),
                        usual.limits(),
                        new BudgetSettings(BigInteger.TEN.pow(20), Duration.ofDays(1)))));
        CompletableFuture<TaskResult> pending = submitUntilCreated(client, "30");
        await().atMost(SOON)
                .until(() -> sent().stream().anyMatch(t -> t.getNonce().intValue() == 1));
        rpc.sentTransactions().forEach(raw -> devnet.chain().dropTransaction(Hash.sha3(raw)));
        devnet.chain().mine();
        await().atMost(SOON).until(() -> minedTransactions() >= 1);
        devnet.chain().reorg(Reorg.of(1).dropping());

        await().pollInterval(Duration.ofMillis(200)).atMost(SOON).until(() -> {
            devnet.chain().mine();
            return pending.isDone() && settled.get() != null;
        });

        assertThat(get(pending).state()).isEqualTo(TaskState.CREATED);
        assertThat(sentTooEarly).isEmpty();
        JournalRecord filler = settled.get();
        assertThat(filler.slot().number()).isZero();
        assertThat(filler.state()).isEqualTo(TaskState.DONE);
        assertThat(filler.settlement().spentWei()).isPositive();
    }

    @Test
    void theTransferThatFillsItIsSentAgainByTheNextProcess() throws Exception {
        start(still());
        sendForeign(0);
        CrynuxClient first = open(journaled(Duration.ofMillis(300)));
        CompletableFuture<TaskResult> pending = submitUntilCreated(first, "30");
        await().atMost(SOON)
                .until(() -> sent().stream().anyMatch(t -> t.getNonce().intValue() == 1));
        rpc.sentTransactions().forEach(raw -> devnet.chain().dropTransaction(Hash.sha3(raw)));
        devnet.chain().mine();
        await().atMost(SOON).until(() -> minedTransactions() >= 1);
        rpc.intercept("eth_sendRawTransaction", (params, node) -> {
            String raw = params.get(0).asText();
            return hasNonce(raw, 0) ? RpcProxy.result(Hash.sha3(raw)) : node.get();
        });
        devnet.chain().reorg(Reorg.of(1).dropping());
        await().pollInterval(Duration.ofMillis(200)).atMost(SOON).until(() -> {
            devnet.chain().mine();
            return rpc.sentTransactions().stream().anyMatch(raw -> hasNonce(raw, 0));
        });
        first.close();
        assertThat(pending).isCompletedExceptionally();
        rpc.release("eth_sendRawTransaction");

        // It does not look for gaps by itself.
        CrynuxClient second = open(journaled(Duration.ZERO));
        get(second.connect());

        await().pollInterval(Duration.ofMillis(200)).atMost(SOON).until(() -> {
            devnet.chain().mine();
            return minedTransactions() == 2;
        });
    }

    private CrynuxClientBuilder journaled(Duration replaceAfter) {
        return builder()
                .journal(new FileTaskJournal(directory.resolve("journal").toString()))
                .engine(engine(new PaymentSettings(Duration.ofMillis(300), replaceAfter, Duration.ofMinutes(1))));
    }

    private static boolean hasNonce(String raw, int nonce) {
        return TransactionDecoder.decode(raw).getNonce().intValue() == nonce;
    }
}
