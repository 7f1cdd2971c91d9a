// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.TransactionTimeoutException;
import io.crynux.client.journal.FileTaskJournal;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.testing.RpcProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck.Result;
import org.apache.camel.health.HealthCheck.State;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.crypto.TransactionDecoder;

/** The pool counts a transaction that it then has no more: the nonce that is missing is told, and the gap is closed. */
class MissingNonceTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String PROMPT = "What is lichen?";

    @RegisterExtension
    final CrynuxDevnet devnet = CrynuxDevnet.builder()
            .blockTime(Duration.ofMillis(100))
            .relayLag(Duration.ofMillis(50))
            .workTime(Duration.ofMillis(50))
            .build();

    @TempDir
    Path directory;

    private final AtomicBoolean ghost = new AtomicBoolean(true);
    private RpcProxy node;
    private CamelContext context;

    @BeforeEach
    void haunt() {
        node = RpcProxy.to(devnet.rpcUrl()).intercept("eth_getTransactionCount", (params, real) -> {
            var answer = real.get();
            if (ghost.get() && params.get(1).asText().equals("pending")) {
                answer.put(
                        "result",
                        "0x" + Long.toHexString(Long.decode(answer.get("result").asText()) + 1));
            }
            return answer;
        });
    }

    @AfterEach
    void stop() {
        context.stop();
        node.close();
    }

    private void start(Consumer<CrynuxComponent> options) throws Exception {
        context = new DefaultCamelContext();
        CrynuxComponent crynux = new CrynuxComponent();
        crynux.setRpcUrl(node.url());
        crynux.setContractAddress(devnet.contractAddress());
        crynux.setRelayUrl(devnet.relayUrl());
        crynux.setPrivateKey(devnet.account(0).privateKey());
        crynux.getConfiguration().setTaskFee("30");
        crynux.setPollInterval(50);
        QuickRelay.of(crynux);
        crynux.setFinality("2");
        crynux.setShutdownGrace(100);
        crynux.setReplaceAfter(200);
        crynux.setTaskJournal(new FileTaskJournal(directory.resolve("journal").toString()));
        options.accept(crynux);
        context.addComponent("crynux", crynux);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:ask").to("crynux:gpt");
            }
        });
        context.start();
    }

    private CompletableFuture<Exchange> ask() {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(PROMPT);
        return context.createProducerTemplate().asyncSend("direct:ask", exchange);
    }

    private static void assertAnswered(CompletableFuture<Exchange> future) throws Exception {
        Exchange out = future.get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody(String.class)).containsIgnoringCase("lichen");
    }

    private Result lane() {
        return HealthCheckHelper.invokeReadiness(context, "full").stream()
                .filter(result -> result.getCheck().getId().equals("crynux-lane"))
                .findFirst()
                .orElseThrow();
    }

    private boolean hasSent(int nonce) {
        return node.sentTransactions().stream()
                .anyMatch(raw -> TransactionDecoder.decode(raw).getNonce().intValue() == nonce);
    }

    @Test
    void itIsToldByMessageAndHealthCheckWhileTheNodeCountsATransaction() throws Exception {
        start(crynux -> crynux.setTransactionTimeout(600));

        Exchange out = ask().get(SOON.toSeconds(), TimeUnit.SECONDS);

        assertThat(out.getException())
                .isInstanceOf(TransactionTimeoutException.class)
                .hasMessageContaining("Nonce 0 of the wallet is missing")
                .hasMessageContaining("this payment has nonce 1")
                .hasMessageContaining("may still be mined");
        Result lane = await().atMost(SOON).until(this::lane, result -> result.getState() == State.DOWN);
        assertThat(lane.getMessage().orElseThrow()).contains("Nonce 0 of the wallet is missing");
        assertThat(lane.getDetails()).containsEntry("missingNonce", "0");
        assertThat(hasSent(0)).isFalse();
    }

    @Test
    void aTransferOfNothingTakesItWhereNoPaymentComes() throws Exception {
        start(crynux -> {});
        CompletableFuture<Exchange> first = ask();
        await().atMost(SOON).until(() -> hasSent(1));

        ghost.set(false);

        assertAnswered(first);
        assertThat(node.sentTransactions()).hasSize(2);
        await().atMost(SOON).until(() -> lane().getState() == State.UP);
        assertAnswered(ask());
        assertThat(CrynuxTestSupport.nonceOn(devnet)).isEqualTo(3);
    }

    @Test
    void theNextPaymentTakesItAlsoAfterARestart() throws Exception {
        start(crynux -> crynux.setReplaceAfter(0));
        CompletableFuture<Exchange> first = ask();
        await().atMost(SOON).until(() -> hasSent(1));
        context.stop();
        first.join();
        ghost.set(false);
        start(crynux -> crynux.setReplaceAfter(0));

        CompletableFuture<Exchange> second = ask();
        CompletableFuture<Exchange> third = ask();

        assertAnswered(second);
        assertAnswered(third);
        // The first one's task, too, has its parameters.
        await().atMost(SOON)
                .until(() -> devnet.relay().parameters(java.math.BigInteger.TWO).isPresent());
        assertThat(CrynuxTestSupport.nonceOn(devnet)).isEqualTo(3);
        assertThat(node.sentTransactions()).hasSize(3);
    }

    @Test
    void aFullLaneIsFreedToo() throws Exception {
        start(crynux -> crynux.setMaxPendingTransactions(2));
        CompletableFuture<Exchange> first = ask();
        CompletableFuture<Exchange> second = ask();
        CompletableFuture<Exchange> third = ask();
        await().atMost(SOON).until(() -> hasSent(2));

        ghost.set(false);

        assertAnswered(first);
        assertAnswered(second);
        assertAnswered(third);
        assertThat(CrynuxTestSupport.nonceOn(devnet)).isEqualTo(4);
    }
}
