// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.settings.LogSource;
import io.crynux.client.settings.WaitMethod;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.testing.RpcProxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * While the chain cannot be read no route pays, what it has paid is looked after, and all goes on when the node is
 * sane. Each case has a chain and a wallet of its own, so that no other is in its blocks and in its way.
 */
@Execution(ExecutionMode.CONCURRENT)
class UnreadableChainTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SHORT = "1500ms";
    private static final AtomicInteger ACCOUNTS = new AtomicInteger();

    @RegisterExtension
    final CrynuxDevnet devnet = CrynuxDevnet.builder()
            .blockTime(Duration.ofMillis(50))
            .relayLag(Duration.ofMillis(20))
            .workTime(Duration.ofMillis(20))
            .accounts(50)
            .build();

    private final DefaultCamelContext context = new DefaultCamelContext();
    private RpcProxy node;
    private ProducerTemplate template;

    private record Blindness(
            String name, Consumer<CrynuxComponent> options, Consumer<RpcProxy> fault, String method, String words) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Blindness refused(
            String name, Consumer<CrynuxComponent> options, String method, int code, String message, String words) {
        return new Blindness(
                name,
                options,
                proxy -> proxy.intercept(method, (params, usual) -> RpcProxy.error(code, message)),
                method,
                words);
    }

    private static void byReceipts(CrynuxComponent crynux) {
        crynux.setLogSource(LogSource.RECEIPTS);
    }

    private static void polling(CrynuxComponent crynux) {
        crynux.setWaitMethod(WaitMethod.POLL);
    }

    private static void following(CrynuxComponent crynux) {}

    static Stream<Blindness> blindnesses() {
        return Stream.of(
                refused(
                        "eth_getLogs refused by plan",
                        UnreadableChainTest::following,
                        "eth_getLogs",
                        -32000,
                        "disabled on this plan",
                        "disabled on this plan"),
                refused(
                        "no eth_getLogs at all",
                        UnreadableChainTest::following,
                        "eth_getLogs",
                        -32601,
                        "the method eth_getLogs does not exist",
                        "logSource=receipts"),
                new Blindness(
                        "eth_getLogs refused by block hash only",
                        UnreadableChainTest::following,
                        proxy -> proxy.intercept(
                                "eth_getLogs",
                                (params, usual) -> params.get(0).has("blockHash")
                                        ? RpcProxy.error(-32602, "blockHash is not supported")
                                        : usual.get()),
                        "eth_getLogs",
                        "waitMethod=poll"),
                new Blindness(
                        "eth_getLogs answers with nonsense",
                        UnreadableChainTest::following,
                        proxy -> proxy.intercept("eth_getLogs", (params, usual) -> RpcProxy.result("nonsense")),
                        "eth_getLogs",
                        "not a list of logs"),
                new Blindness(
                        "parent hashes that do not fit",
                        UnreadableChainTest::following,
                        proxy -> blocks(proxy, "parentHash", value -> "0xfeedface" + value.substring(10)),
                        "eth_getBlockByNumber",
                        "another rpcUrl"),
                new Blindness(
                        "parent hashes that are missing",
                        UnreadableChainTest::following,
                        proxy -> blocks(proxy, "parentHash", value -> "0x"),
                        "eth_getBlockByNumber",
                        "another rpcUrl"),
                new Blindness(
                        "hashes of another chain",
                        UnreadableChainTest::following,
                        UnreadableChainTest::anotherChain,
                        "eth_getBlockByNumber",
                        "different chain"),
                refused(
                        "headers refused",
                        UnreadableChainTest::following,
                        "eth_getBlockByNumber",
                        -32000,
                        "archive plan needed",
                        "archive plan needed"),
                new Blindness(
                        "receipts refused, which are the source",
                        UnreadableChainTest::byReceipts,
                        proxy -> {
                            proxy.intercept("eth_getBlockReceipts", (params, usual) -> RpcProxy.error(-32000, "no"));
                            proxy.intercept(
                                    "eth_getTransactionReceipt", (params, usual) -> RpcProxy.error(-32000, "no"));
                        },
                        "eth_getBlockReceipts",
                        "another rpcUrl"),
                refused(
                        "receipts refused, which payments need",
                        UnreadableChainTest::following,
                        "eth_getTransactionReceipt",
                        -32601,
                        "Method not found",
                        "another rpcUrl"),
                refused(
                        "eth_getLogs refused while tasks are asked for",
                        UnreadableChainTest::polling,
                        "eth_getLogs",
                        -32000,
                        "disabled on this plan",
                        "waitMethod=follow"),
                refused(
                        "receipts refused while tasks are asked for",
                        UnreadableChainTest::polling,
                        "eth_getTransactionReceipt",
                        -32601,
                        "Method not found",
                        "another rpcUrl"));
    }

    /** Each block has another value there. */
    private static void blocks(RpcProxy proxy, String field, UnaryOperator<String> change) {
        proxy.intercept("eth_getBlockByNumber", (params, usual) -> {
            ObjectNode answer = usual.get();
            JsonNode block = answer.get("result");
            if (block.isObject()) {
                ((ObjectNode) block).put(field, change.apply(block.path(field).asText()));
            }
            return answer;
        });
    }

    /** Blocks follow each other, and are none of those that were read. */
    private static void anotherChain(RpcProxy proxy) {
        proxy.intercept("eth_getBlockByNumber", (params, usual) -> {
            ObjectNode answer = usual.get();
            JsonNode block = answer.get("result");
            for (String field : new String[] {"hash", "parentHash"}) {
                if (block.isObject()) {
                    ((ObjectNode) block)
                            .put(
                                    field,
                                    "0xfeedface" + block.path(field).asText().substring(10));
                }
            }
            return answer;
        });
        proxy.intercept("eth_getLogs", (params, usual) -> RpcProxy.result(new Object[0]));
        proxy.intercept("eth_getTransactionReceipt", (params, usual) -> RpcProxy.result(null));
    }

    @BeforeEach
    void openNode() {
        node = RpcProxy.to(devnet.rpcUrl());
    }

    private void start(Consumer<CrynuxComponent> options) throws Exception {
        CrynuxComponent crynux = new CrynuxComponent();
        crynux.setRpcUrl(node.url());
        crynux.setContractAddress(devnet.contractAddress());
        crynux.setRelayUrl(devnet.relayUrl());
        crynux.setPrivateKey(devnet.account(ACCOUNTS.getAndIncrement()).privateKey());
        crynux.getConfiguration().setTaskFee("30");
        crynux.setPollInterval(30);
        QuickRelay.of(crynux);
        crynux.setFinality("2");
        crynux.setShutdownGrace(50);
        options.accept(crynux);
        context.disableJMX();
        context.addComponent("crynux", crynux);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:gpt").to("crynux:gpt?taskTimeout=20s");
            }
        });
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        context.stop();
        node.close();
    }

    private CompletableFuture<Exchange> ask(String timeout) {
        return template.asyncSend("direct:gpt", exchange -> {
            exchange.getMessage().setBody("What is lichen?");
            exchange.getMessage().setHeader(CrynuxConstants.TASK_TIMEOUT, timeout);
        });
    }

    private static Exchange end(CompletableFuture<Exchange> exchange) throws Exception {
        return exchange.get(SOON.toSeconds() * 2, TimeUnit.SECONDS);
    }

    private void awaitNodeThatIsDown() {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(SOON)
                .until(() -> HealthCheckHelper.invokeReadiness(context, "full").stream()
                        .filter(result -> result.getCheck().getId().equals("crynux-rpc"))
                        .anyMatch(result -> result.getState() == HealthCheck.State.DOWN));
    }

    private void release(Blindness blindness) {
        node.release(blindness.method());
        node.release("eth_getLogs");
        node.release("eth_getTransactionReceipt");
    }

    @ParameterizedTest
    @MethodSource("blindnesses")
    void nothingIsSignedUntilItCanBeReadAgain(Blindness blindness) throws Exception {
        start(blindness.options());
        blindness.fault().accept(node);
        if (blindness.name().contains("hashes")) {
            // No probe of the node finds these: some looks at the chain do.
            awaitNodeThatIsDown();
        }

        for (int i = 0; i < 2; i++) {
            assertThat(end(ask(SHORT)).getException())
                    .isInstanceOf(TaskTimeoutException.class)
                    .hasMessageContaining("Nothing was spent")
                    .hasMessageContaining(blindness.words());
        }
        assertThat(node.sentTransactions()).isEmpty();

        release(blindness);
        Exchange out = end(ask("20s"));
        assertThat(out.getException()).isNull();
        assertThat(node.sentTransactions()).hasSize(1);
    }

    static Stream<Blindness> lasting() {
        // A payment that is not reverted is found by its event.
        return blindnesses().filter(blindness -> !blindness.name().equals("receipts refused, which payments need"));
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void whatWasPaidBeforeIsLookedAfterAndEnds(Blindness blindness) throws Exception {
        start(blindness.options());
        node.intercept("eth_sendRawTransaction", (params, usual) -> {
            ObjectNode answer = usual.get();
            blindness.fault().accept(node);
            return answer;
        });

        CompletableFuture<Exchange> paid = ask("40s");
        await().atMost(SOON).until(() -> !node.sentTransactions().isEmpty());
        node.release("eth_sendRawTransaction");
        awaitNodeThatIsDown();
        for (int i = 0; i < 2; i++) {
            assertThat(end(ask(SHORT)).getException())
                    .isInstanceOf(TaskTimeoutException.class)
                    .hasMessageContaining("Nothing was spent");
        }
        assertThat(node.sentTransactions()).hasSize(1);

        release(blindness);
        Exchange out = end(paid);
        assertThat(out.getException()).isNull();
        assertThat(end(ask("20s")).getException()).isNull();
        assertThat(node.sentTransactions()).hasSize(2);
    }

    /** The node has the payment's receipt, so that its logs are somewhere. */
    @Test
    void logsThatAreKeptBackForLongEndThePaying() throws Exception {
        start(crynux -> {});
        node.intercept("eth_getLogs", (params, usual) -> RpcProxy.result(List.of()));
        CompletableFuture<Exchange> paid = ask("40s");
        awaitNodeThatIsDown();

        assertThat(end(ask(SHORT)).getException())
                .isInstanceOf(TaskTimeoutException.class)
                .hasMessageContaining("Nothing was spent")
                .hasMessageContaining("Set logSource=receipts, or use another rpcUrl");
        assertThat(node.sentTransactions()).hasSize(1);

        node.release("eth_getLogs");
        assertThat(end(paid).getException()).isNull();
        assertThat(end(ask("20s")).getException()).isNull();
    }

    @Test
    void aNodeThatRefusesFromTheBeginningIsNamedAtStart() throws Exception {
        node.intercept("eth_getLogs", (params, usual) -> RpcProxy.error(-32000, "disabled on this plan"));

        assertThatThrownBy(() -> start(crynux -> {}))
                .hasRootCauseMessage("eth_getLogs failed: disabled on this plan (code -32000)")
                .hasStackTraceContaining("does not report the logs of a range of blocks")
                .hasStackTraceContaining("Use logSource=receipts or another rpcUrl");
    }
}
