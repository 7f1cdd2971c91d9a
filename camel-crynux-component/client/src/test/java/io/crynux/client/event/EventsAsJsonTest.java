// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events and positions as text, which routes and stores keep: it is the same, character by character, and read again. */
class EventsAsJsonTest {
    private static final BigInteger ID = BigInteger.valueOf(7);
    private static final BlockRef BLOCK = new BlockRef(BigInteger.valueOf(41), "0xb1");
    private static final TaskEvent.Origin ORIGIN = new TaskEvent.Origin("0xc1", 1);
    private static final String END =
            "\"chainId\":31337,\"contract\":\"0xcc\",\"blockNumber\":41,\"blockHash\":\"0xb1\","
                    + "\"transactionHash\":\"0xt1\",\"logIndex\":3}";

    static Stream<Arguments> events() {
        return Stream.of(
                Arguments.of(
                        new ContractEvent.Pending(ID, 1, "0xc1", "0xh1", "0xd1"),
                        "TaskPending",
                        "\"taskHash\":\"0xh1\",\"dataHash\":\"0xd1\","),
                Arguments.of(
                        new ContractEvent.Started(ID, 1, "0xc1", "0xn1", "0xh1", "0xd1", BigInteger.TWO),
                        "TaskStarted",
                        "\"selectedNode\":\"0xn1\",\"taskHash\":\"0xh1\",\"dataHash\":\"0xd1\",\"round\":\"2\","),
                Arguments.of(new ContractEvent.CommitmentsReady(ID), "TaskResultCommitmentsReady", ""),
                Arguments.of(
                        new ContractEvent.Succeeded(ID, "0xr1", "0xn1"),
                        "TaskSuccess",
                        "\"result\":\"0xr1\",\"resultNode\":\"0xn1\","),
                Arguments.of(new ContractEvent.ResultsUploaded(ID), "TaskResultUploaded", ""),
                Arguments.of(
                        new ContractEvent.Aborted(ID, "Task \"x\""), "TaskAborted", "\"reason\":\"Task \\\"x\\\"\","),
                Arguments.of(
                        new ContractEvent.NodePaid(ID, "0xn1", new BigInteger("1500000000000000000")),
                        "TaskNodeSuccess",
                        "\"nodeAddress\":\"0xn1\",\"feeWei\":\"1500000000000000000\",\"fee\":\"1.5\","),
                Arguments.of(new ContractEvent.NodeSlashed(ID, "0xn1"), "TaskNodeSlashed", "\"nodeAddress\":\"0xn1\","),
                Arguments.of(
                        new ContractEvent.NodeCancelled(ID, "0xn1"), "TaskNodeCancelled", "\"nodeAddress\":\"0xn1\","));
    }

    @ParameterizedTest
    @MethodSource("events")
    void isWrittenAndReadAgain(ContractEvent details, String name, String members) {
        TaskEvent event = event(details, ORIGIN);

        assertThat(event.toJson())
                .hasToString("{\"eventId\":\"31337:0xb1:3\",\"event\":\"" + name
                        + "\",\"removed\":false,\"taskId\":\"7\",\"kind\":\"gpt\",\"taskType\":1,\"creator\":\"0xc1\","
                        + members + END);
        assertThat(TaskEvent.parse(event.toJson().toString())).isEqualTo(event);
    }

    @Test
    void leavesOutTheOriginWhereItIsNotKnown() {
        TaskEvent event = event(new ContractEvent.Aborted(ID, "over"), null);

        assertThat(event.toJson())
                .hasToString(
                        "{\"eventId\":\"31337:0xb1:3\",\"event\":\"TaskAborted\",\"removed\":false,\"taskId\":\"7\","
                                + "\"reason\":\"over\"," + END);
        assertThat(TaskEvent.parse(event.toJson().toString())).isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a cat",
                "null",
                "[]",
                "{}",
                "{\"event\":\"TaskSuccess\",\"taskId\":\"7\"}",
                "{\"event\":\"Nothing\",\"taskId\":\"7\"}"
            })
    void refusesOtherText(String text) {
        assertThatThrownBy(() -> TaskEvent.parse(text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EventPosition.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void positionIsWrittenAndReadAgain() {
        TaskEvent event = event(new ContractEvent.Aborted(ID, "over"), null);
        EventPosition position = new EventPosition(
                BigInteger.valueOf(40), BigInteger.ONE, List.of(BLOCK), Map.of(ID, ORIGIN), List.of(event));

        assertThat(position.toText())
                .isEqualTo("{\"version\":1,\"block\":40,\"logIndex\":1,\"blocks\":[{\"number\":41,\"hash\":\"0xb1\"}],"
                        + "\"open\":{\"7\":{\"creator\":\"0xc1\",\"taskType\":1}},\"told\":[" + event.toJson() + "]}");
        assertThat(EventPosition.parse(position.toText())).isEqualTo(position);
    }

    @Test
    void emptyPositionIsWrittenAndReadAgain() {
        EventPosition position =
                new EventPosition(new BigInteger("9".repeat(30)), null, List.of(), Map.of(), List.of());

        assertThat(position.toText())
                .isEqualTo(
                        "{\"version\":1,\"block\":999999999999999999999999999999,\"blocks\":[],\"open\":{},\"told\":[]}");
        assertThat(EventPosition.parse(position.toText())).isEqualTo(position);
    }

    @Test
    void refusesThePositionOfAnotherVersion() {
        assertThatThrownBy(() -> EventPosition.parse("{\"version\":2,\"block\":1}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version");
    }

    private static TaskEvent event(ContractEvent details, TaskEvent.Origin origin) {
        return new TaskEvent(31_337, "0xcc", details, BLOCK, "0xt1", BigInteger.valueOf(3), origin, false);
    }
}
