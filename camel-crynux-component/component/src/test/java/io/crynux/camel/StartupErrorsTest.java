// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.crynux.devnet.CrynuxDevnet;
import java.util.function.Consumer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A wrong configuration is reported at start, with the option's name and the remedy. */
class StartupErrorsTest {
    private static final String KEY = "0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";

    private static CrynuxDevnet devnet;

    @BeforeAll
    static void startNetwork() {
        devnet = CrynuxDevnet.builder().start();
    }

    @AfterAll
    static void stopNetwork() {
        devnet.close();
    }

    @Test
    void theRightConfigurationStarts() {
        assertThat(start("crynux:sd", crynux -> {})).isNull();
    }

    @Test
    void missingOptions() {
        assertFails(
                "crynux:sd", crynux -> crynux.setRpcUrl(null), "Option rpcUrl is missing", "camel.component.crynux");
        assertFails("crynux:sd", crynux -> crynux.setRelayUrl(null), "Option relayUrl is missing");
        assertFails("crynux:sd", crynux -> crynux.setContractAddress(" "), "Option contractAddress is missing");
        assertFails("crynux:sd", crynux -> crynux.setPrivateKey(null), "Nobody pays", "privateKey", "signer");
        assertFails("crynux:sd", crynux -> crynux.getConfiguration().setTaskFee(null), "Option taskFee is missing");
    }

    @Test
    void aWrongKeyIsNotRepeated() {
        Throwable error = assertFails(
                "crynux:sd", crynux -> crynux.setPrivateKey(KEY.substring(0, 60)), "privateKey must be 64 hex digits");
        assertThat(everything(error)).doesNotContain(KEY.substring(4, 50));
    }

    @Test
    void aWrongChainId() {
        assertFails("crynux:sd", crynux -> crynux.setChainId(1L), "is on chain 31337, but chainId says 1");
    }

    @Test
    void aContractWithoutCode() {
        assertFails(
                "crynux:sd",
                crynux -> crynux.setContractAddress("0x00000000000000000000000000000000000000aa"),
                "contractAddress 0x00000000000000000000000000000000000000aa has no code");
        assertFails(
                "crynux:sd", crynux -> crynux.setContractAddress("0x12"), "contractAddress '0x12' is not an address");
    }

    @Test
    void anUnreachableNodeOrRelay() {
        assertFails(
                "crynux:sd",
                crynux -> crynux.setRpcUrl("http://127.0.0.1:9/secret-token"),
                "http://127.0.0.1:9",
                "rpcUrl");
        assertThat(everything(start("crynux:sd", crynux -> crynux.setRpcUrl("http://127.0.0.1:9/secret-token"))))
                .doesNotContain("secret-token");
        assertFails("crynux:sd", crynux -> crynux.setRelayUrl("http://127.0.0.1:9"), "relayUrl does not answer");
        assertFails("crynux:sd", crynux -> crynux.setRpcUrl("localhost:8545"), "rpcUrl must begin with http");
    }

    @Test
    void unknownOptionsWithoutTheirValues() {
        Throwable error =
                assertFails("crynux:sd?privateKey=" + KEY, crynux -> {}, "privateKey belongs to the component");
        assertThat(everything(error)).doesNotContain(KEY.substring(4, 50));
        assertFails("crynux:sd?colour=red", crynux -> {}, "Option colour of crynux:sd is not known");
        assertFails("crynux:gpt?imageWidth=512", crynux -> {}, "Option imageWidth does not apply to crynux:gpt");
        assertFails("crynux:video", crynux -> {}, "crynux:video is not known", "crynux:sd");
        assertFails("crynux:sd?waitFor=ever", crynux -> {}, "waitFor", "uploaded");
        assertFails("crynux:sd?taskFee=-1", crynux -> {}, "Option taskFee is '-1'");
        assertFails("crynux:sd?taskArgs=classpath:nowhere.json", crynux -> {}, "Option taskArgs cannot be read");
    }

    @Test
    void lazyStartProducerConnectsLate() {
        assertThat(start("crynux:sd?lazyStartProducer=true", crynux -> crynux.setRpcUrl("http://127.0.0.1:9")))
                .isNull();
    }

    private static Throwable assertFails(String uri, Consumer<CrynuxComponent> change, String... words) {
        Throwable error = start(uri, change);
        assertThat(error).as(uri).isNotNull();
        assertThat(everything(error)).contains(words);
        return error;
    }

    private static Throwable start(String uri, Consumer<CrynuxComponent> change) {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            CrynuxComponent crynux = new CrynuxComponent();
            crynux.setRpcUrl(devnet.rpcUrl());
            crynux.setContractAddress(devnet.contractAddress());
            crynux.setRelayUrl(devnet.relayUrl());
            crynux.setPrivateKey(devnet.account(0).privateKey());
            crynux.getConfiguration().setTaskFee("30");
            change.accept(crynux);
            context.addComponent("crynux", crynux);
            return catchThrowable(() -> {
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:in").to(uri);
                    }
                });
                context.start();
            });
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Messages of the error and its causes, as a log would show them. */
    private static String everything(Throwable error) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            text.append(cause).append('\n');
        }
        return text.toString();
    }
}
