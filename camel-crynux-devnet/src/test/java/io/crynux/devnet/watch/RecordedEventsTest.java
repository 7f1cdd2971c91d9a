// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.chain.ChainAccess.EventLog;
import io.crynux.devnet.fake.TaskLogs;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logs of a real contract on a real EVM node. */
class RecordedEventsTest {
    private static List<TaskEvent> events(String recording) throws IOException {
        JsonNode file = new ObjectMapper()
                .readTree(RecordedEventsTest.class.getResourceAsStream("/recordings/" + recording + ".json"));
        List<TaskEvent> events = new ArrayList<>();
        for (JsonNode entry : file.path("entries")) {
            if (entry.path("label").asText().equals("all Task logs")) {
                for (JsonNode log : entry.at("/response/result")) {
                    List<String> topics = new ArrayList<>();
                    log.path("topics").forEach(topic -> topics.add(topic.asText()));
                    decode(new TaskLogs.Draft(topics, log.path("data").asText()), events);
                }
            }
        }
        return events;
    }

    private static void decode(TaskLogs.Draft log, List<TaskEvent> into) {
        TaskEventDecoder.decode(new EventLog("0x", log.topics(), log.data(), 1, "0x", "0x", 0))
                .ifPresent(into::add);
    }

    @Test
    void aSuccess() throws IOException {
        BigInteger id = BigInteger.ONE;
        String creator = "0xbcd4042de499d14e55001ccbb24a551f3b954096";
        String hash = "0x7908d36baee2c3bbd32e2c559045c9df4d72e30bb952a0038758673fad4b119a";
        String node1 = "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc";
        String node2 = "0x90f79bf6eb2c4f870365e785982e1f101e93b906";
        String node3 = "0x15d34aaf54267db7d7c367839aaf71a00a2c6a65";
        assertThat(events("01-sd-success"))
                .containsExactly(
                        new TaskEvent.Pending(
                                id,
                                0,
                                creator,
                                hash,
                                "0x9fa61bb11e31bb9414d66acc2048a49c6cbb2b4b4e618c7b94c4eb86de01e6c3"),
                        new TaskEvent.Started(id, 0, creator, node2, hash, BigInteger.ZERO),
                        new TaskEvent.Started(id, 0, creator, node1, hash, BigInteger.ONE),
                        new TaskEvent.Started(id, 0, creator, node3, hash, BigInteger.TWO),
                        new TaskEvent.CommitmentsReady(id),
                        new TaskEvent.NodeReleased(id, node1),
                        new TaskEvent.Success(id, "0x0102030405060708", node2),
                        new TaskEvent.NodeReleased(id, node3),
                        new TaskEvent.NodeReleased(id, node2),
                        new TaskEvent.ResultUploaded(id));
    }

    @Test
    void anAbort() throws IOException {
        assertThat(events("03-aborted-result-illegal"))
                .contains(new TaskEvent.Aborted(BigInteger.ONE, "Task result illegal"))
                .filteredOn(TaskEvent.NodeReleased.class::isInstance)
                .hasSize(3);
    }

    @Test
    void aSlashedNodeIsReleased() throws IOException {
        assertThat(events("09-node-slashed-third"))
                .contains(new TaskEvent.NodeReleased(BigInteger.ONE, "0x15d34aaf54267db7d7c367839aaf71a00a2c6a65"));
    }

    @Test
    void theDeploymentWithSevenArguments() throws IOException {
        assertThat(events("11-f0aa46b-sd-success")).hasSize(10);
    }

    @Test
    void earlyDeploymentsThatIndexedLess() {
        String node = "0x15d34aaf54267db7d7c367839aaf71a00a2c6a65";
        List<TaskEvent> events = new ArrayList<>();
        decode(TaskLogs.earlySuccess(7, new byte[] {1, 2}, node), events);
        decode(TaskLogs.earlyAborted(8, "Task Cancelled"), events);

        assertThat(events)
                .containsExactly(
                        new TaskEvent.Success(BigInteger.valueOf(7), "0x0102", node),
                        new TaskEvent.Aborted(BigInteger.valueOf(8), "Task Cancelled"));
    }
}
