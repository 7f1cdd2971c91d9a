// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.crynux.client.CrynuxClient;
import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.devnet.CrynuxDevnetBuilder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A context that stops tells every pending exchange, and its threads end. */
@Tag("chain")
class ShutdownTest extends CrynuxTestSupport {

    @Override
    CrynuxDevnetBuilder network() {
        return super.network().workTime(Duration.ofMinutes(10));
    }

    @Override
    void configure(CrynuxComponent crynux) {
        crynux.setShutdownGrace(100);
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:sd").to("crynux:sd");
            }
        };
    }

    @Test
    void pendingExchangesEndWithWhatIsKnown() throws Exception {
        CompletableFuture<Exchange> pending =
                template.asyncSend("direct:sd", e -> e.getMessage().setBody("a lighthouse"));
        await().atMost(Duration.ofSeconds(20)).until(() -> testNetwork.hasParameters(1));

        context.stop();

        Exchange out = pending.get(20, TimeUnit.SECONDS);
        assertThat(out.getException())
                .isInstanceOf(CrynuxShutdownException.class)
                .hasMessageContaining("task 1");
        assertThat(out.getMessage().getHeader(CrynuxConstants.TASK_ID)).isEqualTo("1");
        await().atMost(Duration.ofSeconds(20)).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread ->
                        thread.getName().contains("Crynux") && thread.getName().startsWith("Camel")));
    }

    @Test
    void anExchangeThatCamelDoesNotKnowOfIsToldToo() throws Exception {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Logger logger = (Logger) LoggerFactory.getLogger(CrynuxClient.class);
        logger.addAppender(logged);
        try {
            AsyncProducer producer = context.getEndpoint("crynux:sd").createAsyncProducer();
            producer.start();
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody("a lighthouse");
            CompletableFuture<Exchange> pending = new CompletableFuture<>();
            producer.process(exchange, sync -> pending.complete(exchange));
            await().atMost(Duration.ofSeconds(20)).until(() -> testNetwork.hasParameters(1));

            context.stop();

            assertThat(pending.get(20, TimeUnit.SECONDS).getException()).isInstanceOf(CrynuxShutdownException.class);
            assertThat(logged.list).isEmpty();
        } finally {
            logger.detachAppender(logged);
        }
    }
}
