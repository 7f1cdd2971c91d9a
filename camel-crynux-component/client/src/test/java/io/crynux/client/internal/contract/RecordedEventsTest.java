// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.event.ContractEvent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.web3j.protocol.core.methods.response.Log;

/** Every recorded log of the real contract is read as its recorder read it. */
class RecordedEventsTest {
    @SuppressWarnings("unused") // named by the tests' annotation
    private static final List<String> RECORDINGS = Recording.ALL;

    @ParameterizedTest
    @FieldSource("RECORDINGS")
    void everyLogIsReadAsRecorded(String name) {
        Recording recording = Recording.of(name);
        int[] read = {0};
        recording.receipts().forEach(receipt -> {
            List<Log> logs = Recording.logs(receipt);
            for (int i = 0; i < logs.size(); i++) {
                JsonNode decoded = receipt.get("decoded").get(i);
                Optional<ContractEvent> event = ContractEvents.read(logs.get(i));
                assertThat(event.map(RecordedEventsTest::describe))
                        .as("%s, log %s", receipt.get("label"), i)
                        .isEqualTo(expected(decoded));
                read[0]++;
            }
        });
        assertThat(read[0]).isPositive();
    }

    @Test
    void aLogOfTheSameEventThatCannotBeReadIsIgnored() {
        Log log = Recording.logs(
                        Recording.of("01-sd-success").receipts().findFirst().orElseThrow())
                .get(0);
        log.setData("0x1234");

        assertThat(ContractEvents.read(log)).isEmpty();
    }

    private static String describe(ContractEvent event) {
        if (event instanceof ContractEvent.Pending e) {
            return "TaskPending " + e.taskId() + " " + e.taskType() + " " + e.creator() + " " + e.taskHash() + " "
                    + e.dataHash();
        } else if (event instanceof ContractEvent.Started e) {
            return "TaskStarted " + e.taskId() + " " + e.taskType() + " " + e.creator() + " " + e.node() + " "
                    + e.taskHash() + " " + e.dataHash() + " " + e.round();
        } else if (event instanceof ContractEvent.CommitmentsReady e) {
            return "TaskResultCommitmentsReady " + e.taskId();
        } else if (event instanceof ContractEvent.Succeeded e) {
            return "TaskSuccess " + e.taskId() + " " + e.resultHash() + " " + e.resultNode();
        } else if (event instanceof ContractEvent.ResultsUploaded e) {
            return "TaskResultUploaded " + e.taskId();
        } else if (event instanceof ContractEvent.NodePaid e) {
            return "TaskNodeSuccess " + e.taskId() + " " + e.node() + " " + e.feeWei();
        } else if (event instanceof ContractEvent.NodeSlashed e) {
            return "TaskNodeSlashed " + e.taskId() + " " + e.node();
        } else if (event instanceof ContractEvent.NodeCancelled e) {
            return "TaskNodeCancelled " + e.taskId() + " " + e.node();
        } else {
            ContractEvent.Aborted e = (ContractEvent.Aborted) event;
            return "TaskAborted " + e.taskId() + " " + e.reason();
        }
    }

    private static Optional<String> expected(JsonNode decoded) {
        JsonNode args = decoded.get("args");
        String name = decoded.get("event").textValue();
        Stream<String> members =
                switch (name) {
                    case "TaskPending" -> Stream.of("taskId", "taskType", "creator", "taskHash", "dataHash");
                    case "TaskStarted" ->
                        Stream.of("taskId", "taskType", "creator", "selectedNode", "taskHash", "dataHash", "round");
                    case "TaskSuccess" -> Stream.of("taskId", "result", "resultNode");
                    case "TaskResultUploaded", "TaskResultCommitmentsReady" -> Stream.of("taskId");
                    case "TaskNodeSuccess" -> Stream.of("taskId", "nodeAddress", "fee");
                    case "TaskNodeSlashed", "TaskNodeCancelled" -> Stream.of("taskId", "nodeAddress");
                    case "TaskAborted" -> Stream.of("taskId", "reason");
                    default -> Stream.empty();
                };
        String text = members.map(member -> member(args, member)).reduce(name, (a, b) -> a + " " + b);
        return text.equals(name) ? Optional.empty() : Optional.of(text);
    }

    /** The recorder adds the role to an address: "0xAb... (alice)". */
    private static String member(JsonNode args, String name) {
        String value = args.get(name).asText();
        return value.startsWith("0x") && value.contains(" (")
                ? value.substring(0, value.indexOf(' ')).toLowerCase(Locale.ROOT)
                : value;
    }
}
