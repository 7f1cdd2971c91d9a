// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.CancelRefusedException;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.error.TransactionRevertedException;
import io.crynux.client.task.WaitFor;
import io.crynux.devnet.CrynuxDevnetBuilder;
import io.crynux.devnet.contract.ContractSettings;
import io.crynux.devnet.fault.Fault;
import io.crynux.testing.OnDevnetChainOnly;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A task is cancelled where the contract allows it; where it does not, the reason and the remedy are told and nothing is sent. */
@Tag("chain")
class CancelOperationTest extends OperationTestSupport {

    @Override
    CrynuxDevnetBuilder network() {
        return super.network().contract(ContractSettings.defaults().withQueueSize(2));
    }

    @Override
    void configure(CrynuxComponent crynux) {
        super.configure(crynux);
        crynux.setReplaceAfter(500);
    }

    @Test
    void aQueuedTaskIsCancelledAndItsFeeComesBack() throws Exception {
        pauseNodes();
        CompletableFuture<Exchange> waiting =
                template.asyncSend("direct:sd", e -> e.getMessage().setBody("a lighthouse"));
        await().atMost(Duration.ofSeconds(20)).until(() -> relayHasParameters(1));

        Exchange out = ask("cancel", "1");

        JsonNode cancelled = json(out);
        assertThat(cancelled.path("state").asText()).isEqualTo("cancelled");
        assertThat(out.getMessage().getHeader(CrynuxConstants.FEE_REFUNDED)).isEqualTo("30");
        assertThat(out.getMessage().getHeader(CrynuxConstants.ABORT_REASON)).isEqualTo("Task Cancelled");
        assertThat(nonce()).as("one payment, one cancellation").isEqualTo(2);
        assertThat(waiting.get(20, TimeUnit.SECONDS).getException(TaskAbortedException.class))
                .as("whoever waits for the task hears of it")
                .hasMessageContaining("Task Cancelled");
    }

    /** It gets lost on its way until the task has started. Then the parameters come, and all nodes fail. */
    @Test
    @OnDevnetChainOnly("it injects a fault into the node")
    void afterACancellationThatCameTooLateAnotherAttemptIsPaidAsEver() throws Exception {
        Fault pause = pauseNodes();
        devnet.faults().nodes().fail(3).times(1);
        Fault behind = devnet.faults().relay().behind(Duration.ofMinutes(1));
        CompletableFuture<Exchange> waiting =
                template.asyncSend("direct:sdTwice", e -> e.getMessage().setBody("a lighthouse"));
        await().atMost(Duration.ofSeconds(20)).until(() -> state(1).equals("queued"));
        Fault lost = devnet.faults().rpc().dropSent();
        CompletableFuture<Exchange> cancel =
                template.asyncSend("direct:cancel", e -> e.getMessage().setHeader(CrynuxConstants.TASK_ID, 1));
        await().atMost(Duration.ofSeconds(20)).until(() -> lost.hits() > 0);
        pause.end();
        await().atMost(Duration.ofSeconds(20)).until(() -> state(1).equals("running"));
        lost.end();

        assertThat(cancel.get(20, TimeUnit.SECONDS).getException()).isInstanceOf(TransactionRevertedException.class);
        behind.end();
        Exchange out = waiting.get(20, TimeUnit.SECONDS);
        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getHeader(CrynuxConstants.ATTEMPT)).isEqualTo(2);
        assertThat(nonce()).as("two payments, one cancellation").isEqualTo(3);
    }

    @Test
    void aRunningTaskCanBeCancelledOnlyAfterItsDeadline() throws Exception {
        devnet.faults().nodes().neverAnswer(3);
        template.request("direct:created", e -> e.getMessage().setBody("a lighthouse"));
        await().atMost(Duration.ofSeconds(20)).until(() -> state(1).equals("running"));

        CancelRefusedException refusal = ask("cancel", 1).getException(CancelRefusedException.class);

        assertThat(refusal.reason()).isEqualTo("Task has not exceeded the deadline yet");
        assertThat(refusal)
                .hasMessageContaining(
                        "it can be cancelled from " + refusal.cancellableFrom().orElseThrow());
        assertThat(nonce()).as("nothing was sent").isEqualTo(1);

        devnet.chain().advanceTime(Duration.ofMinutes(16));
        devnet.chain().mine();
        assertThat(json(ask("cancel", 1)).path("state").asText()).isEqualTo("cancelled");
    }

    @Test
    void aRunningTaskOfAnotherWalletIsNotOurs() throws Exception {
        devnet.faults().nodes().neverAnswer(3);
        elsewhere(devnet.account(1), WaitFor.UPLOADED);
        await().atMost(Duration.ofSeconds(20)).until(() -> state(1).equals("running"));
        devnet.chain().advanceTime(Duration.ofMinutes(16));
        devnet.chain().mine();

        assertThat(ask("cancel", 1).getException())
                .isInstanceOf(CancelRefusedException.class)
                .hasMessageContaining("Unauthorized to cancel task")
                .hasMessageContaining("only its creator " + lower(devnet.account(1)));
        assertThat(nonce()).isZero();
    }

    @Test
    void aQueuedTaskOfAnotherWalletIsCancelledForItsCreator() throws Exception {
        pauseNodes();
        elsewhere(devnet.account(1), WaitFor.CREATED);

        Exchange out = ask("cancel", 1);

        assertThat(json(out).path("creator").asText())
                .isEqualToIgnoringCase(devnet.account(1).address());
        assertThat(out.getMessage().getHeader(CrynuxConstants.FEE_REFUNDED))
                .as("it went to the creator")
                .isNull();
    }

    @Test
    void whatIsOverSaysHowItEnded() throws Exception {
        elsewhere(devnet.account(0), WaitFor.RESULT);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(ask("cancel", 1).getException())
                        .isInstanceOf(CancelRefusedException.class)
                        .hasMessageContaining("Task not exist")
                        .hasMessageContaining("it succeeded in block"));
        assertThat(ask("cancel", 7).getException()).hasMessageContaining("the contract has created 1 tasks so far");
    }

    @Test
    void anEvictedTaskIsGoneWithItsFee() throws Exception {
        pauseNodes();
        template.request("direct:created", e -> e.getMessage().setBody("a lighthouse"));
        for (int i = 0; i < 2; i++) {
            template.request("direct:created", e -> {
                e.getMessage().setBody("a windmill");
                e.getMessage().setHeader(CrynuxConstants.TASK_FEE, "40");
            });
        }

        assertThat(ask("cancel", 1).getException())
                .isInstanceOf(CancelRefusedException.class)
                .hasMessageContaining("evicted it in block")
                .hasMessageContaining("without a refund");
    }

    private String state(long taskId) throws Exception {
        return json(ask("status", taskId)).path("state").asText();
    }
}
