// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.TaskAbortedException;
import io.crynux.devnet.CrynuxDevnetBuilder;
import io.crynux.devnet.contract.ContractSettings;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A task whose time is up is cancelled as soon as the contract allows it, and the money that comes back is told. */
@Tag("chain")
class CancelOnTimeoutTest extends CrynuxTestSupport {

    @Override
    CrynuxDevnetBuilder network() {
        // Cancellable three seconds after the start in place of 15 minutes, and the nodes are slower than that.
        return super.network()
                .workTime(Duration.ofMinutes(10))
                .contract(ContractSettings.defaults().withTaskTimeout(Duration.ofSeconds(3)));
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:gpt").to("crynux:gpt?taskTimeout=1s&cancelOnTimeout=true&maxAttempts=2");
            }
        };
    }

    @Test
    void aRunningTaskIsCancelledWhenTheContractAllowsIt() throws Exception {
        Exchange out = template.request("direct:gpt", e -> e.getMessage().setBody("What is lichen?"));

        assertThat(out.getException(TaskAbortedException.class).reason()).isEqualTo("Task Cancelled");
        assertThat(out.getException()).hasMessageContaining("fee of 30 CNX was paid; 30 CNX of it came back");
        assertThat(out.getMessage().getHeader(CrynuxConstants.FEE_REFUNDED)).isEqualTo("30");
        assertThat(nonce()).as("one payment, one cancellation").isEqualTo(2);
    }
}
