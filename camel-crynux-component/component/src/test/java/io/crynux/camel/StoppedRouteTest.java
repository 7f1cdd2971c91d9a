// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.devnet.CrynuxDevnetBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.Synchronization;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Stopping or suspending a route ends none of its tasks, and every exchange is over exactly once. */
@Tag("chain")
class StoppedRouteTest extends CrynuxTestSupport {
    private final List<String> over = new CopyOnWriteArrayList<>();

    @Override
    CrynuxDevnetBuilder network() {
        return super.network().workTime(Duration.ofSeconds(1));
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:gpt").routeId("answers").to("crynux:gpt").to("mock:answers");
            }
        };
    }

    @Test
    void aRouteThatStopsLetsItsTasksEnd() throws Exception {
        CompletableFuture<Exchange> pending = send();
        await().atMost(Duration.ofSeconds(20)).until(() -> testNetwork.hasParameters(1));
        endTasksSoon();

        context.getRouteController().stopRoute("answers", 30, TimeUnit.SECONDS);

        assertThat(pending.get(30, TimeUnit.SECONDS).getException()).isNull();
        assertThat(over).containsExactly("complete");
    }

    @Test
    void aRouteThatIsStoppedByForceLosesNoTask() throws Exception {
        CompletableFuture<Exchange> pending = send();
        await().atMost(Duration.ofSeconds(20)).until(() -> testNetwork.hasParameters(1));
        endTasksSoon();

        context.getRouteController().stopRoute("answers", 1, TimeUnit.MILLISECONDS);
        context.getRouteController().startRoute("answers");

        // Camel refuses to go on in a route that was stopped by force; the component calls back all the same.
        pending.get(30, TimeUnit.SECONDS);
        assertThat(over).hasSize(1);
        assertThat(template.requestBody("direct:gpt", "What is moss?", String.class))
                .containsIgnoringCase("moss");
    }

    @Test
    void aSuspendedRouteLetsItsTasksEnd() throws Exception {
        CompletableFuture<Exchange> pending = send();
        await().atMost(Duration.ofSeconds(20)).until(() -> testNetwork.hasParameters(1));
        endTasksSoon();

        context.getRouteController().suspendRoute("answers", 30, TimeUnit.SECONDS);
        assertThat(pending.get(30, TimeUnit.SECONDS).getException()).isNull();
        context.getRouteController().resumeRoute("answers");

        assertThat(template.requestBody("direct:gpt", "What is moss?", String.class))
                .containsIgnoringCase("moss");
        assertThat(over).containsExactly("complete");
    }

    /** Those of the devnet end after a second. */
    void endTasksSoon() {}

    private CompletableFuture<Exchange> send() {
        return template.asyncSend("direct:gpt", exchange -> {
            exchange.getMessage().setBody("What is lichen?");
            exchange.getExchangeExtension().addOnCompletion(new Synchronization() {
                @Override
                public void onComplete(Exchange ended) {
                    over.add("complete");
                }

                @Override
                public void onFailure(Exchange ended) {
                    over.add("failure");
                }
            });
        });
    }
}
