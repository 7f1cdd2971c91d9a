// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.error.TransactionRevertedException;
import io.crynux.client.journal.FileTaskJournal;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.settings.WaitMethod;
import io.crynux.client.task.TaskState;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.ledger.Reorg;
import io.crynux.testing.ChainRecords;
import io.crynux.testing.OnDevnetChainOnly;
import io.crynux.testing.WatchedJournal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** With {@code waitMethod=poll}, blocks that are taken back and restarts cost no task and no second payment. */
@Tag("chain")
class PolledReorganisationTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    final CrynuxDevnet devnet = WaitMethodRoutes.network().build();

    @TempDir
    Path directory;

    private final List<JournalRecord> written = new CopyOnWriteArrayList<>();

    /** Blocks enough to be reverted, however soon a task is there. */
    @BeforeEach
    void makeBlocks() {
        for (int i = 0; i < 10; i++) {
            devnet.chain().mine();
        }
    }

    private WatchedJournal journal() {
        WatchedJournal journal = new WatchedJournal(
                new FileTaskJournal(directory.resolve("journal").toString()));
        journal.afterWrite(written::add);
        return journal;
    }

    private WaitMethodRoutes application(int finality) throws Exception {
        WatchedJournal journal = journal();
        return WaitMethodRoutes.on(devnet, WaitMethod.POLL, crynux -> {
            crynux.setPrivateKey(devnet.account(0).privateKey());
            crynux.setTaskJournal(journal);
            crynux.setFinality(Integer.toString(finality));
        });
    }

    private void reached(TaskState state) {
        await().atMost(SOON).until(() -> times(state) > 0);
    }

    private long times(TaskState state) {
        return written.stream().filter(record -> record.state() == state).count();
    }

    /** Takes back the block that created the task and all after it, without their transactions. */
    private void takeBackTheCreation() {
        BigInteger created = ChainRecords.createdIn(written.get(written.size() - 1));
        devnet.chain().pauseBlocks();
        long depth = devnet.chain().access().head().number() - created.longValue() + 1;
        devnet.chain().reorg(Reorg.of(Math.toIntExact(depth)).dropping());
        devnet.chain().resumeBlocks();
    }

    private Exchange get(CompletableFuture<Exchange> exchange) throws Exception {
        return exchange.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private void paidOnce() throws Exception {
        assertThat(CrynuxTestSupport.nonceOn(devnet)).isEqualTo(1);
    }

    @Test
    void aTaskWhoseCreationIsTakenBackIsFoundAgain() throws Exception {
        devnet.faults().nodes().pause();
        try (WaitMethodRoutes app = application(20)) {
            CompletableFuture<Exchange> pending = app.begin("gpt", "What is lichen?");
            reached(TaskState.CREATED);

            takeBackTheCreation();
            await().atMost(SOON).until(() -> times(TaskState.CREATED) > 1);
            devnet.faults().clear();

            assertThat(get(pending).getException()).isNull();
            paidOnce();
        }
    }

    @Test
    void aSuccessThatIsTakenBackIsToldAgain() throws Exception {
        devnet.faults().nodes().uploadLate(Duration.ofSeconds(2));
        try (WaitMethodRoutes app = application(50)) {
            CompletableFuture<Exchange> pending = app.begin("gpt", "What is lichen?");
            reached(TaskState.SUCCEEDED);

            devnet.chain().reorg(Reorg.of(10).pending());
            await().atMost(SOON).until(() -> times(TaskState.SUCCEEDED) > 1);

            assertThat(get(pending).getException()).isNull();
            paidOnce();
        }
    }

    @Test
    void anAbortionThatIsTakenBackIsNotToldUntilItIsFinal() throws Exception {
        try (WaitMethodRoutes app = application(12)) {
            CompletableFuture<Exchange> pending = app.begin("sd", WaitMethodRoutes.FAILING);
            reached(TaskState.UPLOADED);
            for (int i = 0; i < 3; i++) {
                devnet.chain().reorg(Reorg.of(4).pending());
            }

            assertThat(get(pending).getException()).isInstanceOf(TaskAbortedException.class);
            paidOnce();
        }
    }

    @Test
    @OnDevnetChainOnly("it counts the node's calls")
    void aRevertedPaymentThatIsDroppedIsSentAgain() throws Exception {
        devnet.chain().pauseBlocks();
        devnet.faults().nodes().busy();
        await().atMost(SOON).until(() -> {
            devnet.chain().mine();
            return devnet.nodes().stream().allMatch(node -> devnet.chain().nodeTask(node.address()) != 0);
        });
        try (WaitMethodRoutes app = application(4)) {
            CompletableFuture<Exchange> pending = app.begin("gpt", "What is lichen?", Map.of(CrynuxConstants.CAP, 0));
            reached(TaskState.SENT);
            devnet.chain().mine();
            await().atMost(SOON).until(() -> devnet.chain().rpcCounts().containsKey("eth_getTransactionReceipt"));
            devnet.chain().reorg(Reorg.of(1).dropping());
            devnet.chain().resumeBlocks();

            assertThat(get(pending).getException()).isInstanceOf(TransactionRevertedException.class);
            paidOnce();
        }
    }

    @Test
    void whatHappenedDuringARestartIsToldToWhoeverComesAgain() throws Exception {
        devnet.faults().nodes().fail(3);
        begunAndStopped(TaskState.UPLOADED);
        devnet.tasks().aborted("Task error reported");

        try (WaitMethodRoutes second = application(2)) {
            Exchange out = second.ask("keyed", "What is lichen?", Map.of("id", "17"));

            assertThat(out.getException()).isInstanceOf(TaskAbortedException.class);
            paidOnce();
        }
    }

    @Test
    void aTaskGoesOnAfterARestart() throws Exception {
        devnet.faults().nodes().pause();
        begunAndStopped(TaskState.UPLOADED);
        devnet.faults().clear();

        try (WaitMethodRoutes second = application(2)) {
            Exchange out = second.ask("keyed", "What is lichen?", Map.of("id", "17"));

            assertThat(out.getException()).isNull();
            assertThat(out.getMessage().getBody(String.class)).containsIgnoringCase("lichen");
            paidOnce();
        }
    }

    @Test
    void aPaymentThatAReorganisationDroppedDuringARestartIsSentAgain() throws Exception {
        devnet.faults().nodes().pause();
        begunAndStopped(TaskState.UPLOADED);
        takeBackTheCreation();
        devnet.faults().clear();

        try (WaitMethodRoutes second = application(2)) {
            assertThat(second.ask("keyed", "What is lichen?", Map.of("id", "17"))
                            .getException())
                    .isNull();
            paidOnce();
        }
    }

    private void begunAndStopped(TaskState state) throws Exception {
        try (WaitMethodRoutes first = application(2)) {
            first.begin("keyed", "What is lichen?", Map.of("id", "17"));
            reached(state);
        }
    }
}
