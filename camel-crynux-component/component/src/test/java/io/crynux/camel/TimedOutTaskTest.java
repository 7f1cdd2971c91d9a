// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.settings.RelaySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A task that nobody waits for any more keeps its place only as long as the network works on it; nothing else is paid. */
@Tag("chain")
class TimedOutTaskTest extends CrynuxTestSupport {
    /** The nodes report an error for such a model. */
    private static final String FAILING = "{\"prompt\":\"x\",\"base_model\":\"devnet/unavailable\"}";

    @Override
    void configure(CrynuxComponent crynux) {
        crynux.setMaxInFlight(1);
        crynux.setMaxUnstarted(1);
        crynux.setShutdownGrace(100);
        // Tasks are not over before their time is.
        crynux.relaySettings(RelaySettings.DEFAULT);
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:sd").to("crynux:sd?imageWidth=64&imageHeight=64");
                from("direct:short").to("crynux:sd?taskTimeout=400ms");
            }
        };
    }

    @Test
    void aTaskThatIsAbortedAfterItsTimeOutGivesItsPlaceBack() throws Exception {
        testNetwork.holdInstantTasks();
        Exchange late = template.request("direct:short", e -> e.getMessage().setBody(FAILING));
        assertThat(late.getException()).isInstanceOf(TaskTimeoutException.class);

        testNetwork.letGo();
        assertThat(template.requestBody("direct:sd", "a lighthouse", byte[].class))
                .isNotEmpty();
        assertThat(payments()).isEqualTo(2);
    }

    @Test
    void aTaskThatSucceedsAfterItsTimeOutGivesItsPlaceBack() throws Exception {
        testNetwork.holdInstantTasks();
        Exchange late = template.request("direct:short", e -> e.getMessage().setBody("a harbour"));
        assertThat(late.getException()).isInstanceOf(TaskTimeoutException.class);

        testNetwork.letGo();
        assertThat(template.requestBody("direct:sd", "a lighthouse", byte[].class))
                .isNotEmpty();
        assertThat(payments()).isEqualTo(2);
    }

    @Test
    void stoppingPaysForNoneOfTheTasksThatWait() throws Exception {
        testNetwork.holdInstantTasks();
        AsyncProducer producer = context.getEndpoint("crynux:gpt").createAsyncProducer();
        producer.start();
        List<CompletableFuture<Exchange>> exchanges = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody("question " + i);
            CompletableFuture<Exchange> done = new CompletableFuture<>();
            producer.process(exchange, sync -> done.complete(exchange));
            exchanges.add(done);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> payments() == 1);

        context.stop();

        assertThat(exchanges).allSatisfy(exchange -> assertThat(exchange)
                .succeedsWithin(Duration.ofSeconds(20))
                .extracting(Exchange::getException)
                .isInstanceOf(CrynuxShutdownException.class));
        assertThat(payments()).isEqualTo(1);
    }
}
