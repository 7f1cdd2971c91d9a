// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.TaskAbortedException;
import io.crynux.devnet.CrynuxDevnetBuilder;
import io.crynux.devnet.contract.ContractSettings;
import io.crynux.testing.OnDevnetChainOnly;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A task whose time is up is cancelled as soon as the network allows it, and the money that comes back is told. */
@Tag("chain")
class CancelOnTimeoutTest extends CrynuxTestSupport {
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
                from("direct:gpt").to("crynux:gpt?taskTimeout=1s&cancelOnTimeout=true");
            }
        };
    }

    @BeforeEach
    void nodesNeverAnswer() {
        testNetwork.hold();
    }

    /** Why a task ends that was cancelled. */
    String reason() {
        return "Task Cancelled";
    }

    /** How many payments a cancellation takes. */
    int paymentsOfCancellation() {
        return 1;
    }

    @Test
    void aRunningTaskIsCancelledWhenTheNetworkAllowsIt() throws Exception {
        Exchange out = template.request("direct:gpt", e -> e.getMessage().setBody("What is lichen?"));

        assertThat(out.getException(TaskAbortedException.class).reason()).isEqualTo(reason());
        assertThat(out.getException()).hasMessageContaining("fee of 30 CNX was paid; 30 CNX of it was refunded");
        assertThat(out.getMessage().getHeader(CrynuxConstants.FEE_REFUNDED)).isEqualTo("30");
        assertThat(payments()).as("one payment, one cancellation").isEqualTo(1 + paymentsOfCancellation());
    }

    @Test
    @OnChainOnly("node that answers")
    @OnDevnetChainOnly("it changes an answer of the node itself")
    void aCancellationThatTheContractRevertsIsTriedAgainUntilTheTaskHasAnEnd() throws Exception {
        // The contract is said to take it, and does not: as when the task is started before the transaction is in a
        // block.
        devnet.faults().rpc().respondResult("eth_call", "\"0x\"").times(1);

        Exchange out = template.request("direct:gpt", e -> e.getMessage().setBody("What is lichen?"));

        assertThat(out.getException(TaskAbortedException.class).reason()).isEqualTo("Task Cancelled");
        assertThat(out.getMessage().getHeader(CrynuxConstants.FEE_REFUNDED)).isEqualTo("30");
        assertThat(nonce())
                .as("a payment, a cancellation in vain, and one that counts")
                .isEqualTo(3);
    }
}
