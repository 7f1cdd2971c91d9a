// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.client.error.BudgetExceededException;
import io.crynux.client.error.NetworkException;
import io.crynux.client.settings.CreateTaskArguments;
import io.crynux.devnet.CrynuxDevnetBuilder;
import io.crynux.devnet.contract.TaskContractVersion;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The component's options of the chain reach the payments, and mistakes in them are reported at start. */
@Tag("chain")
class ChainOptionsTest extends CrynuxTestSupport {

    @Override
    CrynuxDevnetBuilder network() {
        return super.network().contractVersion(TaskContractVersion.SEVEN_ARGUMENTS);
    }

    @Override
    void configure(CrynuxComponent crynux) {
        crynux.setMaxGasPrice("1.5");
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
    void maxGasPriceRefusesUnsigned() throws Exception {
        Exchange out =
                template.request("direct:gpt", exchange -> exchange.getMessage().setBody("What is lichen?"));

        assertThat(out.getException())
                .isInstanceOf(BudgetExceededException.class)
                .hasMessageContaining("maxGasPrice");
        assertThat(nonce()).isZero();
    }

    @Test
    void theWalletHasOneComponentPerChain() {
        assertThatThrownBy(() -> startAnother(crynux -> {}))
                .isInstanceOf(NetworkException.class)
                .hasMessage("The wallet " + devnet.account(0).address().toLowerCase(java.util.Locale.ROOT)
                        + " pays on this chain already, in another client or component of this application. Two of them"
                        + " would give their payments the same nonces. Use one for all, close the other first, or give"
                        + " this one another wallet");
    }

    @Test
    void mistakesAreReportedAtStart() {
        assertMistake(
                crynux -> crynux.setGasLimit(1_000_000),
                "Option gasLimit is 1000000; it must be 1500000 or more (gas)");
        assertMistake(crynux -> crynux.setMaxGasPrice("cheap"), "Option maxGasPrice is 'cheap'");
        assertMistake(crynux -> crynux.setMaxGasPrice("0"), "Option maxGasPrice is '0'; it must be above 0");
        assertMistake(crynux -> crynux.setGasPriceMultiplier(0.5), "gasPriceMultiplier is 0.5");
        assertMistake(crynux -> crynux.setMaxPendingTransactions(0), "maxPendingTransactions is 0");
        assertMistake(
                crynux -> crynux.setFinality("soon"),
                "Option finality is 'soon'; it must be 0 or more blocks, safe or finalized");
        assertMistake(crynux -> crynux.setFinality("-1"), "Option finality is '-1'");
        assertMistake(crynux -> crynux.setFinality(" "), "Option finality is ''");
        assertMistake(
                crynux -> crynux.setFinalityTimeout(-1), "Option finalityTimeout is -1 ms; it must be 0 to 36500d");
        assertMistake(crynux -> crynux.setMaxBlockRange(0), "Option maxBlockRange is 0; it must be 1 or more (blocks)");
        assertMistake(crynux -> crynux.setPollInterval(0), "pollInterval is 0 ms");
        assertMistake(crynux -> crynux.setRpcUrl("wss://127.0.0.1/key"), "rpcUrl has only WebSocket URLs");
        assertMistake(crynux -> crynux.setReplaceAfter(-1), "Option replaceAfter is -1 ms; it must be 0 to 36500d");
        assertMistake(
                crynux -> crynux.setTransactionTimeout(-1),
                "Option transactionTimeout is -1 ms; it must be 0 to 36500d");
    }

    private void assertMistake(Consumer<CrynuxComponent> change, String words) {
        assertThatThrownBy(() -> startAnother(change)).hasMessageContaining(words);
    }

    private void startAnother(Consumer<CrynuxComponent> change) throws Exception {
        CrynuxComponent other = new CrynuxComponent();
        other.setRpcUrl(devnet.rpcUrl());
        other.setContractAddress(devnet.contractAddress());
        other.setRelayUrl(devnet.relayUrl());
        other.setPrivateKey(devnet.account(0).privateKey());
        other.setCreateTaskArguments(CreateTaskArguments.SEVEN);
        other.getConfiguration().setTaskFee("30");
        change.accept(other);
        // A name of its own, since endpoints are remembered by their URI.
        String name = "other" + context.getComponentNames().size();
        context.addComponent(name, other);
        try {
            context.getEndpoint(name + ":gpt").createProducer().start();
        } finally {
            other.stop();
        }
    }
}
