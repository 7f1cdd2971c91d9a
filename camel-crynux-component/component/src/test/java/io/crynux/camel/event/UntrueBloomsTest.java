// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crynux.client.settings.LogSource;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.testing.LoggedMessages;
import io.crynux.testing.RpcProxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a node tells as the blooms of blocks, routes get their answers, and events come. Each case has a chain and wallets of
 * its own: the blocks of others would contradict its blooms.
 */
@Execution(ExecutionMode.CONCURRENT)
class UntrueBloomsTest {
    private static final List<String> BLOOMS =
            List.of("zeros", "missing", "null", "0x", "512 bytes", "20 bytes", "no hex", "another block's");
    private static final AtomicInteger ACCOUNTS = new AtomicInteger(1);

    @RegisterExtension
    final CrynuxDevnet devnet = CrynuxDevnet.builder()
            .blockTime(Duration.ofMillis(50))
            .relayLag(Duration.ofMillis(20))
            .workTime(Duration.ofMillis(20))
            .accounts(60)
            .build();

    private RpcProxy node;
    private String contextName;

    @BeforeEach
    void open() {
        node = RpcProxy.to(devnet.rpcUrl());
    }

    @AfterEach
    void close() {
        node.close();
    }

    /** Every block has that bloom. */
    private void bloom(String bloom) {
        for (String method : List.of("eth_getBlockByNumber", "eth_getBlockByHash")) {
            node.intercept(method, (params, usual) -> {
                ObjectNode answer = usual.get();
                JsonNode block = answer.get("result");
                if (block.isObject()) {
                    spoil((ObjectNode) block, bloom);
                }
                return answer;
            });
        }
    }

    private static void spoil(ObjectNode block, String bloom) {
        switch (bloom) {
            case "zeros" -> block.put("logsBloom", "0x" + "00".repeat(256));
            case "missing" -> block.remove("logsBloom");
            case "null" -> block.putNull("logsBloom");
            case "0x" -> block.put("logsBloom", "0x");
            case "512 bytes" -> block.put("logsBloom", "0x" + "00".repeat(512));
            case "20 bytes" -> block.put("logsBloom", "0x" + "00".repeat(20));
            case "no hex" -> block.put("logsBloom", "0x" + "zz".repeat(256));
            default -> block.set("logsBloom", new TextNode("0x" + "00".repeat(255) + "01"));
        }
    }

    private EventApplication.Told ask(LogSource source, String bloom, String events) throws Exception {
        bloom(bloom);
        EventApplication application = EventApplication.on(devnet)
                .component(crynux -> {
                    crynux.setRpcUrl(node.url());
                    crynux.setLogSource(source);
                    crynux.setPrivateKey(
                            devnet.account(ACCOUNTS.getAndIncrement()).privateKey());
                })
                .from(events);
        contextName = application.context().getName();
        try (application) {
            application.start();
            String task = application.task("answer");
            await().atMost(Duration.ofSeconds(20)).until(() -> application.told().stream()
                    .anyMatch(told -> told.taskId().equals(task) && told.event().equals("TaskSuccess")));
            return application.told().get(0);
        }
    }

    @ParameterizedTest
    @MethodSource("blooms")
    void answersAndEventsCome(LogSource source, String bloom) throws Exception {
        assertThat(ask(source, bloom, "crynux:events?creator=own")).isNotNull();
    }

    static Stream<Arguments> blooms() {
        return Stream.of(LogSource.values())
                .flatMap(source -> BLOOMS.stream().map(bloom -> Arguments.of(source, bloom)));
    }

    /** Without a payment of its own, and without eth_getLogs, nothing contradicts another block's bloom. */
    static Stream<Arguments> contradictedBlooms() {
        return blooms().filter(given -> !List.of(given.get()).equals(List.of(LogSource.RECEIPTS, "another block's")));
    }

    @ParameterizedTest
    @MethodSource("contradictedBlooms")
    void eventsOfOthersCome(LogSource source, String bloom) throws Exception {
        try (EventApplication creator = EventApplication.on(devnet)
                .component(crynux -> crynux.setPrivateKey(
                        devnet.account(ACCOUNTS.getAndIncrement()).privateKey()))
                .start()) {
            String before = creator.task("answer");
            bloom(bloom);
            try (EventApplication reader = EventApplication.on(devnet)
                    .component(crynux -> {
                        crynux.setPrivateKey(null);
                        crynux.setRpcUrl(node.url());
                        crynux.setLogSource(source);
                    })
                    .from("crynux:events?creator=any&startBlock=earliest")
                    .start()) {
                String after = creator.task("answer");
                await().atMost(Duration.ofSeconds(20)).until(() -> reader.what()
                        .containsAll(List.of("TaskSuccess " + before, "TaskSuccess " + after)));
                assertThat(reader.what()).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void thatBloomsAreUntrueIsToldOnce() throws Exception {
        try (LoggedMessages logged = new LoggedMessages("io.crynux.client.internal.evm")) {
            ask(LogSource.LOGS, "zeros", "crynux:events?creator=own");

            assertThat(logged.ofThreads("(" + contextName + ")").stream()
                            .filter(message -> message.contains("blooms are no longer trusted")))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("all zeros", "another rpcUrl");
        }
    }

    @Test
    void bloomsThatAreTrueAreBelieved() throws Exception {
        try (EventApplication application = EventApplication.on(devnet)
                .component(crynux -> {
                    crynux.setRpcUrl(node.url());
                    crynux.setPrivateKey(
                            devnet.account(ACCOUNTS.getAndIncrement()).privateKey());
                })
                .start()) {
            application.task("answer");
            int asked = node.calls("eth_getLogs").size();
            int looks = node.calls("eth_getBlockByNumber").size();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> node.calls("eth_getBlockByNumber").size() > looks + 20);

            assertThat(node.calls("eth_getLogs").size() - asked).isLessThan(10);
        }
    }
}
