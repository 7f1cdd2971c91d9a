// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.util.URISupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** An option is accepted at the endpoints that use it, in the direction that uses it, and refused by name at all others. */
class OptionRulesTest {
    /** Camel reads them itself, on any endpoint. */
    private static final Set<String> READ_BY_CAMEL =
            Set.of("lazyStartProducer", "bridgeErrorHandler", "autowiredEnabled");

    private static CamelContext context;

    @BeforeAll
    static void makeContext() {
        context = new DefaultCamelContext();
        OptionValues.bindBeans(context);
    }

    @AfterAll
    static void stopContext() {
        context.stop();
    }

    @TestFactory
    Stream<DynamicTest> everyOptionAtEveryKindInBothDirections() {
        return OptionTable.rows()
                .filter(option -> option.scope() == Option.Scope.ENDPOINT)
                .flatMap(option -> Arrays.stream(EndpointKind.values())
                        .flatMap(kind -> Stream.of(
                                dynamicTest(option.name() + " to " + kind.path(), () -> to(option, kind)),
                                dynamicTest(option.name() + " from " + kind.path(), () -> from(option, kind)))));
    }

    @TestFactory
    Stream<DynamicTest> optionsOfTheComponentAreRefusedAtEndpoints() {
        return OptionTable.rows()
                .filter(option -> option.scope() == Option.Scope.COMPONENT && !READ_BY_CAMEL.contains(option.name()))
                .map(option -> dynamicTest(option.name(), () -> assertThatThrownBy(
                                () -> context.getEndpoint("crynux:sd?" + option.name() + "=5ec2e7"))
                        .rootCause()
                        .hasMessage("Option " + option.name() + " belongs to the component, not to an endpoint:"
                                + " set camel.component.crynux." + option.name())));
    }

    @Test
    void theRefusalSaysWhereTheOptionBelongs() {
        assertThatThrownBy(() -> context.getEndpoint("crynux:gpt?startBlock=1").createProducer())
                .hasMessageContaining("Option startBlock is for from(\"crynux:gpt\") only");
        assertThatThrownBy(
                        () -> context.getEndpoint("crynux:gpt?systemPrompt=x").createConsumer(exchange -> {}))
                .hasMessageContaining("Option systemPrompt is for to(\"crynux:gpt\") only");
        assertThatThrownBy(() -> context.getEndpoint("crynux:events").createProducer())
                .hasMessageContaining("crynux:events has no producer");
    }

    private static void to(Option option, EndpointKind kind) throws Exception {
        Throwable refusal =
                catchThrowable(() -> context.getEndpoint(uri(option, kind, OptionValues.companions(kind, option)))
                        .createProducer());
        assertRefused(refusal, option, kind, option.to(), "from");
    }

    private static void from(Option option, EndpointKind kind) throws Exception {
        Throwable refusal =
                catchThrowable(() -> context.getEndpoint(uri(option, kind, "")).createConsumer(exchange -> {}));
        assertRefused(refusal, option, kind, option.from(), "to");
    }

    private static void assertRefused(
            Throwable refusal, Option option, EndpointKind kind, Set<EndpointKind> users, String elsewhere) {
        String name = option.name();
        if (refusal instanceof UnsupportedOperationException) {
            assertThat(users).as("a kind without this direction").doesNotContain(kind);
            return;
        }
        if (users.contains(kind) || READ_BY_CAMEL.contains(name)) {
            assertThat(refusal).isNull();
            return;
        }
        if (!option.to().contains(kind) && !option.from().contains(kind)) {
            assertThat(refusal)
                    .rootCause()
                    .hasMessage("Option " + name + " does not apply to crynux:" + kind.path() + "; remove it");
        } else {
            assertThat(refusal)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Option %s is for %s(\"crynux:%s\") only", name, elsewhere, kind.path())
                    .hasMessageEndingWith("; remove it");
        }
    }

    private static String uri(Option option, EndpointKind kind, String companions) throws Exception {
        return URISupport.normalizeUri("crynux:" + kind.path() + "?"
                + (option.to().contains(kind) || READ_BY_CAMEL.contains(option.name()) ? companions : "")
                + option.name() + "=" + OptionValues.possible(option));
    }
}
