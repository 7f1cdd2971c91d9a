// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.TypeConversionException;

/** The members of a request to the devnet's control; what is missing or wrong is an {@link IllegalArgumentException}. */
final class ControlParameters {
    private static final DurationOption DURATIONS = new DurationOption();

    private static final int MAX_SHOWN_LENGTH = 40;
    private static final int MAX_NAMES = 10;

    private final JsonNode json;

    ControlParameters(JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("the body must be a JSON object");
        }
        this.json = json;
    }

    /**
     * Refuses every other member: what was misspelt would be ignored.
     *
     * @param names those that are known
     */
    void allowOnly(String... names) {
        List<String> known = List.of(names);
        List<String> unknown = json.propertyStream()
                .map(Map.Entry::getKey)
                .filter(name -> !known.contains(name))
                .map(name -> "'"
                        + (name.length() > MAX_SHOWN_LENGTH ? name.substring(0, MAX_SHOWN_LENGTH) + "..." : name) + "'")
                .limit(MAX_NAMES)
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown member " + String.join(", ", unknown) + "; "
                    + (known.isEmpty() ? "this request has none" : "known members: " + String.join(", ", known)));
        }
    }

    String text(String name) {
        return optional(name)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' must be a string"));
    }

    Optional<String> optionalText(String name) {
        return optional(name).map(value -> text(name));
    }

    /** A string such as 250ms, 1s or 2m. */
    Duration duration(String name) {
        try {
            return DURATIONS.convert(text(name));
        } catch (TypeConversionException e) {
            throw new IllegalArgumentException("'" + name + "': " + e.getMessage(), e);
        }
    }

    Optional<Duration> optionalDuration(String name) {
        return optional(name).map(value -> duration(name));
    }

    int number(String name) {
        return optional(name)
                .filter(JsonNode::isInt)
                .map(JsonNode::intValue)
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' must be a whole number"));
    }

    boolean bool(String name) {
        return optional(name)
                .filter(JsonNode::isBoolean)
                .map(JsonNode::booleanValue)
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' must be true or false"));
    }

    Optional<Integer> optionalNumber(String name) {
        return optional(name).map(value -> number(name));
    }

    /** An amount of wei: a decimal number as a string, since JSON's numbers are not read exactly everywhere. */
    BigInteger wei(String name) {
        String text = text(name);
        if (!text.matches("[0-9]{1,60}")) {
            throw new IllegalArgumentException("'" + name + "' must be a decimal number of wei in a string");
        }
        return new BigInteger(text);
    }

    String address(String name) {
        String text = text(name);
        if (!text.matches("0x[0-9a-fA-F]{40}")) {
            throw new IllegalArgumentException("'" + name + "' must be an address: 0x and 40 hexadecimal digits");
        }
        return text;
    }

    private Optional<JsonNode> optional(String name) {
        return Optional.ofNullable(json.get(name)).filter(value -> !value.isNull());
    }
}
