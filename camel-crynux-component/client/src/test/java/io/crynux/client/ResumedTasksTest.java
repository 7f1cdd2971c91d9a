// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.JournalException;
import io.crynux.client.journal.FileTaskJournal;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.task.GptParameters;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import io.crynux.client.wallet.Wallets;
import io.crynux.devnet.ledger.Reorg;
import io.crynux.testing.RpcProxy;
import io.crynux.testing.WatchedJournal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.web3j.crypto.Hash;

/**
 * A client that ends at some state of a task, and another that finds its journal. Closing stands for ending here, since
 * nothing is written or sent after it; CrashTest kills processes.
 */
@Tag("chain")
class ResumedTasksTest extends ChainTestSupport {
    private static final String KEY = "message-17";

    @TempDir
    Path directory;

    private WatchedJournal journal() {
        return new WatchedJournal(
                new FileTaskJournal(directory.resolve("journal").toString()));
    }

    private static TaskRequest.Builder keyed() {
        return question("30").idempotencyKey(KEY);
    }

    /** Runs a client until the journal says that its task has come so far, and closes it there. */
    private void endAt(TaskState state, TaskRequest request) throws Exception {
        WatchedJournal journal = journal();
        CountDownLatch reached = new CountDownLatch(1);
        journal.afterWrite(record -> {
            if (record.state() == state) {
                reached.countDown();
            }
        });
        CrynuxClient first = open(builder().journal(journal));
        CompletableFuture<TaskResult> pending = first.submit(request);
        assertThat(reached.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        first.close();
        await().atMost(SOON).until(pending::isDone);
    }

    private CrynuxClient next() {
        return open(builder().journal(journal()));
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"SIGNED", "SENT", "CREATED", "UPLOADED", "SUCCEEDED", "DOWNLOADED", "DONE"})
    void whoeverComesAgainWithTheKeyGetsTheResultOfTheOneTaskThatWasPaid(TaskState state) throws Exception {
        start(quick());
        if (state == TaskState.SIGNED) {
            // The payment does not get through before the end.
            rpc.intercept("eth_sendRawTransaction", (params, node) -> RpcProxy.error(-32603, "Internal error"));
        }
        endAt(state, keyed().build());
        rpc.release("eth_sendRawTransaction");

        TaskResult result = get(next().submit(keyed().build()));

        assertThat(result.completion().text()).contains("lichen");
        assertThat(minedTransactions()).isEqualTo(1);
    }

    @Test
    void whatNobodyAwaitsIsFinishedAndItsResultKeptForWhoeverComesLater() throws Exception {
        start(quick());
        endAt(TaskState.SENT, keyed().build());
        WatchedJournal journal = journal();
        CrynuxClient second = open(builder().journal(journal));
        get(second.connect());
        await().atMost(SOON).until(() -> journal.unsettled().isEmpty());
        second.close();
        devnet.faults().relay().withholdResults();

        TaskResult result = get(next().submit(keyed().build()));

        assertThat(result.state()).isEqualTo(TaskState.DONE);
        assertThat(result.completion().text()).contains("lichen");
        assertThat(minedTransactions()).isEqualTo(1);
    }

    @Test
    void aTaskWithoutAKeyIsFinishedAndUploadedToo() throws Exception {
        start(quick());
        endAt(TaskState.SENT, question("30").build());
        WatchedJournal journal = journal();
        get(open(builder().journal(journal)).connect());

        await().atMost(SOON).until(() -> journal.unsettled().isEmpty());

        assertThat(devnet.relay().parameters(BigInteger.ONE)).isPresent();
        assertThat(minedTransactions()).isEqualTo(1);
    }

    @Test
    void whatTheChainDidInManyBlocksMeanwhileIsReadByRanges() throws Exception {
        start(quick());
        endAt(TaskState.SENT, keyed().build());
        for (int i = 0; i < 1000; i++) {
            devnet.chain().mine();
        }
        CrynuxClient second = next();
        get(second.connect());
        int asked = rpc.callCount();

        TaskResult result = get(second.submit(keyed().build()));

        assertThat(result.state()).isEqualTo(TaskState.DONE);
        assertThat(asked).isLessThan(500);
    }

    @Test
    void aReorganisationMeanwhileIsNoticedAndThePaymentSentAgain() throws Exception {
        start(quick());
        // The payment comes after the blocks that stay.
        for (int i = 0; i < 4; i++) {
            devnet.chain().mine();
        }
        devnet.faults().nodes().pause();
        endAt(TaskState.UPLOADED, keyed().build());
        devnet.chain().pauseBlocks();
        int sinceTheNodesJoined = (int) devnet.chain().access().head().number() - 3;
        devnet.chain().reorg(Reorg.of(sinceTheNodesJoined).dropping());
        assertThat(minedTransactions()).isZero();
        devnet.chain().resumeBlocks();
        devnet.faults().clear();

        TaskResult result = get(next().submit(keyed().build()));

        assertThat(result.state()).isEqualTo(TaskState.DONE);
        assertThat(minedTransactions()).isEqualTo(1);
        assertThat(rpc.sentTransactions()).hasSize(1);
    }

    @Test
    void theKeyRefusesAnotherRequestAfterARestartToo() throws Exception {
        start(quick());
        endAt(TaskState.DONE, keyed().build());
        TaskRequest other = TaskRequest.builder(
                        GptParameters.builder().user("What is moss?").build())
                .fee("30")
                .idempotencyKey(KEY)
                .build();

        assertThat(failure(next().submit(other)))
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining(KEY);
        assertThat(minedTransactions()).isEqualTo(1);
    }

    @Test
    void anotherPaymentTakesTheNonceAfterTheOneThatStillWaits() throws Exception {
        start(still());
        endAt(TaskState.SENT, keyed().waitFor(WaitFor.CREATED).build());
        // The node has lost what waited, so that its own count would give the same nonce again.
        devnet.chain().dropTransaction(Hash.sha3(rpc.sentTransactions().get(0)));
        CrynuxClient second = next();
        get(second.connect());
        CompletableFuture<TaskResult> other = submitUntilCreated(second, "31");
        await().atMost(SOON).until(() -> rpc.sentTransactions().size() == 2);

        devnet.chain().mine();

        get(other);
        assertThat(minedTransactions()).isEqualTo(2);
    }

    @Test
    void tasksOfAnotherWalletAreRefusedUntilTheyHaveEnded() throws Exception {
        start(still());
        endAt(TaskState.SENT, keyed().build());

        CrynuxClient other = open(builder()
                .journal(journal())
                .signer(Wallets.ofPrivateKey(devnet.account(2).privateKey())));

        assertThat(failure(other.connect()))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(devnet.account(1).address().toLowerCase(Locale.ROOT))
                .hasMessageContaining("Let them end with that wallet");
        // Nothing is left open: the right wallet finds its task.
        WatchedJournal journal = journal();
        get(open(builder().journal(journal)).connect());
        assertThat(journal.unsettled()).extracting(JournalRecord::state).isEqualTo(List.of(TaskState.SENT));
    }

    @Test
    void twoClientsCannotUseOneJournal() throws Exception {
        start(quick());
        get(open(builder().journal(journal())).connect());

        CrynuxClient other = open(builder()
                .journal(journal())
                .signer(Wallets.ofPrivateKey(devnet.account(2).privateKey())));

        assertThat(failure(other.connect()))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("in use by another");
    }
}
