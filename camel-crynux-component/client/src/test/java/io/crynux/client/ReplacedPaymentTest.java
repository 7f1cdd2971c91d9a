// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static io.crynux.testing.ChainRecords.payments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.TransactionRevertedException;
import io.crynux.client.journal.InMemoryTaskJournal;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.settings.EngineSettings.PaymentSettings;
import io.crynux.client.settings.GasSettings;
import io.crynux.client.settings.GasSettings.TransactionType;
import io.crynux.client.task.TaskState;
import io.crynux.testing.RpcProxy;
import io.crynux.testing.WatchedJournal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.transaction.type.Transaction1559;

/** A payment that gets into no block is replaced by dearer ones with the same nonce, of which at most one is mined. */
@Tag("chain")
class ReplacedPaymentTest extends ChainTestSupport {
    private static final Duration REPLACE_AFTER = Duration.ofMillis(300);

    private static PaymentSettings replacing(Duration resendInterval) {
        return new PaymentSettings(resendInterval, REPLACE_AFTER, Duration.ZERO);
    }

    private CrynuxClientBuilder replacingClient() {
        return builder().engine(engine(replacing(Duration.ofSeconds(30))));
    }

    private static void assertRaised(RawTransaction before, RawTransaction after) {
        Transaction1559 old = (Transaction1559) before.getTransaction();
        Transaction1559 dearer = (Transaction1559) after.getTransaction();
        assertThat(after.getNonce()).isEqualTo(before.getNonce());
        assertThat(after.getValue()).isEqualTo(before.getValue());
        assertThat(after.getData()).isEqualTo(before.getData());
        assertAnEighthMore(old.getMaxFeePerGas(), dearer.getMaxFeePerGas());
        assertAnEighthMore(old.getMaxPriorityFeePerGas(), dearer.getMaxPriorityFeePerGas());
    }

    private static void assertAnEighthMore(BigInteger before, BigInteger after) {
        assertThat(after.multiply(BigInteger.valueOf(8)))
                .isGreaterThanOrEqualTo(before.multiply(BigInteger.valueOf(9)));
    }

    private static String hash(String raw) {
        return Hash.sha3(raw);
    }

    @Test
    void theDearestVariantIsMined() throws Exception {
        start(still());
        var pending = submitUntilCreated(open(replacingClient()), "30");
        await().atMost(SOON).until(() -> sent().size() >= 3);
        assertThat(pending).isNotDone();

        devnet.chain().mine();

        String mined = get(pending).transactionHash();
        assertRaised(sent().get(0), sent().get(1));
        assertRaised(sent().get(1), sent().get(2));
        assertThat(rpc.sentTransactions().stream().skip(2).map(ReplacedPaymentTest::hash))
                .contains(mined);
        assertThat(minedTransactions()).isEqualTo(1);
    }

    @Test
    void anOlderVariantThatIsMinedCounts() throws Exception {
        start(still());
        CrynuxClient client = open(replacingClient());
        var pending = submitUntilCreated(client, "30");
        await().atMost(SOON).until(() -> sent().size() == 1);
        rpc.intercept(
                "eth_sendRawTransaction",
                (params, node) -> RpcProxy.result(hash(params.get(0).asText())));
        await().atMost(SOON).until(() -> sent().size() >= 2);

        devnet.chain().mine();

        assertThat(get(pending).transactionHash())
                .isEqualTo(hash(rpc.sentTransactions().get(0)));
        assertThat(get(pending).taskId()).isEqualTo(BigInteger.ONE);
    }

    @Test
    void anOlderVariantThatIsRevertedIsFoundByItsReceipt() throws Exception {
        start(still().nodes(0));
        CrynuxClient client = open(replacingClient());
        var pending = client.submit(question("30").cap(0).build());
        await().atMost(SOON).until(() -> sent().size() == 1);
        rpc.intercept(
                "eth_sendRawTransaction",
                (params, node) -> RpcProxy.result(hash(params.get(0).asText())));
        await().atMost(SOON).until(() -> sent().size() >= 2);

        for (int i = 0; i < 4; i++) {
            devnet.chain().mine();
        }

        assertThat(failure(pending)).isInstanceOfSatisfying(TransactionRevertedException.class, error -> {
            assertThat(error.reason()).startsWith("Panic(0x12)");
            assertThat(error.facts().transactionHash())
                    .isEqualTo(hash(rpc.sentTransactions().get(0)));
        });
    }

    @Test
    void everyVariantIsJournaledBeforeItLeaves() throws Exception {
        start(still());
        Set<String> journaled = ConcurrentHashMap.newKeySet();
        WatchedJournal journal = new WatchedJournal(new InMemoryTaskJournal());
        journal.afterWrite(record -> payments(record).forEach(payment -> journaled.add(payment.transactionHash())));
        Set<String> sentTooEarly = ConcurrentHashMap.newKeySet();
        rpc.intercept("eth_sendRawTransaction", (params, node) -> {
            String hash = hash(params.get(0).asText());
            if (!journaled.contains(hash)) {
                sentTooEarly.add(hash);
            }
            return node.get();
        });
        var pending = submitUntilCreated(open(replacingClient().journal(journal)), "30");
        await().atMost(SOON).until(() -> sent().size() >= 3);

        assertThat(sentTooEarly).isEmpty();
        JournalRecord record = journal.unsettled().get(0);
        assertThat(record.state()).isEqualTo(TaskState.SENT);
        assertThat(payments(record))
                .hasSizeGreaterThanOrEqualTo(3)
                .extracting(p -> p.nonce().intValue())
                .containsOnly(0);
        devnet.chain().mine();
        get(pending);
    }

