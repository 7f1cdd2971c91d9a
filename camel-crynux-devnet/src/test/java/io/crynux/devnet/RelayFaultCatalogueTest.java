// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.relaynet.fault.CallFaults;
import io.crynux.devnet.relaynet.fault.RelayNetworkFault;
import io.crynux.devnet.relaynet.fault.RelayNetworkFaults;
import io.crynux.devnet.relaynet.node.RelayNodeFaults;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of a network of today begin by the names that the Java API has. */
class RelayFaultCatalogueTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, Object> EXAMPLES = Map.of(
            "call", "create",
            "retryAfter", "3s",
            "status", 503,
            "body", "{}",
            "delay", "2s",
            "seconds", -300,
            "ids", 7,
            "work", "90s");

    private static final Set<String> OPTIONAL = Set.of("call", "retryAfter");

    /** A predicate cannot be sent over HTTP. */
    private static final Set<String> JAVA_ONLY = Set.of("nodes.hold");

    private final RelayNetworkFaults faults = new RelayNetworkFaults();
    private final KnownFaults known = new RelayFaultCatalogue(faults).known();

    @ParameterizedTest
    @EnumSource
    void beginsWithItsParameters(RelayNetworkFault fault) {
        ObjectNode request = request(fault.id()).put("times", 2);
        fault.parameters().forEach(name -> request.set(name, JSON.valueToTree(EXAMPLES.get(name))));

        Fault begun = begin(request);

        assertThat(faults.on()).extracting(Fault::id).containsExactly(begun.id());
        begun.end();
        assertThat(faults.on()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void needsItsParameters(RelayNetworkFault fault) {
        if (OPTIONAL.containsAll(fault.parameters())) {
            assertThat(begin(request(fault.id()))).isNotNull();
        } else {
            assertThatThrownBy(() -> begin(request(fault.id()))).isInstanceOf(IllegalArgumentException.class);
            assertThat(faults.on()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesOtherParameters(RelayNetworkFault fault) {
        ObjectNode request = request(fault.id()).put("color", "red");
        fault.parameters().forEach(name -> request.set(name, JSON.valueToTree(EXAMPLES.get(name))));

        assertThatThrownBy(() -> begin(request)).hasMessageContaining("unknown member 'color'");
        assertThat(faults.on()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void isDescribed(RelayNetworkFault fault) {
        assertThat(fault.description()).matches("[A-Z].*\\.");
    }

    @Test
    void aCallLimitsItsFault() {
        String limited =
                begin(request("relay.loseAnswer").put("call", "validate")).name();
        String any = begin(request("relay.loseAnswer")).name();

        assertThat(limited).contains("validate").contains("answers lost");
        assertThat(any).doesNotContain("validate").contains("answers lost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"relay.unknown", "rpc.down", "", "DOWN"})
    void anotherNameIsRefused(String name) {
        assertThatThrownBy(() -> begin(request(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("known faults: nodes.cheat, ");
    }

    @Test
    void anotherCallIsRefused() {
        assertThatThrownBy(() -> begin(request("relay.down").put("call", "delete")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'call' must be one of");
    }

    @Test
    void allFaultsOfTheJavaApiHaveNames() {
        Set<String> methods = Stream.of(
                        names("relay.", CallFaults.class),
                        names("relay.", RelayNetworkFaults.class),
                        names("nodes.", RelayNodeFaults.class))
                .flatMap(names -> names)
                .filter(name -> !JAVA_ONLY.contains(name))
                .collect(Collectors.toSet());

        assertThat(known.names()).isEqualTo(methods);
    }

    private static Stream<String> names(String part, Class<?> faults) {
        return Arrays.stream(faults.getMethods())
                .filter(method -> method.getReturnType() == Fault.class)
                .map(Method::getName)
                .map(part::concat);
    }

    private static ObjectNode request(String name) {
        return JSON.createObjectNode().put("fault", name);
    }

    private Fault begin(ObjectNode request) {
        return known.begin(new ControlParameters(request));
    }
}
