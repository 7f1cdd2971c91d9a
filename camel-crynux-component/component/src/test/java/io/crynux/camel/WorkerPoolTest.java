// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** With every worker held up by a slow route, continuations wait; none runs on a thread that tasks need. */
class WorkerPoolTest extends CrynuxTestSupport {
    private static final int EXCHANGES = 8;

    private final List<String> continuedOn = new CopyOnWriteArrayList<>();
    private final CountDownLatch blocker = new CountDownLatch(1);

    @Override
    void configure(CrynuxComponent crynux) {
        crynux.setWorkerPoolCoreSize(1);
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:slow")
                        .to("crynux:gpt?waitFor=created")
                        .process(e -> continuedOn.add(Thread.currentThread().getName()))
                        .process(e ->
                                assertThat(blocker.await(60, TimeUnit.SECONDS)).isTrue())
                        .to("mock:slow");
            }
        };
    }

    @Test
    void continuationsWaitForAWorkerWhileTasksGoOn() throws Exception {
        getMockEndpoint("mock:slow").expectedMessageCount(EXCHANGES);
        for (int i = 0; i < EXCHANGES; i++) {
            template.asyncRequestBody("direct:slow", "question " + i);
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> testNetwork.hasParameters(EXCHANGES));
        assertThat(continuedOn).hasSize(1);

        blocker.countDown();
        getMockEndpoint("mock:slow").assertIsSatisfied(30_000);
        assertThat(continuedOn).hasSize(EXCHANGES).allMatch(thread -> thread.contains("CrynuxWorker"));
    }
}
