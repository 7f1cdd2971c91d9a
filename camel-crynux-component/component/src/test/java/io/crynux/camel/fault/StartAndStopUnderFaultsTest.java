// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.camel.CrynuxComponent;
import io.crynux.camel.QuickRelay;
import io.crynux.devnet.CrynuxDevnet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A CamelContext starts, or says why it does not, and stops, whatever the network does meanwhile; no exchange is left open. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartAndStopUnderFaultsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What the faults that take something are given. */
    private static final Map<String, String> ARGUMENTS = Map.ofEntries(
            Map.entry("rpc.respond", "{'status': 502}"),
            Map.entry("rpc.respondBody", "{'body': '{}'}"),
            Map.entry("rpc.respond429", "{'retryAfter': '60m'}"),
            Map.entry("rpc.slow", "{'delay': '60m'}"),
            Map.entry("rpc.lateLogs", "{'blocks': 3}"),
            Map.entry("rpc.missingLogs", "{'every': 1}"),
            Map.entry("rpc.respondError", "{'method': 'eth_getLogs', 'code': -32000, 'message': 'no logs'}"),
            Map.entry("rpc.respondResult", "{'method': 'eth_getBlockByNumber', 'json': 'null'}"),
            Map.entry("rpc.laggingReplica", "{'blocks': 3, 'every': 2}"),
            Map.entry("relay.respond", "{'status': 502}"),
            Map.entry("relay.respondBody", "{'body': '{}'}"),
            Map.entry("relay.respond429", "{'retryAfter': '60m'}"),
            Map.entry("relay.slow", "{'delay': '60m'}"),
            Map.entry("relay.behind", "{'lag': '60m'}"),
            Map.entry("relay.clockSkew", "{'seconds': 3600}"),
            Map.entry("relay.refuseTaskArgs", "{'why': 'no'}"),
            Map.entry("relay.lateResults", "{'delay': '60m'}"),
            Map.entry("nodes.cheat", "{'nodes': 2}"),
            Map.entry("nodes.fail", "{'nodes': 2}"),
            Map.entry("nodes.neverAnswer", "{'nodes': 3}"),
            Map.entry("nodes.uploadLate", "{'delay': '60m'}"),
            Map.entry("nodes.fullQueue", "{'fee': '1'}"));

    private static final int DEVNETS = 4;
    private static final long CHAIN_ID = 31_337;
    private static final Duration SOON = Duration.ofSeconds(20);

    /** A fault strikes everybody on its devnet, so that the tests that run side by side have one each. */
    private final BlockingQueue<CrynuxDevnet> devnets = new LinkedBlockingQueue<>();

    @BeforeAll
    void startNetworks() {
        for (int i = 0; i < DEVNETS; i++) {
            CrynuxDevnet devnet = CrynuxDevnet.builder()
                    .blockTime(Duration.ofMillis(50))
                    .relayLag(Duration.ofMillis(20))
                    .workTime(Duration.ofMillis(20))
                    .chainId(CHAIN_ID + i)
                    .start();
            for (int block = 0; block < 10; block++) {
                devnet.chain().mine();
            }
            devnets.add(devnet);
        }
    }

    @AfterAll
    void stopNetworks() {
        devnets.forEach(CrynuxDevnet::close);
    }

    private void giveBack(CrynuxDevnet devnet) {
        devnet.faults().clear();
        devnet.chain().resumeBlocks();
        devnets.add(devnet);
    }

    Stream<String> faults() throws IOException {
        JsonNode known = JSON.readTree(URI.create(devnets.element().relayUrl() + "/devnet/faults")
                        .toURL())
                .get("known");
        return Stream.concat(
                Stream.of("pauseBlocks"),
                StreamSupport.stream(known.spliterator(), false).map(JsonNode::textValue));
    }

    private static void begin(String fault, CrynuxDevnet devnet) throws Exception {
        if (fault.equals("pauseBlocks")) {
            devnet.chain().pauseBlocks();
            return;
        }
        ObjectNode body =
                (ObjectNode) JSON.readTree(ARGUMENTS.getOrDefault(fault, "{}").replace('\'', '"'));
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(devnet.relayUrl() + "/devnet/faults"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        body.put("fault", fault).toString()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static DefaultCamelContext context(CrynuxDevnet devnet) throws Exception {
        CrynuxComponent crynux = new CrynuxComponent();
        crynux.setRpcUrl(devnet.rpcUrl() + "," + devnet.webSocketUrl());
        crynux.setContractAddress(devnet.contractAddress());
        crynux.setRelayUrl(devnet.relayUrl());
        crynux.setPrivateKey(devnet.account(0).privateKey());
        crynux.getConfiguration().setTaskFee("30");
        crynux.setPollInterval(30);
        QuickRelay.of(crynux);
        crynux.setConnectTimeout(2_000);
        crynux.setRequestTimeout(1000);
        crynux.setFinality("2");
        crynux.setShutdownGrace(50);
        DefaultCamelContext context = new DefaultCamelContext();
        context.disableJMX();
        context.addComponent("crynux", crynux);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:gpt").to("crynux:gpt?taskTimeout=1h");
                from("crynux:events").to("log:events?level=DEBUG");
            }
        });
        return context;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    @Execution(ExecutionMode.CONCURRENT)
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aContextThatStartsUnderTheFaultStartsOrFailsAndStops(String fault) throws Exception {
        CrynuxDevnet devnet = devnets.take();
        try (DefaultCamelContext context = context(devnet)) {
            begin(fault, devnet);
            context.start();
        } catch (FailedToStartRouteException e) {
            assertThat(e).as("it says what is wrong").rootCause().isInstanceOf(Exception.class);
        } finally {
            giveBack(devnet);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    @Execution(ExecutionMode.CONCURRENT)
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aContextThatRunsIntoTheFaultStopsAndEndsItsExchanges(String fault) throws Exception {
        CrynuxDevnet devnet = devnets.take();
        List<CompletableFuture<Exchange>> exchanges = new ArrayList<>();
        try (DefaultCamelContext context = context(devnet)) {
            context.start();
            begin(fault, devnet);
            ProducerTemplate template = context.createProducerTemplate();
            for (int i = 0; i < 2; i++) {
                exchanges.add(
                        template.asyncSend("direct:gpt", e -> e.getMessage().setBody("What is lichen?")));
            }
            await().atMost(SOON)
                    .until(() -> context.getInflightRepository().size() == 2
                            || exchanges.stream().anyMatch(CompletableFuture::isDone));
        } finally {
            giveBack(devnet);
        }
        for (CompletableFuture<Exchange> exchange : exchanges) {
            assertThat(exchange.get(SOON.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        }
    }
}
