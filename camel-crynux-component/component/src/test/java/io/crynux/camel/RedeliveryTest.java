// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.error.TransactionRevertedException;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever Camel's error handlers do with a failed exchange, its task is not paid for again. */
@Tag("chain")
class RedeliveryTest extends CrynuxTestSupport {
    /** The nodes report an error for such a model. */
    private static final String FAILING = "{\"prompt\":\"x\",\"base_model\":\"devnet/unavailable\"}";

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:redelivered")
                        .errorHandler(
                                defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(10))
                        .to("crynux:sd");
                from("direct:dead")
                        .errorHandler(deadLetterChannel("direct:cemetery")
                                .maximumRedeliveries(2)
                                .redeliveryDelay(10))
                        .to("crynux:sd");
                from("direct:cemetery").to("mock:dead");
                from("direct:fallback")
                        .onException(TaskAbortedException.class)
                        .handled(true)
                        .setBody(constant("a plain lighthouse"))
                        .to("crynux:sd")
                        .end()
                        .to("crynux:sd");
                from("direct:twice")
                        .to("crynux:sd")
                        .setBody(constant("a lighthouse"))
                        .to("crynux:sd");
            }
        };
    }

    @Test
    void aDeadLetterChannelPaysOnceAndKeepsTheFacts() throws Exception {
        getMockEndpoint("mock:dead").expectedMessageCount(1);
        template.sendBody("direct:dead", FAILING);
        getMockEndpoint("mock:dead").assertIsSatisfied();

        Exchange dead = getMockEndpoint("mock:dead").getExchanges().get(0);
        assertThat(dead.getMessage().getBody(String.class)).isEqualTo(FAILING);
        assertThat(dead.getMessage().getHeaders())
                .containsEntry(CrynuxConstants.TASK_ID, "1")
                .containsEntry(CrynuxConstants.ABORT_REASON, testNetwork.failureReason());
        assertThat(payments()).isEqualTo(1);
    }

    @Test
    void aRevertedPaymentMayBeMadeAgain() throws Exception {
        Map<String, Object> headers = new HashMap<>(Map.of(CrynuxConstants.CAP, 0));
        refusePayments();

        Exchange out = template.request("direct:redelivered", exchange -> {
            exchange.getMessage().setBody("a lighthouse");
            exchange.getMessage().setHeaders(headers);
        });

        // Each try steers its task as the message says, and costs gas only.
        assertThat(out.getException()).isInstanceOf(refusal());
        assertThat(payments()).isEqualTo(4);
    }

    /** Without nodes the contract divides the fee by the cap, which is 0. */
    void refusePayments() {
        testNetwork.removeNodes();
    }

    Class<? extends CrynuxException> refusal() {
        return TransactionRevertedException.class;
    }

    @Test
    void anErrorHandlerMayRunAnotherTask() throws Exception {
        Exchange out = template.request("direct:fallback", e -> e.getMessage().setBody(FAILING));

        assertThat(out.getMessage().getBody(byte[].class)).isNotEmpty();
        assertThat(payments()).isEqualTo(2);
    }

    @Test
    void aRouteMayRunTheSameTaskTwiceOnPurpose() throws Exception {
        Exchange out = template.request("direct:twice", e -> e.getMessage().setBody("a lighthouse"));

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getHeader(CrynuxConstants.TASK_ID)).isEqualTo("2");
        assertThat(payments()).isEqualTo(2);
    }
}
