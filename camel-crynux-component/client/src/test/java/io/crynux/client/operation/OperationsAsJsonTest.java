// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskState;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What routes get as the body of an operation, character by character. */
class OperationsAsJsonTest {
    private static final BigInteger ID = BigInteger.valueOf(7);
    private static final BigInteger FEE = new BigInteger("30500000000000000000");
    private static final BlockRef BLOCK = new BlockRef(BigInteger.valueOf(41), "0xb1");

    @Test
    void statusHasEveryFact() {
        TaskStatus status = new TaskStatus(
                ID.toString(),
                TaskStatus.State.SUCCEEDED,
                TaskKind.SD_FT_LORA,
                "0xc1",
                "0xh1",
                "0xt1",
                BLOCK,
                FEE,
                BigInteger.ZERO,
                List.of("0xn1", "0xn2"),
                Instant.parse("2026-11-30T10:00:00Z"),
                "0xn1",
                "0xr1",
                true,
                "Task Cancelled",
                "results uploaded",
                TaskState.TIMED_OUT,
                "a \"note\"");

        assertThat(status.json())
                .isEqualTo("{\"taskId\":\"7\",\"state\":\"succeeded\",\"kind\":\"sd-ft-lora\",\"creator\":\"0xc1\","
                        + "\"taskHash\":\"0xh1\",\"transactionHash\":\"0xt1\",\"blockNumber\":41,\"blockHash\":\"0xb1\","
                        + "\"fee\":\"30.5\",\"balance\":\"0\",\"nodes\":[\"0xn1\",\"0xn2\"],"
                        + "\"deadline\":\"2026-11-30T10:00:00Z\",\"resultNode\":\"0xn1\",\"resultHash\":\"0xr1\","
                        + "\"resultUploaded\":true,\"abortReason\":\"Task Cancelled\",\"relay\":\"results uploaded\","
                        + "\"here\":\"timed_out\",\"note\":\"a \\\"note\\\"\"}");
    }

    @Test
    void statusLeavesOutWhatIsNotKnown() {
        TaskStatus status = new TaskStatus(
                ID.toString(),
                TaskStatus.State.UNKNOWN,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                null);

        assertThat(status.json()).isEqualTo("{\"taskId\":\"7\",\"state\":\"unknown\"}");
    }

    @Test
    void cancelledTaskHasItsBlockAndRefund() {
        assertThat(new CancelledTask(ID.toString(), "0xc1", "0xt1", BLOCK, FEE).json())
                .isEqualTo(
                        "{\"taskId\":\"7\",\"state\":\"cancelled\",\"creator\":\"0xc1\",\"transactionHash\":\"0xt1\","
                                + "\"blockNumber\":41,\"blockHash\":\"0xb1\",\"refunded\":\"30.5\"}");
        assertThat(new CancelledTask(ID.toString(), null, "0xt1", null, null).json())
                .isEqualTo("{\"taskId\":\"7\",\"state\":\"sent\",\"transactionHash\":\"0xt1\"}");
    }

    @Test
    void preparedTaskHasAnUnsignedTransaction() {
        PreparedTask prepared = new PreparedTask(
                TaskKind.SD,
                "0xh1",
                "{\"prompt\":\"a cat\"}",
                "0xto",
                "0xdata",
                FEE,
                31_337,
                BigInteger.valueOf(1_500_000));

        assertThat(prepared.json())
                .isEqualTo("{\"transaction\":{\"to\":\"0xto\",\"data\":\"0xdata\",\"value\":\"0x1a745c467716a0000\","
                        + "\"gas\":\"0x16e360\",\"chainId\":\"0x7a69\"},\"kind\":\"sd\",\"taskHash\":\"0xh1\","
                        + "\"taskArgs\":\"{\\\"prompt\\\":\\\"a cat\\\"}\"}");
    }

    @Test
    void watchedTaskHasTheUploadThatItsCreatorSigns() {
        assertThat(watched("{\"a\":1}", false).json())
                .isEqualTo(
                        "{\"taskId\":\"7\",\"state\":\"created\",\"kind\":\"sd\",\"creator\":\"0xc1\",\"taskHash\":\"0xh1\","
                                + "\"transactionHash\":\"0xt1\",\"blockNumber\":41,\"blockHash\":\"0xb1\",\"fee\":\"30.5\","
                                + "\"relay\":{\"signer\":\"0xc1\",\"rule\":\"" + WatchedTask.RULE + "\","
                                + "\"upload\":{\"method\":\"POST\",\"path\":\"/v1/inference_tasks\","
                                + "\"text\":\"{\\\"task_args\\\":\\\"{\\\\\\\"a\\\\\\\":1}\\\",\\\"task_id\\\":7}\","
                                + "\"body\":{\"task_args\":\"{\\\"a\\\":1}\",\"task_id\":7}}}}");
    }

    @Test
    void watchedTaskSaysThatItsParametersAreMissing() {
        assertThat(watched(null, false).json())
                .endsWith("\"upload\":{\"method\":\"POST\",\"path\":\"/v1/inference_tasks\",\"missing\":"
                        + "\"the parameters that were paid for: send them as body to get the text to sign\"}}}");
    }

    @Test
    void watchedTaskHasTheDownloadsThatItsCreatorSigns() {
        assertThat(watched(null, true).json())
                .contains("\"state\":\"succeeded\"")
                .contains("\"fee\":\"30.5\",\"resultNode\":\"0xn1\",\"resultHash\":\"0x1111111111111111\",\"relay\":{")
                .endsWith("\"results\":[{\"method\":\"GET\",\"path\":\"/v1/inference_tasks/7/results/0\","
                        + "\"text\":\"{\\\"image_num\\\":\\\"0\\\",\\\"task_id\\\":7}\"}]}}");
    }

    @Test
    void statisticsHaveTheirPartsAsTheyAre() throws IOException {
        JsonNode nodes = new ObjectMapper().readTree("{\"all_nodes\":3,\"x\":1.50}");
        NetworkStatistics.ContractTotals totals =
                new NetworkStatistics.ContractTotals(ID, BigInteger.TWO, BigInteger.ONE);

        assertThat(new NetworkStatistics(null, nodes, null, totals, Map.of("tasks", "HTTP 500")).json())
                .isEqualTo("{\"nodes\":{\"all_nodes\":3,\"x\":1.5},\"contract\":{\"totalTasks\":7,"
                        + "\"totalSuccessTasks\":2,\"totalAbortedTasks\":1},\"problems\":{\"tasks\":\"HTTP 500\"}}");
        assertThat(new NetworkStatistics(nodes, null, null, null, Map.of()).json())
                .isEqualTo("{\"network\":{\"all_nodes\":3,\"x\":1.5}}");
    }

    private static WatchedTask watched(String taskArgs, boolean succeeded) {
        return new WatchedTask(
                ID,
                TaskKind.SD,
                "0xc1",
                "0xh1",
                "0xt1",
                BLOCK,
                FEE,
                taskArgs,
                succeeded,
                succeeded ? "0xn1" : null,
                succeeded ? "0x1111111111111111" : null);
    }
}
