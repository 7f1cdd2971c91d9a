// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.journal.TaskJournal;
import io.crynux.client.settings.WaitMethod;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.CrynuxDevnetBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** An application with routes that wait for their tasks by one method. */
final class WaitMethodRoutes implements AutoCloseable {
    /** The devnet's nodes report an error for such a model. */
    static final String FAILING = "{\"prompt\":\"x\",\"base_model\":\"devnet/unavailable\"}";

    private final CamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template;

    private WaitMethodRoutes(CrynuxComponent crynux) throws Exception {
        context.addComponent("crynux", crynux);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:sd").to("crynux:sd?imageWidth=64&imageHeight=64&numImages=2");
                from("direct:gpt").to("crynux:gpt");
                from("direct:keyed").to("crynux:gpt?idempotencyKey=${header.id}");
                from("direct:created").to("crynux:gpt?waitFor=created&taskFee=40");
                from("direct:success").to("crynux:gpt?waitFor=success");
            }
        });
        context.start();
        template = context.createProducerTemplate();
    }

    static CrynuxDevnetBuilder network() {
        return CrynuxDevnet.builder()
                .blockTime(Duration.ofMillis(100))
                .relayLag(Duration.ofMillis(50))
                .workTime(Duration.ofMillis(50));
    }

    /** On a devnet, with a wallet of its own for each method. */
    static WaitMethodRoutes on(CrynuxDevnet devnet, WaitMethod method) throws Exception {
        return on(devnet, method, crynux -> {});
    }

    static WaitMethodRoutes on(CrynuxDevnet devnet, WaitMethod method, TaskJournal journal) throws Exception {
        return on(devnet, method, crynux -> crynux.setTaskJournal(journal));
    }

    static WaitMethodRoutes on(CrynuxDevnet devnet, WaitMethod method, Consumer<CrynuxComponent> configure)
            throws Exception {
        CrynuxComponent crynux = new CrynuxComponent();
        crynux.setRpcUrl(devnet.rpcUrl());
        crynux.setContractAddress(devnet.contractAddress());
        crynux.setRelayUrl(devnet.relayUrl());
        crynux.setPrivateKey(devnet.account(method == WaitMethod.FOLLOW ? 0 : 1).privateKey());
        crynux.getConfiguration().setTaskFee("30");
        crynux.setWaitMethod(method);
        crynux.setPollInterval(50);
        QuickRelay.of(crynux);
        crynux.setFinality("2");
        crynux.setShutdownGrace(100);
        configure.accept(crynux);
        return new WaitMethodRoutes(crynux);
    }

    Exchange ask(String route, String body, Map<String, Object> headers) {
        return template.request("direct:" + route, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }

    Exchange ask(String route, String body) {
        return ask(route, body, Map.of());
    }

    CompletableFuture<Exchange> begin(String route, String body, Map<String, Object> headers) {
        return template.asyncSend("direct:" + route, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }

    CompletableFuture<Exchange> begin(String route, String body) {
        return begin(route, body, Map.of());
    }

    /** What came of an exchange, without what differs from one task to the next. */
    static Map<String, String> outcome(Exchange exchange) {
        Map<String, String> outcome = new TreeMap<>();
        exchange.getMessage().getHeaders().forEach((name, value) -> outcome.put(name, general(String.valueOf(value))));
        Exception error = exchange.getException();
        outcome.put(
                "exception", error == null ? "none" : error.getClass().getName() + ": " + general(error.getMessage()));
        return outcome;
    }

    private static String general(String text) {
        return text.replaceAll("0x[0-9a-f]+", "hash").replaceAll("\\d+", "9");
    }

    @Override
    public void close() {
        template.stop();
        context.stop();
    }
}
