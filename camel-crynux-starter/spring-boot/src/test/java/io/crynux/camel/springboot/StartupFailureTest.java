// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.crynux.devnet.CrynuxDevnet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A start that fails because of a property names it in Spring's way, and keeps secrets. */
@ExtendWith(OutputCaptureExtension.class)
class StartupFailureTest {
    private static final String KEY = "0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";

    @RegisterExtension
    static CrynuxDevnet devnet = CrynuxDevnet.builder().build();

    @Test
    void aMissingPropertyIsNamedWithItsRoute(CapturedOutput output) {
        fails("relay-url=" + devnet.relayUrl());
        assertThat(analysis(output))
                .contains("Property: camel.component.crynux.rpc-url", "Origin: not set", "Route: images")
                .contains("Reason: Option rpcUrl is missing: set camel.component.crynux.rpc-url")
                .contains("Action:", "Set camel.component.crynux.rpc-url");
    }

    @Test
    void withoutAWalletThePossiblePropertiesAreNamed(CapturedOutput output) {
        fails(network());
        assertThat(analysis(output))
                .contains("Property: camel.component.crynux.private-key")
                .contains("Property: camel.component.crynux.keystore-file")
                .contains("Nobody pays");
    }

    @Test
    void aWrongPropertyIsNamedWithItsOriginAndWithoutASecret(CapturedOutput output) {
        fails(network("private-key=" + KEY.substring(0, 60)));
        assertThat(analysis(output))
                .contains("Property: camel.component.crynux.private-key", "must be 64 hex digits")
                .contains("Correct camel.component.crynux.private-key")
                .containsPattern("Origin: .*commandLineArgs");
        assertThat(output.getAll()).doesNotContain(KEY.substring(4, 50));
    }

    @Test
    void aNetworkThatIsNotThereIsToldByItsProperty(CapturedOutput output) {
        fails(network("private-key=" + KEY, "rpc-url=http://127.0.0.1:9/secret-token"));
        assertThat(analysis(output)).contains("Property: camel.component.crynux.rpc-url", "http://127.0.0.1:9");
        assertThat(output.getAll()).doesNotContain("secret-token");
    }

    @Test
    void aChainThatIsAnotherIsToldByBothProperties(CapturedOutput output) {
        fails(network("private-key=" + KEY, "chain-id=1"));
        assertThat(analysis(output))
                .contains("Property: camel.component.crynux.rpc-url", "Property: camel.component.crynux.chain-id");
        await("what was started is stopped")
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.endsWith("CrynuxClient") || name.endsWith("CrynuxTimer")));
    }

    @Test
    void aNameThatIsMisspeltIsRefusedWithoutItsValue(CapturedOutput output) {
        fails(network(), "--spring.config.location=classpath:misspelt.properties");
        assertThat(analysis(output))
                .contains("Property: camel.component.crynux.max-task-fees")
                .contains("Origin: class path resource [misspelt.properties] - 1:")
                .contains("Correct the name of camel.component.crynux.max-task-fees");
    }

    @Test
    void aSecretWithItsNameMisspeltIsNotPrinted(CapturedOutput output) {
        fails(network("privat-key=" + KEY));
        assertThat(analysis(output)).contains("Property: camel.component.crynux.privat-key");
        assertThat(output.getAll()).doesNotContain(KEY.substring(4, 50));
    }

    @Test
    void whatSpringCannotConvertIsSpringsToTell(CapturedOutput output) {
        fails(network("poll-interval=abc"));
        assertThat(analysis(output)).contains("Property: camel.component.crynux.poll-interval", "Value: \"abc\"");
    }

    @Test
    void aWordThatAnOptionDoesNotHaveIsReportedWithThoseThatItHas(CapturedOutput output) {
        fails(network("wait-method=soon"));
        assertThat(analysis(output))
                .contains("Property: camel.component.crynux.wait-method")
                .contains("Reason: Option waitMethod is 'soon'; it must be follow or poll");
    }

    @Test
    void aValueOutsideItsRangeIsReportedWithTheRange(CapturedOutput output) {
        fails(network("max-in-flight=0"));
        assertThat(analysis(output))
                .contains("Property: camel.component.crynux.max-in-flight")
                .contains("Reason: Option maxInFlight is 0; it must be 1 or more (tasks)");
    }

    @Test
    void aBeanIsNamedByAReference(CapturedOutput output) {
        fails(network("signer=hsm"));
        assertThat(analysis(output))
                .contains("Property: camel.component.crynux.signer", "A bean must be named, such as #bean:name");
    }

    private static String[] network(String... others) {
        Map<String, String> properties = new LinkedHashMap<>(Map.of(
                "rpc-url", devnet.rpcUrl(),
                "relay-url", devnet.relayUrl(),
                "contract-address", devnet.contractAddress()));
        for (String other : others) {
            properties.put(other.substring(0, other.indexOf('=')), other.substring(other.indexOf('=') + 1));
        }
        return properties.entrySet().stream()
                .map(property -> property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
    }

    private static void fails(String... properties) {
        fails(properties, "--spring.main.banner-mode=off");
    }

    private static void fails(String[] properties, String argument) {
        List<String> arguments = new ArrayList<>(List.of(argument));
        for (String property : properties) {
            arguments.add("--camel.component.crynux." + property);
        }
        Throwable failure = catchThrowable(() -> new SpringApplicationBuilder(TestApplication.class)
                .web(WebApplicationType.NONE)
                .run(arguments.toArray(String[]::new))
                .close());
        assertThat(failure).as("the start").isNotNull();
    }

    /** What Spring writes last. */
    private static String analysis(CapturedOutput output) {
        String all = output.getAll();
        assertThat(all).contains("APPLICATION FAILED TO START").as("a stack").doesNotContain("\tat ");
        return all.substring(all.lastIndexOf("APPLICATION FAILED TO START"));
    }
}
