// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.TaskAbortedException;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An aborted task tells why, and what of the money is proven; it is tried again where the route says so. */
@Tag("chain")
class AbortedTaskTest extends CrynuxTestSupport {
    /** The nodes report an error for such a model. */
    private static final String FAILING = "{\"prompt\":\"x\",\"base_model\":\"devnet/unavailable\"}";

    @Override
    void configure(CrynuxComponent crynux) {
        crynux.setMaxTaskFee("32");
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:once").to("crynux:sd");
                from("direct:thrice").to("crynux:sd?maxAttempts=3&feeIncrease=5");
            }
        };
    }

    @Test
    void theReasonAndTheProvenMoneyAreTold() {
        Exchange out = template.request("direct:once", e -> e.getMessage().setBody(FAILING));

        // Nodes that report an error are paid; nothing comes back.
        assertThat(out.getException(TaskAbortedException.class).reason()).isEqualTo(testNetwork.failureReason());
        assertThat(out.getException())
                .hasMessageContaining("task 1")
                .hasMessageContaining("fee of 30 CNX was paid; 0 CNX of it was refunded");
        assertThat(out.getMessage().getHeaders())
                .containsEntry(CrynuxConstants.ABORT_REASON, testNetwork.failureReason())
                .containsEntry(CrynuxConstants.FEE_PAID, "30")
                .containsEntry(CrynuxConstants.FEE_REFUNDED, "0")
                .containsEntry(CrynuxConstants.TASK_ID, "1");
    }

    @Test
    void eachAttemptPaysMoreUpToTheGuard() throws Exception {
        Exchange out = template.request("direct:thrice", e -> e.getMessage().setBody(FAILING));

        // 30, 31.5 and, since 33.075 is above maxTaskFee, 32.
        assertThat(out.getException()).isInstanceOf(TaskAbortedException.class).hasMessageContaining("fee of 32 CNX");
        assertThat(out.getMessage().getHeader(CrynuxConstants.TASK_ID)).isEqualTo("3");
        assertThat(payments()).isEqualTo(3);
    }
}
