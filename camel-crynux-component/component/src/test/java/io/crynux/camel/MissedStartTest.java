// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.CrynuxDevnetBuilder;
import io.crynux.devnet.contract.ContractSettings;
import io.crynux.devnet.fault.Fault;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** What the manual advises for a Relay that misses starts: give up, take the fee back and pay for another task. */
class MissedStartTest extends CrynuxTestSupport {

    @Override
    CrynuxDevnetBuilder network() {
        // Cancellable three seconds after the start in place of 15 minutes.
        return super.network().contract(ContractSettings.defaults().withTaskTimeout(Duration.ofSeconds(3)));
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:gpt").to("crynux:gpt?taskTimeout=5s&cancelOnTimeout=true&maxAttempts=2");
            }
        };
    }

    @Test
    void isCancelledAndPaidForAgain() throws Exception {
        Fault missed = devnet.faults().relay().missStarts().times(1);

        Exchange out = template.request("direct:gpt", e -> e.getMessage().setBody("What is lichen?"));

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getHeader(CrynuxConstants.ATTEMPT)).isEqualTo(2);
        assertThat(missed.hits()).isEqualTo(1);
        assertThat(nonce()).as("two payments, one cancellation").isEqualTo(3);
    }
}
