// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A burst of messages does not fill the network's queue with the account's own tasks. */
@Tag("chain")
class AdmissionTest extends CrynuxTestSupport {

    private AsyncProducer producer;

    @Override
    void configure(CrynuxComponent crynux) {
        crynux.setMaxInFlight(3);
        crynux.setMaxUnstarted(2);
        crynux.setMaxWaiting(4);
        crynux.setShutdownGrace(100);
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:gpt").to("crynux:gpt");
            }
        };
    }

    @BeforeEach
    void startProducer() throws Exception {
        producer = context.getEndpoint("crynux:gpt").createAsyncProducer();
        producer.start();
    }

    @BeforeEach
    void noNodeIsFree() {
        testNetwork.removeNodes();
    }

    @Test
    void whatDoesNotFitIsRefused() throws Exception {
        List<CompletableFuture<Exchange>> exchanges = send(6);
        await().atMost(Duration.ofSeconds(20)).until(() -> payments() == 2);

        Exchange refused = template.request("direct:gpt", e -> e.getMessage().setBody("one more"));

        assertThat(refused.getException())
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("maxWaiting")
                .hasMessageContaining("Nothing was signed");
        assertThat(exchanges).noneMatch(CompletableFuture::isDone);
    }

    /** One after the other from this thread, as a consumer would. */
    private List<CompletableFuture<Exchange>> send(int count) {
        List<CompletableFuture<Exchange>> exchanges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody("question " + i);
            CompletableFuture<Exchange> done = new CompletableFuture<>();
            producer.process(exchange, sync -> done.complete(exchange));
            exchanges.add(done);
        }
        return exchanges;
    }
}
