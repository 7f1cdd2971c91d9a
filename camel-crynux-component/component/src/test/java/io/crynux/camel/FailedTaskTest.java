// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.InsufficientFundsException;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.error.TransactionRevertedException;
import io.crynux.devnet.CrynuxDevnetBuilder;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What goes wrong with a task is told with its reason, its money and what is known of it. */
@Tag("chain")
class FailedTaskTest extends CrynuxTestSupport {

    @Override
    CrynuxDevnetBuilder network() {
        return super.network().nodes(0);
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:gpt").to("crynux:gpt");
            }
        };
    }

    @Test
    @OnChainOnly("contract that reverts")
    void aRevertedPaymentTellsTheContractsReason() {
        // Without a free node the contract divides the fee by the cap.
        Exchange out = request(Map.of(CrynuxConstants.CAP, 0));

        assertThat(out.getException(TransactionRevertedException.class).reason())
                .contains("Panic(0x12)");
        assertThat(out.getException()).hasMessageContaining("fee of 30 CNX was not spent");
        assertThat(out.getMessage().getHeader(CrynuxConstants.TRANSACTION_HASH)).isNotNull();
    }

    @Test
    @OnChainOnly("balance")
    void aPaymentAboveTheBalanceIsNotMade() throws Exception {
        Exchange out = request(Map.of(CrynuxConstants.TASK_FEE, "1000000"));

        assertThat(out.getException())
                .isInstanceOf(InsufficientFundsException.class)
                .hasMessageContaining("Nothing was spent");
        assertThat(payments()).isZero();
    }

    @Test
    @OnChainOnly("balance")
    void theWalletIsUsableAfterARefusedPayment() {
        assertThat(request(Map.of(CrynuxConstants.TASK_FEE, "1000000")).getException())
                .isInstanceOf(InsufficientFundsException.class);

        assertThat(request(Map.of(CrynuxConstants.CAP, 0)).getException())
                .isInstanceOf(TransactionRevertedException.class);
    }

    @Test
    void aTaskThatDoesNotEndInTimeTellsWhatIsKnown() {
        Exchange out = request(Map.of(CrynuxConstants.TASK_TIMEOUT, timeout()));

        assertThat(out.getException())
                .isInstanceOf(TaskTimeoutException.class)
                .hasMessageContaining("task 1")
                .hasMessageContaining("goes on in the network");
        assertThat(out.getMessage().getHeader(CrynuxConstants.TASK_ID)).isEqualTo("1");
    }

    /** In which a task is created, and does not end. */
    String timeout() {
        return "2s";
    }

    private Exchange request(Map<String, Object> headers) {
        return template.request("direct:gpt", exchange -> {
            exchange.getMessage().setBody("What is lichen?");
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }
}
