// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.task.WaitFor;
import io.crynux.devnet.fault.Fault;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The status of a task is told by contract, events, Relay and journal together, whoever created it. */
@Tag("chain")
class TaskStatusTest extends OperationTestSupport {

    @Test
    void aTaskIsQueuedThenRunningThenSucceeded() throws Exception {
        Fault pause = pauseNodes();
        Object id = created();

        JsonNode queued = json(ask("status", id));
        assertThat(queued.path("state").asText()).isEqualTo("queued");
        assertThat(queued.path("fee").asText()).isEqualTo("30");
        assertThat(queued.path("kind").asText()).isEqualTo("sd");
        assertThat(queued.path("creator").asText())
                .isEqualToIgnoringCase(devnet.account(0).address());
        assertThat(queued.has("deadline")).isFalse();
        // It follows the chain from behind.
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        json(ask("status", id)).path("relay").asText())
                .isEqualTo("unknown: The Relay returns a task only once its parameters are uploaded and its three"
                        + " nodes are selected. It answered: task_id: Task not ready"));

        Fault silence = devnet.faults().nodes().neverAnswer(3);
        pause.end();
        await().atMost(Duration.ofSeconds(20)).until(() -> state(id).equals("running"));
        JsonNode running = json(ask("status", id));
        assertThat(running.path("nodes")).hasSize(3);
        assertThat(running.path("deadline").asText()).endsWith("Z");
        assertThat(running.path("balance").asText()).isEqualTo("30");
        assertThat(running.path("here").asText()).isIn("created", "uploaded");

        silence.end();
        // The contract may say so before the event is seen, which has the result's hash.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> json(ask("status", id)).has("resultHash"));
        Exchange succeeded = ask("status", id);
        assertThat(json(succeeded).path("state").asText()).isEqualTo("succeeded");
        assertThat(json(succeeded).path("resultHash").asText()).hasSize(2 + 2 * 16);
        assertThat(succeeded.getMessage().getHeader(CrynuxConstants.RESULT_NODE))
                .isNotNull();
    }

    @Test
    void anAbortedTaskTellsWhy() throws Exception {
        devnet.faults().nodes().fail(3);
        Object id = created();

        await().atMost(Duration.ofSeconds(20)).until(() -> state(id).equals("aborted"));
        Exchange out = ask("status", id);
        assertThat(json(out).path("abortReason").asText()).isEqualTo("Task error reported");
        assertThat(out.getMessage().getHeader(CrynuxConstants.ABORT_REASON)).isEqualTo("Task error reported");
    }

    @Test
    void theRelayTellsOnlyOfOwnTasks() throws Exception {
        Object own = created();
        await().atMost(Duration.ofSeconds(20)).until(() -> state(own).equals("succeeded"));
        assertThat(json(ask("status", own)).path("relay").asText()).isNotEmpty();

        elsewhere(devnet.account(1), WaitFor.RESULT);
        JsonNode others = json(ask("status", 2));
        assertThat(others.path("state").asText()).isEqualTo("succeeded");
        assertThat(others.has("relay")).isFalse();
    }

    @Test
    void anIdThatWasNeverGivenIsUnknown() throws Exception {
        JsonNode unknown = json(ask("status", "99"));

        assertThat(unknown.path("state").asText()).isEqualTo("unknown");
        assertThat(unknown.path("note").asText()).isEqualTo("the contract has created 0 tasks so far");
    }

    private Object created() {
        return template.request("direct:created", e -> e.getMessage().setBody("a lighthouse"))
                .getMessage()
                .getHeader(CrynuxConstants.TASK_ID);
    }

    private String state(Object id) throws Exception {
        return json(ask("status", id)).path("state").asText();
    }
}
