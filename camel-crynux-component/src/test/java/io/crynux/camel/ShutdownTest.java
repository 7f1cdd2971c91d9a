// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.devnet.CrynuxDevnetBuilder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** A context that stops tells every pending exchange, and its threads end. */
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
        await().atMost(Duration.ofSeconds(20)).until(() -> relayHasParameters(1));

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
}
