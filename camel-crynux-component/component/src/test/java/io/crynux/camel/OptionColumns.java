// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the {@link OptionTable} says of an option, as docs/component.md shows it. */
public final class OptionColumns {

    private OptionColumns() {}

    /** The values beside the type, or an empty text where the type says it all. */
    public static String range(String name) {
        Option option = OptionTable.row(name);
        if (option.range() == null || option.range() instanceof Range.Choice) {
            return "";
        }
        if (option.range() instanceof Range.Time time) {
            return time.least().isZero() ? "0 or more" : "above 0";
        }
        String mark = option.condition() == Option.Condition.ALWAYS
                ? ""
                : option.condition() == Option.Condition.SCHEMA ? " \\*" : " for sd \\*";
        return option.range().text() + (option.unit() == null ? "" : " (" + option.unit() + ")") + mark;
    }

    /** The default, by protocol where it differs. */
    public static String byDefault(String name) {
        Option option = OptionTable.row(name);
        if (option.isDefaultOfProtocol()) {
            Map<String, String> protocols = new LinkedHashMap<>();
            option.protocols()
                    .forEach(protocol ->
                            protocols.merge(option.defaultOf(protocol), protocol.text(), (a, b) -> a + " and " + b));
            return protocols.entrySet().stream()
                    .map(value -> "`" + value.getKey() + "` (" + value.getValue() + ")")
                    .collect(joining(", "));
        }
        String value = option.defaultOf(option.protocols().iterator().next());
        return value != null ? "`" + value + "`" : option.usually() != null ? option.usually() : "";
    }

    /** The endpoints that use it. */
    public static String usedBy(String name) {
        Option option = OptionTable.row(name);
        return Stream.of(users("to", option, Option::to), users("from", option, Option::from))
                .filter(users -> !users.isEmpty())
                .collect(joining("; "));
    }

    private static String users(String direction, Option option, Function<Option, Set<EndpointKind>> kinds) {
        Set<EndpointKind> users = kinds.apply(option);
        if (users.isEmpty()) {
            return "";
        }
        boolean all = OptionTable.rows().map(kinds).allMatch(users::containsAll);
        return direction + " "
                + (all
                        ? "any"
                        : Arrays.stream(EndpointKind.values())
                                .filter(users::contains)
                                .map(EndpointKind::path)
                                .collect(joining(", ")));
    }

    /** The protocols that it belongs to. */
    public static String protocols(String name) {
        Set<Protocol> protocols = OptionTable.row(name).protocols();
        return protocols.size() == Protocol.values().length
                ? "all"
                : protocols.stream().map(Protocol::text).collect(joining(", "));
    }
}
