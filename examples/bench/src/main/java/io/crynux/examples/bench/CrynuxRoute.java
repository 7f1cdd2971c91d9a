// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import io.crynux.camel.CrynuxComponent;
import io.crynux.camel.CrynuxConstants;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Runs tasks with one endpoint of the component. */
final class CrynuxRoute implements TaskRoute {
    private static final String CONTINUED = "continuedAt";
    /** More than the number of payments between two polls, otherwise the polls would limit the rate. */
    private static final int MAX_PENDING = 1_000;

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Endpoint entry;
    private final AsyncProducer producer;

    CrynuxRoute(NetworkAddress network, Scenario scenario) throws Exception {
        CrynuxComponent crynux = new CrynuxComponent();
        crynux.setRpcUrl(network.rpcUrl());
        crynux.setRelayUrl(network.relayUrl());
        crynux.setContractAddress(network.contract());
        crynux.setPrivateKey(network.privateKey());
        crynux.setPollInterval(scenario.pollInterval().toMillis());
        // By default, these limits protect the real contract's queue of 50 tasks.
        int most = Math.max(scenario.inFlight(), scenario.warmUp());
        crynux.setMaxInFlight(most);
        crynux.setMaxUnstarted(most);
        crynux.setMaxWaiting(most);
        crynux.setMaxPendingTransactions(MAX_PENDING);
        camel.addComponent("crynux", crynux);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:prompts")
                        .to("crynux:sd?taskFee=" + ImageTask.FEE + "&bodyFormat=prompt&imageWidth=" + ImageTask.SIDE
                                + "&imageHeight=" + ImageTask.SIDE)
                        .process(exchange -> exchange.setProperty(CONTINUED, Instant.now()));
            }
        });
        camel.start();
        entry = camel.getEndpoint("direct:prompts");
        producer = entry.createAsyncProducer();
        producer.start();
    }

    @Override
    public CompletableFuture<Done> submit(String prompt) {
        CompletableFuture<Done> done = new CompletableFuture<>();
        Exchange exchange = entry.createExchange(ExchangePattern.InOut);
        exchange.getMessage().setBody(prompt);
        producer.process(exchange, doneSync -> finish(exchange, done));
        return done;
    }

    private static void finish(Exchange exchange, CompletableFuture<Done> done) {
        if (exchange.getException() != null) {
            done.completeExceptionally(exchange.getException());
            return;
        }
        long length = exchange.getMessage().getBody(byte[].class).length;
        if (length == 0) {
            done.completeExceptionally(new IllegalStateException("an empty picture"));
            return;
        }
        done.complete(new Done(
                exchange.getMessage().getHeader(CrynuxConstants.TASK_ID, Long.class),
                exchange.getProperty(CONTINUED, Instant.class)));
    }

    @Override
    public void close() {
        producer.stop();
        camel.stop();
    }
}
