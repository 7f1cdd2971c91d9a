// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.TransactionTimeoutException;
import io.crynux.devnet.CrynuxDevnetBuilder;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A reverted payment that a reorganisation could still bring back does not allow another one. */
@Tag("chain")
class EndThatIsNotFinalTest extends CrynuxTestSupport {

    @Override
    CrynuxDevnetBuilder network() {
        return super.network().nodes(0);
    }

    @Override
    void configure(CrynuxComponent crynux) {
        crynux.setFinality("100000");
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:gpt")
                        .errorHandler(
                                defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(10))
                        .to("crynux:gpt?taskTimeout=2s");
            }
        };
    }

    @Test
    void theDeadlineDoesNotMakeItFinal() throws Exception {
        // Without a free node the contract divides the fee by the cap, and reverts.
        Exchange out = template.request("direct:gpt", exchange -> {
            exchange.getMessage().setBody("What is lichen?");
            exchange.getMessage().setHeaders(new HashMap<>(Map.of(CrynuxConstants.CAP, 0)));
        });

        assertThat(out.getException())
                .isInstanceOf(TransactionTimeoutException.class)
                .hasMessageContaining("may still be mined");
        assertThat(out.getMessage().getHeader(Exchange.REDELIVERY_COUNTER)).isEqualTo(2);
        assertThat(nonce()).isEqualTo(1);
    }
}
