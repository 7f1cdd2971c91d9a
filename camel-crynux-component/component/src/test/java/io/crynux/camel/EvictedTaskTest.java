// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.TaskAbortedException;
import io.crynux.devnet.CrynuxDevnetBuilder;
import io.crynux.devnet.contract.ContractSettings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A task that a full queue throws out is told as lost with its fee, and the newcomer's id is not mistaken for its own. */
@Tag("chain")
class EvictedTaskTest extends CrynuxTestSupport {

    @Override
    CrynuxDevnetBuilder network() {
        return super.network().nodes(0).contract(ContractSettings.defaults().withQueueSize(1));
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:gpt").to("crynux:gpt");
                from("direct:created").to("crynux:gpt?waitFor=created&taskFee=40");
            }
        };
    }

    @Test
    void theFeeOfAnEvictedTaskIsGone() throws Exception {
        CompletableFuture<Exchange> evicted =
                template.asyncSend("direct:gpt", e -> e.getMessage().setBody("What is lichen?"));
        await().atMost(Duration.ofSeconds(20)).until(() -> relayHasParameters(1));

        // Its transaction begins with TaskAborted for the other task.
        Exchange newcomer =
                template.request("direct:created", e -> e.getMessage().setBody("What is moss?"));

        assertThat(newcomer.getMessage().getHeader(CrynuxConstants.TASK_ID)).isEqualTo("2");
        Exchange out = evicted.get(30, TimeUnit.SECONDS);
        assertThat(out.getException(TaskAbortedException.class).reason()).isEqualTo("Task fee is too low");
        assertThat(out.getMessage().getHeader(CrynuxConstants.TASK_ID)).isEqualTo("1");
        assertThat(out.getException()).hasMessageNotContaining("30 CNX of it was refunded");
    }
}
