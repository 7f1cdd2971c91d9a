// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.error.TransactionRevertedException;
import io.crynux.client.error.TransactionTimeoutException;
import io.crynux.client.task.SdParameters;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.WaitFor;
import io.crynux.devnet.fault.Fault;
import io.crynux.testing.BrowserWallet;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A task that exists is gone on with, by its id or by its transaction, and nothing is paid for it again. */
@Tag("chain")
class ResumeOperationTest extends OperationTestSupport {

    @Test
    void aTaskThatIsUnderWayHereIsJoined() throws Exception {
        Exchange created =
                template.request("direct:created", e -> e.getMessage().setBody("a lighthouse"));

        Exchange out = ask("resume", created.getMessage().getHeader(CrynuxConstants.TASK_ID));

        assertThat(out.getException()).isNull();
        assertThat(images(out)).hasSize(2);
        assertThat(nonce()).as("paid once").isEqualTo(1);
    }

    @Test
    void aTaskOfAnotherProgramIsUploadedWithTheParametersOfTheBody() throws Exception {
        devnet.faults().relay().behind(Duration.ofMinutes(5)).during(Duration.ofSeconds(2));
        TaskResult left = elsewhere(devnet.account(0), WaitFor.CREATED);
        assertThat(relayHasParameters(1)).isFalse();

        Exchange out = template.request("direct:resume", e -> {
            e.getMessage()
                    .setBody(SdParameters.builder("a windmill")
                            .numImages(2)
                            .build()
                            .json());
            e.getMessage().setHeader(CrynuxConstants.TRANSACTION_HASH, left.transactionHash());
        });

        assertThat(out.getException()).isNull();
        assertThat(images(out)).hasSize(2);
        assertThat(out.getMessage().getHeader(CrynuxConstants.TASK_ID)).isEqualTo("1");
        assertThat(out.getMessage().getHeader(CrynuxConstants.FEE_PAID)).isEqualTo("30");
        assertThat(nonce()).as("paid once").isEqualTo(1);
    }