    @Test
    void theLimitBoundsVariants() throws Exception {
        start(still());
        // 3.2 gwei at first: 3.6 is allowed, 4.05 is not.
        GasSettings gas = new GasSettings(
                GasSettings.LEAST_GAS_LIMIT,
                new BigDecimal("1.2"),
                TransactionType.AUTO,
                GWEI.multiply(BigInteger.valueOf(39)).divide(BigInteger.TEN));
        var pending = submitUntilCreated(open(replacingClient().gas(gas)), "30");
        await().atMost(SOON).until(() -> sent().size() == 2);
        // Time for two more.
        await().pollDelay(REPLACE_AFTER.multipliedBy(3)).atMost(SOON).until(() -> sent().size() == 2);

        devnet.chain().mine();
        assertThat(get(pending).transactionHash())
                .isEqualTo(hash(rpc.sentTransactions().get(1)));
    }

    @Test
    void aVariantOffersWhatTheChainAsksMeanwhile() throws Exception {
        start(still());
        CrynuxClient client = open(replacingClient());
        var pending = submitUntilCreated(client, "30");
        await().atMost(SOON).until(() -> sent().size() == 1);
        rpc.intercept("eth_maxPriorityFeePerGas", (params, node) -> RpcProxy.result("0x4a817c800")); // 20 gwei

        await().atMost(SOON).until(() -> sent().size() >= 2);
        devnet.chain().mine();
        get(pending);

        Transaction1559 dearer = (Transaction1559) sent().get(1).getTransaction();
        assertThat(dearer.getMaxPriorityFeePerGas()).isEqualTo(GWEI.multiply(BigInteger.valueOf(24)));
        assertThat(dearer.getMaxFeePerGas()).isEqualTo(GWEI.multiply(BigInteger.valueOf(26)));
    }

    @Test
    void legacyPricesAreRaisedToo() throws Exception {
        start(still());
        GasSettings gas =
                new GasSettings(GasSettings.LEAST_GAS_LIMIT, new BigDecimal("1.2"), TransactionType.LEGACY, null);
        var pending = submitUntilCreated(open(replacingClient().gas(gas)), "30");
        await().atMost(SOON).until(() -> sent().size() >= 2);

        devnet.chain().mine();
        get(pending);

        assertAnEighthMore(sent().get(0).getGasPrice(), sent().get(1).getGasPrice());
    }

    @Test
    void onlyThePaymentWhoseTurnItIsIsReplaced() throws Exception {
        start(still());
        CrynuxClient client = open(replacingClient());
        var first = submitUntilCreated(client, "30");
        var second = submitUntilCreated(client, "30");

        await().atMost(SOON)
                .until(() ->
                        sent().stream().filter(t -> t.getNonce().signum() == 0).count() >= 3);

        assertThat(sent().stream().filter(t -> t.getNonce().signum() > 0)).hasSize(1);
        devnet.chain().mine();
        get(first);
        get(second);
    }

    @Test
    void replaceAfterZeroReplacesNothing() throws Exception {
        start(still());
        PaymentSettings never = new PaymentSettings(Duration.ofMillis(100), Duration.ZERO, Duration.ZERO);
        var pending = submitUntilCreated(open(builder().engine(engine(never))), "30");
        await().atMost(SOON).until(() -> rpc.calls("eth_sendRawTransaction").size() >= 4);

        assertThat(sent()).hasSize(1);
        devnet.chain().mine();
        get(pending);
    }

    @Test
    void aPaymentThatTheNodeLostIsSentAgain() throws Exception {
        start(quick());
        rpc.intercept("eth_sendRawTransaction", (params, node) -> {
            if (rpc.calls("eth_sendRawTransaction").isEmpty()) {
                return RpcProxy.result(hash(params.get(0).asText()));
            }
            return node.get();
        });
        PaymentSettings resending = new PaymentSettings(Duration.ofMillis(200), Duration.ZERO, Duration.ZERO);

        assertThat(get(submitUntilCreated(open(builder().engine(engine(resending))), "30"))
                        .state())
                .isEqualTo(TaskState.CREATED);

        assertThat(sent()).hasSize(1);
    }

    @Test
    void aNonceThatAForeignTransactionTookIsTold() throws Exception {
        start(still());
        CrynuxClient client = open(replacingClient());
        var pending = submitUntilCreated(client, "30");
        await().atMost(SOON).until(() -> sent().size() >= 2);
        sendForeign(0);
        devnet.chain().mine();
        await().pollDelay(Duration.ofMillis(300)).atMost(SOON).until(() -> !pending.isDone());

        devnet.chain().mine();
        devnet.chain().mine();

        assertThat(failure(pending))
                .isInstanceOf(TransactionRevertedException.class)
                .hasMessageContaining("can no longer be mined")
                .hasMessageContaining("was not spent");
        // The lane goes on after it.
        var next = submitUntilCreated(client, "30");
        await().atMost(SOON)
                .until(() -> sent().stream().anyMatch(t -> t.getNonce().intValue() == 1));
        devnet.chain().mine();
        assertThat(get(next).state()).isEqualTo(TaskState.CREATED);
    }
}
