// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.relaynet.RelayClient.Order;
import io.crynux.devnet.relaynet.node.RelayNodeFaults;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import io.crynux.devnet.relaynet.task.RelayTask;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Groups of three, where each task is sampled: the rows of relay.md, sections 5.3 and 7.1. */
class GroupsTest {
    private final RelayTestNetwork test =
            new RelayTestNetwork(RelayNetworkSettings.defaults().withSamplingModulus(1), 6);
    private final RelayNetwork network = test.network();
    private final RelayClient client = test.client(1);
    private final Order first = client.text("Who are you?");
    private final Order second = first.sibling();
    private final Order third = first.sibling();

    @AfterEach
    void close() {
        test.close();
    }

    /** Status of each member, with the abort reason if there is one. */
    private List<String> ends() {
        return Stream.of(first, second, third)
                .map(order -> network.task(order.commitment()).orElseThrow())
                .map(GroupsTest::end)
                .sorted()
                .toList();
    }

    private static String end(RelayTask task) {
        int reason = task.abortReason().code();
        return task.status().code() + (reason == 0 ? "" : "/" + reason);
    }

    private static Arguments row(
            String name, Consumer<RelayNodeFaults> faults, int cancelled, String balance, String... ends) {
        return Arguments.of(name, faults, cancelled, balance, List.of(ends));
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                row("three equal", nodes -> {}, 0, "9995", "10", "10", "11"),
                row("one other", nodes -> nodes.cheat().times(1), 0, "9990", "10", "11", "7"),
                row("one error", nodes -> nodes.error().times(1), 0, "9990", "10", "11", "7"),
                row("two errors", nodes -> nodes.error().times(2), 0, "9995", "7", "9/3", "9/3"),
                row("no two equal", nodes -> nodes.cheat().times(2), 0, "10000", "9/3", "9/3", "9/3"),
                row("two the same wrong result", nodes -> nodes.collude().times(2), 0, "9990", "10", "11", "7"),
                row("one cancelled", nodes -> {}, 1, "9995", "10", "11", "9/7"),
                row("one cancelled, one other", nodes -> nodes.cheat().times(1), 1, "10000", "9/3", "9/3", "9/7"),
                row("one cancelled, two errors", nodes -> nodes.error().times(2), 1, "10000", "9/3", "9/3", "9/7"),
                row("two cancelled", nodes -> {}, 2, "10000", "9/5", "9/7", "9/7"),
                row("two cancelled, one error", nodes -> nodes.error().times(1), 2, "10000", "9/5", "9/7", "9/7"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void endsAndMoney(String name, Consumer<RelayNodeFaults> faults, int cancelled, String balance, List<String> ends) {
        List<Order> members = List.of(first, second, third);
        members.forEach(client::create);
        // The first may be among them: its proof counts all the same.
        members.subList(0, cancelled).forEach(client::cancel);
        faults.accept(network.faults().nodes());
        network.advance(Duration.ofSeconds(5));

        assertThat(client.validate(first, third, second).outcome()).isEqualTo("200");
        network.advance(Duration.ofSeconds(1));

        assertThat(ends()).as(name).containsExactlyElementsOf(ends);
        assertThat(client.shownBalance()).isEqualTo(balance);
    }

    @Test
    void theFastestOfEqualOnesUploads() {
        Stream.of(first, second, third).forEach(client::create);
        network.faults()
                .nodes()
                .script((task, usual) ->
                        task.commitment().equals(third.commitment()) ? usual : usual.working(Duration.ofSeconds(2)));
        network.advance(Duration.ofSeconds(5));
        client.validate(first, second, third);
        assertThat(client.status(third)).isEqualTo(6);
        network.advance(Duration.ofSeconds(1));
        assertThat(client.status(third)).isEqualTo(11);
        assertThat(client.result(third, "0").status()).isEqualTo(200);
        assertThat(client.result(first, "0").outcome()).isEqualTo("400 task_id: Task results not uploaded");
    }

    @Test
    void threeErrorsAreRefusedEachTimeAndTheBalanceShowsTooMuchUntilARestart() {
        network.faults().nodes().error();
        Stream.of(first, second, third).forEach(client::create);
        network.advance(Duration.ofSeconds(5));

        assertThat(client.validate(first, second, third).outcome()).isEqualTo("500 illegal previous task status");
        assertThat(client.shownBalance()).isEqualTo("9995");
        assertThat(client.validate(first, second, third).outcome()).isEqualTo("500 illegal previous task status");
        assertThat(client.shownBalance()).isEqualTo("10005");
        assertThat(ends()).containsExactly("3", "3", "3");

        network.restart();
        assertThat(client.shownBalance()).isEqualTo("9985");
    }

    @Test
    void threeErrorsAreRescuedWithFreshMembers() {
        network.faults().nodes().error();
        Stream.of(first, second, third).forEach(client::create);
        network.advance(Duration.ofSeconds(5));
        network.faults().nodes().pause();
        Order fresh = first.sibling();
        Order fresher = first.sibling();
        Stream.of(fresh, fresher).forEach(client::create);
        Stream.of(fresh, fresher).forEach(client::cancel);

        assertThat(client.validate(first, fresh, fresher).outcome()).isEqualTo("200");

        assertThat(end(network.task(first.commitment()).orElseThrow())).isEqualTo("9/5");
    }

    @Test
    void aMemberThatRunsIsTooEarlyAndAFirstThatExpiredIsTooLate() {
        network.faults().nodes().slow(Duration.ofSeconds(20)).times(1);
        Stream.of(first, second, third).forEach(client::create);
        network.advance(Duration.ofSeconds(5));
        assertThat(client.validate(first, second, third).outcome()).isEqualTo("500 illegal task state");

        network.advance(Duration.ofMinutes(11));
        assertThat(client.validate(first, second, third).outcome()).isEqualTo("500 task group validation expired");
    }

    @Test
    void aMemberGivenTwiceIsRefused() {
        Stream.of(first, second).forEach(client::create);
        network.advance(Duration.ofSeconds(5));
        assertThat(client.validate(first, second, second).outcome()).isEqualTo("500 task group records are incomplete");
        assertThat(client.validate(first, second, third).outcome()).isEqualTo("500 record not found");
        assertThat(client.validate(first).outcome()).isEqualTo("500 task is selected for validation");
    }

    @Test
    void theShareOfEachNodeFollowsItsSpeed() {
        Stream.of(first, second, third).forEach(client::create);
        network.advance(Duration.ofSeconds(5));
        client.validate(first, second, third);
        network.advance(Duration.ofSeconds(1));

        // 10, 5 and 2 of 17 parts of 5 CNX; what is left by rounding goes to the fastest.
        assertThat(network.nodes())
                .extracting(node -> network.balance(node.address()).longValue())
                .filteredOn(share -> share > 0)
                .containsExactlyInAnyOrder(
                        2_941_176_470_588_235_295L, 1_470_588_235_294_117_647L, 588_235_294_117_647_058L);
    }
}