    @Test
    void whatTheWalletPaidForElsewhereGoesOnWithWhatWasPrepared() throws Exception {
        Exchange prepared =
                template.request("direct:prepare", e -> e.getMessage().setBody("What is lichen?"));
        String hash = BrowserWallet.send(
                devnet.rpcUrl(), devnet.account(0), json(prepared).path("transaction"));

        Exchange out = template.request("direct:resume", e -> {
            e.getMessage().setBody(prepared.getMessage().getBody());
            e.getMessage().setHeader(CrynuxConstants.TRANSACTION_HASH, hash);
        });

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody(String.class)).contains("lichen");
        assertThat(out.getMessage().getHeader(CrynuxConstants.TASK_KIND)).isEqualTo("gpt");
        assertThat(nonce()).as("paid once").isEqualTo(1);
    }

    @Test
    void aRevertedTransactionIsToldWithItsReason() throws Exception {
        Exchange prepared =
                template.request("direct:prepare", e -> e.getMessage().setBody("What is lichen?"));
        ObjectNode transaction = (ObjectNode) json(prepared).path("transaction");
        // Enough to be taken, and too little for createTask.
        transaction.put("gas", "0x30d40");
        String hash = BrowserWallet.send(devnet.rpcUrl(), devnet.account(0), transaction);

        Exchange out = template.request(
                "direct:resume", e -> e.getMessage().setHeader(CrynuxConstants.TRANSACTION_HASH, hash));

        assertThat(out.getException())
                .isInstanceOf(TransactionRevertedException.class)
                .hasMessageContaining("The fee of 30 CNX was not spent; the gas was");
    }

    @Test
    void otherParametersAreRefused() throws Exception {
        devnet.faults().relay().behind(Duration.ofMinutes(5));
        elsewhere(devnet.account(0), WaitFor.CREATED);

        Exchange out = template.request("direct:resume", e -> {
            e.getMessage().setBody("a lighthouse");
            e.getMessage().setHeader(CrynuxConstants.TASK_ID, 1);
        });

        assertThat(out.getException())
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining("The Relay does not return the parameters of task 1")
                .hasMessageContaining("Send the parameters that were paid for byte for byte");
    }

    @Test
    void aTaskWhoseSubmitterHasGivenUpIsWaitedForAgain() throws Exception {
        Fault pause = pauseNodes();
        Exchange timedOut = timedOut("direct:sd");

        CompletableFuture<Exchange> resumed = resumeUploaded();
        pause.end();

        Exchange out = resumed.get(20, TimeUnit.SECONDS);
        assertThat(out.getException()).isNull();
        assertThat(images(out)).hasSize(2);
        timedOut.setException(null);
        template.send("direct:sd", timedOut);
        assertThat(timedOut.getException())
                .as("a redelivery gets the result, too")
                .isNull();
        assertThat(nonce()).as("paid once").isEqualTo(1);
    }

    @Test
    void whoOnlyWaitsPaysForNoOtherAttempt() throws Exception {
        Fault pause = pauseNodes();
        devnet.faults().nodes().fail(3);
        timedOut("direct:sdTwice");

        CompletableFuture<Exchange> resumed = resumeUploaded();
        pause.end();

        assertThat(resumed.get(20, TimeUnit.SECONDS).getException()).isInstanceOf(TaskAbortedException.class);
        assertThat(nonce()).as("paid once").isEqualTo(1);
    }

    @Test
    void aResultThatDidNotComeInTimeIsDownloadedAfterAll() throws Exception {
        context.getComponent("crynux", CrynuxComponent.class).setMaxInFlight(1);
        Fault withheld = devnet.faults().relay().withholdResults();
        timedOut("direct:sd");
        withheld.end();

        Exchange next = template.request("direct:sd", e -> {
            e.getMessage().setBody("a windmill");
            e.getMessage().setHeader(CrynuxConstants.TASK_TIMEOUT, "20s");
        });
        assertThat(next.getException()).as("its place is free").isNull();
        assertThat(images(ask("resume", 1))).hasSize(2);
        assertThat(nonce()).as("each paid once").isEqualTo(2);
    }

    private Exchange timedOut(String route) {
        Exchange timedOut = template.request(route, e -> {
            e.getMessage().setBody("a lighthouse");
            e.getMessage().setHeader(CrynuxConstants.TASK_TIMEOUT, "3s");
        });
        assertThat(timedOut.getException()).isInstanceOf(TaskTimeoutException.class);
        return timedOut;
    }

    /** Task 1 is under way again. */
    private CompletableFuture<Exchange> resumeUploaded() {
        CompletableFuture<Exchange> resumed =
                template.asyncSend("direct:resume", e -> e.getMessage().setHeader(CrynuxConstants.TASK_ID, 1));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> json(ask("status", 1)).path("here").asText().equals("uploaded"));
        return resumed;
    }

    @Test
    void aTaskThatHasEndedWellGivesItsResult() throws Exception {
        elsewhere(devnet.account(0), WaitFor.RESULT);

        Exchange out = ask("resume", 1);

        assertThat(out.getException()).isNull();
        assertThat(images(out)).hasSize(2);
    }

    @Test
    void aTaskThatWasAbortedSaysSo() throws Exception {
        devnet.faults().nodes().fail(3);
        elsewhere(devnet.account(0), WaitFor.UPLOADED);

        Exchange out = ask("resume", 1);

        assertThat(out.getException(TaskAbortedException.class).reason()).isEqualTo("Task error reported");
        assertThat(out.getMessage().getHeader(CrynuxConstants.FEE_PAID)).isEqualTo("30");
    }

    @Test
    void aResumedTaskIsInTheJournalAndGoesOnWhenTheExchangeIsTold() throws Exception {
        devnet.faults().nodes().neverAnswer(3);
        elsewhere(devnet.account(0), WaitFor.UPLOADED);

        Exchange created = ask("resumeCreated", 1);

        assertThat(created.getException()).isNull();
        assertThat(json(ask("status", 1)).path("here").asText()).isIn("created", "uploaded");
        devnet.faults().clear();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> json(ask("status", 1)).path("state").asText().equals("succeeded"));
    }

    @Test
    void theRelayDoesNotGiveTheParametersOfATaskThatWaitsForNodes() throws Exception {
        pauseNodes();
        elsewhere(devnet.account(0), WaitFor.UPLOADED);

        assertThat(ask("resumeCreated", 1).getException())
                .hasMessageContaining(
                        "The Relay does not return the parameters of task 1 (The Relay returns a task only once"
                                + " its parameters are uploaded and its three nodes are selected. It answered:"
                                + " task_id: Task not ready)")
                .hasMessageContaining("resume the task once nodes work on it. Nothing was spent");
    }

    @Test
    void aTransactionThatNobodySentIsWaitedFor() {
        Exchange out = template.request("direct:resume", e -> {
            e.getMessage().setHeader(CrynuxConstants.TRANSACTION_HASH, "0x" + "ab".repeat(32));
            e.getMessage().setHeader(CrynuxConstants.TASK_TIMEOUT, "3s");
        });

        assertThat(out.getException())
                .isInstanceOf(TransactionTimeoutException.class)
                .hasMessageContaining("is not mined on this chain. It may still be mined");
    }
}
