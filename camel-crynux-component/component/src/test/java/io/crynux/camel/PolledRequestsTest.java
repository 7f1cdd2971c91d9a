// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.settings.WaitMethod;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.testing.RpcProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a method to wait asks of node and Relay is bounded; the log has the figures of the manual. */
class PolledRequestsTest {
    private static final Logger LOG = LoggerFactory.getLogger(PolledRequestsTest.class);
    private static final Duration INTERVAL = Duration.ofMillis(250);

    /** Two polls in a block; a step of the nodes' work takes two seconds. */
    private static CrynuxDevnet network() {
        return CrynuxDevnet.builder()
                .nodes(60)
                .lightNodes()
                .blockTime(Duration.ofMillis(500))
                .relayLag(Duration.ofMillis(100))
                .workTime(Duration.ofSeconds(2))
                .start();
    }

    @ParameterizedTest
    @CsvSource({"FOLLOW, 1", "POLL, 1", "FOLLOW, 20", "POLL, 20"})
    void theRequestsOfAPollDoNotGrowWithTheTasks(WaitMethod method, int tasks) throws Exception {
        try (CrynuxDevnet devnet = network();
                WaitMethodRoutes routes = WaitMethodRoutes.on(devnet, method, crynux -> {
                    crynux.setMaxInFlight(tasks);
                    crynux.setMaxUnstarted(tasks);
                    crynux.setMaxPendingTransactions(tasks);
                    crynux.setPollInterval(INTERVAL.toMillis());
                })) {
            Map<String, Long> node = new TreeMap<>(devnet.chain().rpcCounts());
            Map<String, Long> relay = relayCounts(devnet);
            long begin = System.nanoTime();
            List<CompletableFuture<Exchange>> pending = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                pending.add(routes.begin("gpt", "question " + i));
            }
            for (CompletableFuture<Exchange> exchange : pending) {
                assertThat(exchange.get(60, TimeUnit.SECONDS).getException()).isNull();
            }
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            Map<String, Long> asked = since(node, devnet.chain().rpcCounts());
            Map<String, Long> askedRelay = since(relay, relayCounts(devnet));
            LOG.info(
                    "{} tasks with {} in {} ms: JSON-RPC {} {}, Relay {} {}",
                    tasks,
                    method,
                    taken.toMillis(),
                    sum(asked),
                    asked,
                    sum(askedRelay),
                    askedRelay);

            long polls = taken.dividedBy(INTERVAL) + 2;
            long states = askedRelay.getOrDefault("GET /v1/inference_tasks/{task_id}", 0L);
            if (method == WaitMethod.FOLLOW) {
                assertThat(states).isZero();
            } else {
                assertThat(states).isPositive().isLessThanOrEqualTo(10 * polls);
                assertThat(asked.get("eth_getLogs")).isLessThanOrEqualTo(8 * polls);
            }
        }
    }

    @Test
    void noEventsAreReadWhileOnlyOthersHaveTasks() throws Exception {
        try (CrynuxDevnet devnet = WaitMethodRoutes.network().start();
                RpcProxy node = RpcProxy.to(devnet.rpcUrl());
                WaitMethodRoutes routes =
                        WaitMethodRoutes.on(devnet, WaitMethod.POLL, crynux -> crynux.setRpcUrl(node.url()));
                WaitMethodRoutes others = WaitMethodRoutes.on(devnet, WaitMethod.FOLLOW)) {
            assertThat(routes.ask("created", "What is lichen?").getException()).isNull();
            devnet.tasks().allSucceed();
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                int asked = node.calls("eth_call").size();
                assertThat(others.ask("gpt", "What is moss?").getException()).isNull();
                return node.calls("eth_call").size() == asked;
            });
            int events = node.calls("eth_getLogs").size();

            assertThat(others.ask("gpt", "What is moss?").getException()).isNull();

            assertThat(node.calls("eth_getLogs")).hasSize(events);
        }
    }

    private static Map<String, Long> relayCounts(CrynuxDevnet devnet) {
        Map<String, Long> counts = new TreeMap<>();
        devnet.relay()
                .requestCounts()
                .forEach((endpoint, byStatus) -> counts.put(
                        endpoint,
                        byStatus.values().stream().mapToLong(Long::longValue).sum()));
        return counts;
    }

    private static Map<String, Long> since(Map<String, Long> before, Map<String, Long> now) {
        Map<String, Long> more = new TreeMap<>(now);
        before.forEach((name, count) -> more.merge(name, -count, Long::sum));
        more.values().removeIf(count -> count == 0);
        return more;
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
