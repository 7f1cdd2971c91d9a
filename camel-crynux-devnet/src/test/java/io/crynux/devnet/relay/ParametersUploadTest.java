// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import static io.crynux.devnet.fake.TaskLogs.aborted;
import static io.crynux.devnet.fake.TaskLogs.pending;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.fake.RelayCalls;
import io.crynux.devnet.fake.Signer;
import io.crynux.devnet.fake.TestRelay;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

class ParametersUploadTest {
    private static final String SD =
            "{\"base_model\":{\"name\":\"crynux-network/sdxl-turbo\"},\"prompt\":\"a lighthouse\",\"task_config\":{}}";

    private final TestRelay relay = new TestRelay();
    private final RelayCalls calls = relay.calls();
    private final Signer creator = Signer.number(1);

    @AfterEach
    void close() {
        relay.close();
    }

    @Test
    void theCreatorUploadsAndHearsOfTheTask() {
        relay.block(pending(5, 0, creator.address(), SD));

        RelayCalls.Answer answer = calls.upload(creator, 5, SD);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("application/json");
        JsonNode json = answer.json();
        assertThat(json.path("message").asText()).isEqualTo("success");
        JsonNode data = json.path("data");
        assertThat(data.path("task_id").isIntegralNumber()).isTrue();
        assertThat(data.path("task_id").asLong()).isEqualTo(5);
        assertThat(data.path("task_args").asText()).isEqualTo(SD);
        assertThat(data.path("creator").asText()).isEqualTo(creator.address());
        assertThat(data.path("task_hash").asText())
                .isEqualTo(Numeric.toHexString(Hash.sha3(SD.getBytes(StandardCharsets.UTF_8))));
        assertThat(data.path("data_hash").asText()).isEqualTo("0x" + "0".repeat(64));
        assertThat(data.path("status").asInt()).isEqualTo(1);
        assertThat(data.path("task_type").asInt()).isZero();
    }

    @Test
    void aTaskThatTheRelayHasNotSeenIsNotFound() {
        assertThat(calls.upload(creator, 5, SD).refusal()).isEqualTo("task_id: Task not found on the Blockchain");
    }

    @Test
    void aSecondUploadIsRefused() {
        relay.block(pending(5, 0, creator.address(), SD));
        calls.upload(creator, 5, SD);

        assertThat(calls.upload(creator, 5, SD).refusal()).isEqualTo("task_id: Task already uploaded");
    }

    @Test
    void anAbortedTaskTakesNoUpload() {
        relay.block(pending(5, 0, creator.address(), SD), aborted(5, "Task Cancelled"));

        assertThat(calls.upload(creator, 5, SD).refusal()).isEqualTo("task_id: Task already uploaded");
    }

    @Test
    void oneByteOfDifferenceIsRefused() {
        relay.block(pending(5, 0, creator.address(), SD));

        assertThat(calls.upload(creator, 5, SD + " ").refusal()).isEqualTo("task_hash: Task hash mismatch");
    }

    @Test
    void aStrangerMustNotUpload() {
        relay.block(pending(5, 0, creator.address(), SD));

        assertThat(calls.upload(Signer.number(2), 5, SD).refusal()).isEqualTo("signature: Signer not allowed");
    }

    @Test
    void aSignatureThatIsTooOldIsRefused() {
        relay.block(pending(5, 0, creator.address(), SD));
        long old = RelayCalls.now() - 90;

        assertThat(calls.upload(5, SD, old, creator.sign("{}", old)).refusal())
                .isEqualTo("signature: Invalid signature");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0 | no json",
                "0 | []",
                "0 | null",
                "0 | {\"prompt\":\"p\",\"task_config\":{}}",
                "0 | {\"base_model\":{},\"prompt\":\"p\",\"task_config\":{}}",
                "0 | {\"base_model\":\"m\",\"prompt\":\"\",\"task_config\":{}}",
                "0 | {\"base_model\":\"m\",\"prompt\":\"p\"}",
                "0 | {\"base_model\":\"m\",\"prompt\":\"p\",\"task_config\":[]}",
                "1 | {\"model\":\"m\"}",
                "1 | {\"model\":\"\",\"messages\":[]}",
                "1 | {\"model\":\"m\",\"messages\":\"hello\"}",
                "0 | {\"base_model\":\"m\",\"prompt\":\"p\",\"task_config\":{\"cfg\":21}}",
                "2 | {\"model\":\"m\",\"dataset\":{},\"validation\":{},\"train_args\":{}}",
                "2 | {\"model\":{\"name\":\"m\"},\"dataset\":{\"url\":\"example.org/a\"},\"validation\":{},\"train_args\":{}}",
                "2 | {\"model\":{\"name\":\"m\"},\"dataset\":{\"url\":\"\"},\"validation\":{},\"train_args\":{}}",
                "2 | {\"model\":{\"name\":\"m\"},\"dataset\":{\"url\":7},\"validation\":{},\"train_args\":{}}",
            })
    void parametersThatNoRelayWouldTakeAreRefused(int type, String args) {
        relay.block(pending(5, type, creator.address(), args));

        assertThat(calls.upload(creator, 5, args).refusal()).startsWith("task_args: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0 | {\"base_model\":\"m\",\"prompt\":\" \",\"task_config\":{}}",
                "1 | {\"model\":\"m\",\"messages\":[]}",
                "2 | {\"model\":{\"name\":\"m\"},\"dataset\":{},\"validation\":{},\"train_args\":{}}",
                "2 | {\"model\":{\"name\":\"m\"},\"dataset\":{\"url\":null},\"validation\":{},\"train_args\":{}}",
                "2 | {\"model\":{\"name\":\"m\"},\"dataset\":{\"url\":\"a:b\"},\"validation\":{},\"train_args\":{}}",
                "0 | {\"base_model\":{\"name\":\"m\"},\"prompt\":\"p\",\"task_config\":{\"cfg\":0}}",
            })
    void theLeastParametersOfEachKindAreTaken(int type, String args) {
        relay.block(pending(5, type, creator.address(), args));

        assertThat(calls.upload(creator, 5, args).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "body | ",
                "body | {",
                "body | []",
                "task_id | {}",
                "task_id | {\"task_id\":\"5\",\"task_args\":\"\",\"timestamp\":1,\"signature\":\"\"}",
                "task_id | {\"task_id\":-5,\"task_args\":\"\",\"timestamp\":1,\"signature\":\"\"}",
                "timestamp | {\"task_id\":5,\"task_args\":\"\",\"timestamp\":\"1\",\"signature\":\"\"}",
                "task_args | {\"task_id\":5,\"task_args\":{},\"timestamp\":1,\"signature\":\"\"}",
                "signature | {\"task_id\":5,\"task_args\":\"\",\"timestamp\":1}",
            })
    void malformedRequestsAreRefused(String field, String body) {
        String sent = body == null ? "" : body;
        RelayCalls.Answer answer =
                calls.post("/v1/inference_tasks", "application/json", sent.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.refusal()).startsWith(field + ": ");
    }
}
