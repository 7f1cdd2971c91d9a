// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.devnet.CrynuxDevnetBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No thread waits for a task, and routes go on on the component's worker threads. */
@Tag("chain")
class AsynchronousProducerTest extends CrynuxTestSupport {
    private static final int TASKS = 40;

    private final Set<String> continuedOn = ConcurrentHashMap.newKeySet();
    private final CountDownLatch blocker = new CountDownLatch(1);

    @Override
    CrynuxDevnetBuilder network() {
        return super.network().nodes(12);
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:sd")
                        .to("crynux:sd?imageWidth=64&imageHeight=64")
                        .process(e -> continuedOn.add(Thread.currentThread().getName()))
                        .to("mock:done");
                from("direct:slow")
                        .to("crynux:gpt")
                        .process(e ->
                                assertThat(blocker.await(60, TimeUnit.SECONDS)).isTrue())
                        .to("mock:slow");
                from("direct:reentrant").to("crynux:gpt").to("direct:sd");
            }
        };
    }

    @Test
    void manyTasksAreInFlightOnTheCallersOneThread() throws Exception {
        getMockEndpoint("mock:done").expectedMessageCount(TASKS);
        getMockEndpoint("mock:done").setResultWaitTime(60_000);
        AsyncProcessor route = (AsyncProcessor)
                context.getEndpoint("crynux:sd?imageWidth=64&imageHeight=64").createAsyncProducer();
        ((org.apache.camel.Service) route).start();
        List<Exchange> exchanges = IntStream.range(0, TASKS)
                .mapToObj(i -> (Exchange) new DefaultExchange(context))
                .toList();
        Set<Exchange> done = ConcurrentHashMap.newKeySet();
        for (Exchange exchange : exchanges) {
            exchange.getMessage().setBody("lighthouse " + exchanges.indexOf(exchange));
            assertThat(route.process(exchange, sync -> done.add(exchange)))
                    .as("goes on later")
                    .isFalse();
        }

        await().atMost(Duration.ofSeconds(60)).until(() -> done.size() == TASKS);
        assertThat(exchanges).allSatisfy(e -> assertThat(e.getException()).isNull());
        assertThat(exchanges.stream()
                        .map(e -> e.getMessage().getHeader(CrynuxConstants.TASK_ID))
                        .distinct())
                .hasSize(TASKS);
    }

    @Test
    void routesGoOnOnWorkerThreads() {
        template.requestBody("direct:sd", "a lighthouse");

        assertThat(continuedOn).allMatch(thread -> thread.contains("CrynuxWorker"));
    }

    @Test
    void aSlowRouteDoesNotHoldUpTheOthers() throws Exception {
        getMockEndpoint("mock:slow").expectedMessageCount(3);
        for (int i = 0; i < 3; i++) {
            template.asyncRequestBody("direct:slow", "question " + i);
        }
        // Those are in their blocking step, or on their way to it, while this one passes.
        assertThat(template.requestBody("direct:sd", "a lighthouse", byte[].class))
                .isNotEmpty();

        blocker.countDown();
        getMockEndpoint("mock:slow").assertIsSatisfied(30_000);
    }

    @Test
    void aRouteMayCallTheComponentAgain() {
        assertThat(template.requestBody("direct:reentrant", "Describe a lighthouse", byte[].class))
                .isNotEmpty();
    }
}
