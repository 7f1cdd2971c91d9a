// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import static io.crynux.devnet.fake.TaskLogs.aborted;
import static io.crynux.devnet.fake.TaskLogs.pending;
import static io.crynux.devnet.fake.TaskLogs.started;
import static io.crynux.devnet.fake.TaskLogs.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.fake.FakeChain;
import io.crynux.devnet.fake.RelayCalls;
import io.crynux.devnet.fake.Signer;
import io.crynux.devnet.fake.TestRelay;
import io.crynux.devnet.result.ResultHash;
import io.crynux.devnet.result.TaskKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskReadingTest {
    private static final String GPT = "{\"model\":\"m\",\"messages\":[]}";

    private final TestRelay relay = new TestRelay();
    private final RelayCalls calls = relay.calls();
    private final Signer creator = Signer.number(1);
    private final Signer node = Signer.number(11);

    @AfterEach
    void close() {
        relay.close();
    }

    private void start() {
        relay.block(
                pending(5, 1, creator.address(), GPT),
                started(5, 1, creator.address(), node.address(), GPT, 0),
                started(5, 1, creator.address(), Signer.number(12).address(), GPT, 1),
                started(5, 1, creator.address(), Signer.number(13).address(), GPT, 2));
    }

    private int status() {
        return calls.task(creator, 5).json().path("data").path("status").asInt(-1);
    }

    @Test
    void theStatusFollowsTheTask() throws IOException {
        List<byte[]> files = List.of("{}".getBytes(StandardCharsets.UTF_8));
        start();
        calls.upload(creator, 5, GPT);
        assertThat(status()).isEqualTo(1);

        relay.block(success(5, ResultHash.of(TaskKind.GPT, files), node.address()));
        assertThat(status()).isEqualTo(3);

        assertThat(calls.uploadResults(node, 5, files).status()).isEqualTo(200);
        assertThat(status()).isEqualTo(4);
    }

    @Test
    void anAbortedTaskIsAborted() {
        start();
        calls.upload(creator, 5, GPT);
        relay.block(aborted(5, "Task Cancelled"));

        assertThat(status()).isEqualTo(2);
    }

    @Test
    void aTaskIsNotReadyBeforeItsUpload() {
        start();

        assertThat(calls.task(creator, 5).refusal()).isEqualTo("task_id: Task not ready");
    }

    @Test
    void aTaskThatWaitsForNodesIsNotReady() {
        relay.block(pending(5, 1, creator.address(), GPT));
        calls.upload(creator, 5, GPT);

        assertThat(calls.task(creator, 5).refusal()).isEqualTo("task_id: Task not ready");
    }

    @Test
    void aTaskThatEndedInTheQueueIsNeverReady() {
        relay.block(pending(5, 1, creator.address(), GPT));
        calls.upload(creator, 5, GPT);
        relay.block(aborted(5, "Task Cancelled"));

        assertThat(calls.task(creator, 5).refusal()).isEqualTo("task_id: Task not ready");
    }

    @Test
    void theVramLimitIsTold() {
        start();
        calls.upload(creator, 5, GPT);

        assertThat(calls.task(creator, 5).json().path("data").path("vram_limit").asLong())
                .isEqualTo(FakeChain.VRAM_LIMIT);
    }

    @Test
    void theNodesOfTheTaskReadItToo() {
        start();
        calls.upload(creator, 5, GPT);

        assertThat(calls.task(node, 5).status()).isEqualTo(200);
    }

    @Test
    void nobodyElseReadsIt() {
        start();
        calls.upload(creator, 5, GPT);

        assertThat(calls.task(Signer.number(2), 5).refusal()).isEqualTo("signature: Signer not allowed");
    }

    @Test
    void anUnknownTaskIsNotFound() {
        assertThat(calls.task(creator, 5).refusal()).isEqualTo("task_id: Task not found");
    }

    @Test
    void aTaskThatAReorgHasTakenBackIsNotFound() {
        relay.block(pending(5, 1, creator.address(), GPT));
        relay.reorg(1);

        assertThat(calls.task(creator, 5).refusal()).isEqualTo("task_id: Task not found");
    }

    @Test
    void missingQueryParametersAreNamed() {
        assertThat(calls.get("/v1/inference_tasks/5").refusal()).isEqualTo("timestamp: timestamp is required");
        assertThat(calls.get("/v1/inference_tasks/5?timestamp=1").refusal())
                .isEqualTo("signature: signature is required");
        assertThat(calls.get("/v1/inference_tasks/five?timestamp=1&signature=0x")
                        .refusal())
                .startsWith("task_id: ");
    }
}
