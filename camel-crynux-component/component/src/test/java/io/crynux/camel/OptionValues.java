// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LoggingExceptionHandler;
import org.apache.camel.support.processor.state.MemoryStateRepository;

/** Values of the options of the {@link OptionTable}, as users would write them: one that can be, and those just outside. */
final class OptionValues {
    /** Of options whose values have no range, or one that the client reads. */
    private static final Map<String, String> POSSIBLE = Map.of(
            "negativePrompt", "people",
            "eventTypes", "TaskSuccess",
            "creator", "any",
            "startBlock", "17",
            "offsetRepository", "#bean:offsets",
            "exceptionHandler", "#bean:handler",
            "exchangePattern", "InOnly");

    private static final Map<String, List<String>> IMPOSSIBLE = Map.of(
            "eventTypes", List.of("TaskDone", "TaskSuccess,"),
            "creator", List.of("0x12", "owner"),
            "startBlock", List.of("-1", "first"),
            "finality", List.of("-1", "soon", "1.5"),
            "maxGasPrice", List.of("0", "-1", "cheap", " ", "0.0000000001"),
            "rpcUrl", List.of("localhost:8545", "ftp://localhost"),
            "relayUrl", List.of("localhost:8545", "ws://localhost"),
            "contractAddress", List.of("0x12"),
            "privateKey", List.of("0x0123456789abcdef"));

    private OptionValues() {}

    static void bindBeans(CamelContext context) {
        context.getRegistry().bind("offsets", new MemoryStateRepository());
        context.getRegistry().bind("handler", new LoggingExceptionHandler(context, OptionValues.class));
    }

    static String possible(Option option) {
        Range range = option.range();
        if (POSSIBLE.containsKey(option.name())) {
            return POSSIBLE.get(option.name());
        }
        if (range == null) {
            return "true";
        }
        if (range instanceof Range.Whole whole) {
            return String.valueOf(whole.least());
        }
        if (range instanceof Range.Multiple multiple) {
            return String.valueOf(multiple.of());
        }
        if (range instanceof Range.Decimal decimal) {
            return String.valueOf(decimal.least());
        }
        if (range instanceof Range.Time) {
            return "10s";
        }
        if (range instanceof Range.Choice choice) {
            return choice.values().get(0);
        }
        return range instanceof Range.Text ? "text" : "0.5";
    }

    static Stream<String> impossible(Option option) {
        Range range = option.range();
        if (IMPOSSIBLE.containsKey(option.name())) {
            return IMPOSSIBLE.get(option.name()).stream();
        }
        if (range instanceof Range.Whole whole) {
            String below = String.valueOf(whole.least() - 1);
            return whole.most() == Long.MAX_VALUE
                    ? Stream.of(below)
                    : Stream.of(below, String.valueOf(whole.most() + 1));
        }
        if (range instanceof Range.Multiple multiple) {
            return Stream.of("0", "-" + multiple.of(), String.valueOf(multiple.of() + 1));
        }
        if (range instanceof Range.Decimal decimal) {
            Stream<String> always = Stream.of(String.valueOf(decimal.least() - 0.01), "NaN", "Infinity");
            return decimal.most() == Long.MAX_VALUE
                    ? always
                    : Stream.concat(always, Stream.of(String.valueOf(decimal.most() + 0.01)));
        }
        if (range instanceof Range.Time time) {
            return Stream.of(
                    String.valueOf(time.least().toMillis() - 1),
                    String.valueOf(Range.Time.LONGEST.plus(Duration.ofMillis(1)).toMillis()));
        }
        if (range instanceof Range.Choice) {
            return Stream.of("nonsense");
        }
        if (range instanceof Range.Text) {
            return Stream.of(" ");
        }
        Stream<String> amounts = Stream.of("0", "-1", "1e3", "30 CNX", " ", "0.0000000000000000001");
        return range instanceof Range.Fee ? Stream.concat(amounts, Stream.of("9223372036.854775808")) : amounts;
    }

    /** Options that the endpoint needs beside, for every value of the option to be looked at. */
    static String companions(EndpointKind kind, Option option) {
        String needed = kind == EndpointKind.TASK && !option.name().equals("operation") ? "operation=status&" : "";
        return option.name().equals("gpuVram") ? needed + "gpuName=x&" : needed;
    }
}
