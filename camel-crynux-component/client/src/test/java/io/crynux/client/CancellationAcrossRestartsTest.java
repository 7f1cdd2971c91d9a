// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.BudgetExceededException;
import io.crynux.client.internal.evm.Payment;
import io.crynux.client.journal.FileTaskJournal;
import io.crynux.client.journal.JournalOwner;
import io.crynux.client.journal.JournalScope;
import io.crynux.client.journal.JournalSession;
import io.crynux.client.journal.NetworkIdentity;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.operation.CancelledTask;
import io.crynux.client.operation.Resumption;
import io.crynux.client.operation.TaskStatus;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.EngineSettings.BudgetSettings;
import io.crynux.client.settings.EngineSettings.Finality;
import io.crynux.client.settings.EngineSettings.PaymentSettings;
import io.crynux.client.settings.OperationSettings;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.WaitFor;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/** A cancelTask is in the journal before it is sent, counts in the budget, and is sent again until it is in a block. */
class CancellationAcrossRestartsTest extends ChainTestSupport {

    @TempDir
    Path directory;

    private ChainClientBuilder journaled() {
        return builder()
                .journal(new FileTaskJournal(directory.resolve("journal").toString()));
    }

    @Test
    void oneThatGotLostIsSentAgainByTheNextProcess() throws Exception {
        start(quick().nodes(0));
        CrynuxClient first = open(journaled());
        String taskId = get(submitUntilCreated(first, "30")).taskId();
        devnet.chain().dropNext(1);
        CancelledTask sent = get(first.tasks().cancel(taskId, WaitFor.CREATED, OperationSettings.DEFAULT));
        assertThat(sent.isOver()).isFalse();
        first.close();

        CrynuxClient second = open(journaled());
        get(second.connect());

        await().atMost(SOON).untilAsserted(() -> {
            TaskStatus status = get(second.tasks().status(taskId));
            assertThat(status.state()).isEqualTo(TaskStatus.State.ABORTED);
            assertThat(status.abortReason()).isEqualTo("Task Cancelled");
        });
        assertThat(get(submitUntilCreated(second, "30")).taskId())
                .as("the lane is free")
                .isEqualTo("2");
    }

    @Test
    void oneThatGotLostIsSentAgainWhileTheClientRuns() throws Exception {
        start(quick().nodes(0));
        CrynuxClient client = open(builder()
                .engine(engine(
                        new PaymentSettings(Duration.ofMillis(500), Duration.ofMinutes(2), Duration.ofMinutes(10)))));
        String taskId = get(submitUntilCreated(client, "30")).taskId();
        devnet.chain().dropNext(1);

        CancelledTask cancelled = get(client.tasks().cancel(taskId, WaitFor.RESULT, OperationSettings.DEFAULT));

        assertThat(cancelled.isOver()).isTrue();
        assertThat(cancelled.refundedWei()).isEqualTo(BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(30)));
        assertThat(minedTransactions()).isEqualTo(2);
    }

    @Test
    void itsGasCountsInTheBudget() throws Exception {
        start(quick().nodes(0));
        BigInteger cnx = BigInteger.TEN.pow(18);
        EngineSettings usual = engine(PaymentSettings.DEFAULT);
        // Enough for the task and its gas, and for nothing besides.
        BigInteger budget = cnx.multiply(BigInteger.valueOf(30)).add(cnx.divide(BigInteger.valueOf(200)));
        CrynuxClient client = open(builder()
                .engine(new EngineSettings(
                        Finality.ofBlocks(1_000),
                        usual.payments(),
                        usual.downloadDelay(),
                        usual.retention(),
                        usual.limits(),
                        new BudgetSettings(budget, Duration.ofDays(1)))));
        String taskId = get(submitUntilCreated(client, "30")).taskId();

        Throwable refused = failure(client.tasks().cancel(taskId, WaitFor.CREATED, OperationSettings.DEFAULT));

        assertThat(refused).isInstanceOf(BudgetExceededException.class);
        assertThat(minedTransactions()).isEqualTo(1);
    }

    @Test
    void oneThatAnEarlierVersionKeptWithItsTaskIsSentAgain() throws Exception {
        start(quick().nodes(0));
        CrynuxClient first = open(journaled());
        get(submitUntilCreated(first, "30"));
        first.close();
        NetworkIdentity network = new NetworkIdentity(
                "chain",
                devnet.chainId() + ":" + devnet.contractAddress().toLowerCase(Locale.ROOT),
                ask("eth_getBlockByNumber", "0x0", false).get("hash").asText(),
                "the devnet");
        JournalScope scope = new JournalScope(network, Duration.ofDays(1), Duration.ZERO, Clock.systemUTC());
        JournalSession session =
                get(new FileTaskJournal(directory.resolve("journal").toString())
                        .open(scope, new JournalOwner("test", Runnable::run))
                        .toCompletableFuture());
        try {
            TaskRecord task = (TaskRecord)
                    get(session.unsettled().toCompletableFuture()).get(0).record();
            Payment cancel = cancelTask(1, 1);
            String text = cancel.nonce() + " " + cancel.transactionHash() + " " + cancel.rawTransaction();
            get(session.commit(task.with(task.data().with("cancellations", text)), JournalSession.FIRST_EPOCH)
                    .toCompletableFuture());
        } finally {
            get(session.close().toCompletableFuture());
        }

        CrynuxClient second = open(journaled());
        get(second.connect());

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(get(second.tasks().status("1")).abortReason())
                        .isEqualTo("Task Cancelled"));
        assertThat(minedTransactions()).isEqualTo(2);
    }

    private Payment cancelTask(long nonce, long taskId) {
        RawTransaction transaction = RawTransaction.createTransaction(
                devnet.chainId(),
                BigInteger.valueOf(nonce),
                BigInteger.valueOf(1_500_000),
                devnet.contractAddress(),
                BigInteger.ZERO,
                Hash.sha3String("cancelTask(uint256)").substring(0, 10)
                        + Numeric.toHexStringNoPrefixZeroPadded(BigInteger.valueOf(taskId), 64),
                GWEI,
                GWEI.multiply(BigInteger.TEN));
        String raw = Numeric.toHexString(TransactionEncoder.signMessage(
                transaction, Credentials.create(devnet.account(1).privateKey())));
        return new Payment(BigInteger.valueOf(nonce), Hash.sha3(raw), raw);
    }

    @Test
    void severalWhoResumeOneTaskTakeItUpOnce() throws Exception {
        start(quick().nodes(0));
        CrynuxClient first = open(builder());
        TaskResult left = get(submitUntilCreated(first, "30"));
        first.close();
        CrynuxClient second = open(journaled());
        List<CompletableFuture<?>> resumed =
                List.of(second.tasks().resume(resumption(left)), second.tasks().resume(resumption(left)));
        resumed.forEach(future -> assertThat(future).succeedsWithin(SOON));
        second.close();

        CrynuxClient third = open(journaled());
        get(third.connect());
        assertThat(get(third.tasks().status(left.taskId())).here())
                .as("it is in the journal")
                .isNotNull();
    }

    private static Resumption resumption(TaskResult left) {
        return Resumption.ofTransaction(left.transactionHash())
                .withParameters(question("30").build().parametersJson())
                .withWaitFor(WaitFor.CREATED);
    }
}
