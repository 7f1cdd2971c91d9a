// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.crynux.client.error.InvalidTaskException;
import io.crynux.devnet.CrynuxDevnet;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is wrong with an operation is said at start, or with the message that lacks something, by name and with the remedy. */
class OperationErrorsTest {

    @RegisterExtension
    static final CrynuxDevnet DEVNET = CrynuxDevnet.builder().build();

    @Test
    void unknownOperationsAreRefusedWithThoseThatThereAre() throws Exception {
        assertThat(to("crynux:task?operation=delete"))
                .contains("Option operation is 'delete'; it must be status, result, cancel or resume");
        assertThat(to("crynux:task")).contains("Option operation of crynux:task is missing", "status, result");
    }

    @Test
    void optionsThatAreOfNoUse() throws Exception {
        assertThat(to("crynux:task?operation=status&taskFee=3")).contains("taskFee does not apply to crynux:task");
        assertThat(to("crynux:task?operation=resume&waitFor=prepared"))
                .contains("it must be result, success, uploaded or created");
        assertThat(to("crynux:network?operation=status")).contains("operation does not apply to crynux:network");
        assertThat(to("crynux:wallet?minBalance=5")).contains("minBalance is for from(\"crynux:wallet\") only");
        assertThat(from("crynux:task?operation=status")).contains("crynux:task has no consumer");
    }

    @Test
    void theWalletNeedsABalanceToWatch() throws Exception {
        assertThat(from("crynux:wallet")).contains("Option minBalance is missing");
        assertThat(from("crynux:wallet?minBalance=few")).contains("Option minBalance is 'few'");
        assertThat(from("crynux:wallet?minBalance=5&checkInterval=0")).contains("Option checkInterval is 0");
    }

    @Test
    void aComponentWithoutAWalletHasNoBalanceAndNoResults() throws Exception {
        Consumer<CrynuxComponent> noWallet = crynux -> crynux.setPrivateKey(null);
        assertThat(start(noWallet, route -> route.from("direct:in").to("crynux:wallet")))
                .contains("crynux:wallet has no wallet", "privateKey");
        assertThat(start(noWallet, route -> route.from("direct:in").to("crynux:task?operation=result")))
                .contains("Nobody pays", "privateKey");
        assertThat(start(noWallet, route -> route.from("direct:in").to("crynux:task?operation=status")))
                .isEmpty();
    }

    @Test
    void messagesThatNameNoTask() throws Exception {
        try (DefaultCamelContext context = context(crynux -> {})) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    from("direct:status").to("crynux:task?operation=status");
                    from("direct:resume").to("crynux:task?operation=resume");
                }
            });
            context.start();

            assertInvalid(context, "direct:status", null, null, "Header CamelCrynuxTaskId is missing");
            assertInvalid(
                    context, "direct:status", "CamelCrynuxTaskId", "seven", "Header CamelCrynuxTaskId is 'seven'");
            assertInvalid(context, "direct:status", "CamelCrynuxTaskId", "-7", "Header CamelCrynuxTaskId is '-7'");
            assertInvalid(context, "direct:resume", null, null, "CamelCrynuxTaskId and CamelCrynuxTransactionHash");
            assertInvalid(
                    context,
                    "direct:resume",
                    "CamelCrynuxTransactionHash",
                    "0x12",
                    "Header CamelCrynuxTransactionHash is '0x12'");
        }
    }

    private static void assertInvalid(
            DefaultCamelContext context, String uri, String header, String value, String words) {
        Exchange out = context.createProducerTemplate().request(uri, e -> {
            if (header != null) {
                e.getMessage().setHeader(header, value);
            }
        });
        assertThat(out.getException()).isInstanceOf(InvalidTaskException.class).hasMessageContaining(words);
    }

    private static String to(String uri) throws Exception {
        return start(crynux -> {}, route -> route.from("direct:in").to(uri));
    }

    private static String from(String uri) throws Exception {
        return start(crynux -> {}, route -> route.from(uri).to("mock:out"));
    }

    private static DefaultCamelContext context(Consumer<CrynuxComponent> change) {
        DefaultCamelContext context = new DefaultCamelContext();
        CrynuxComponent crynux = new CrynuxComponent();
        crynux.setRpcUrl(DEVNET.rpcUrl());
        crynux.setContractAddress(DEVNET.contractAddress());
        crynux.setRelayUrl(DEVNET.relayUrl());
        crynux.setPrivateKey(DEVNET.account(0).privateKey());
        change.accept(crynux);
        context.addComponent("crynux", crynux);
        return context;
    }

    /** What the failure to start says, with its causes; empty where there is none. */
    private static String start(Consumer<CrynuxComponent> change, Consumer<RouteBuilder> route) throws Exception {
        try (DefaultCamelContext context = context(change)) {
            Throwable error = catchThrowable(() -> {
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        route.accept(this);
                    }
                });
                context.start();
            });
            StringBuilder text = new StringBuilder();
            for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                text.append(cause).append('\n');
            }
            return text.toString();
        }
    }
}
