// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Reads members of the Relay's JSON, and refuses what is missing or of another type. The messages contain names, no values. */
public final class JsonFields {
    private static final int MAX_DIGITS = 78;

    private final JsonNode object;

    private JsonFields(JsonNode object) {
        this.object = object;
    }

    /** @throws IllegalArgumentException if it is no JSON object */
    public static JsonFields of(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("a JSON object is missing");
        }
        return new JsonFields(node);
    }

    /** @throws IllegalArgumentException if it is no text */
    public String text(String name) {
        JsonNode value = object.path(name);
        if (!value.isTextual()) {
            throw wrong(name, "a text");
        }
        return value.textValue();
    }

    /** @throws IllegalArgumentException if it is no integer of 32 bits */
    public int integer(String name) {
        JsonNode value = object.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(name, "an integer");
        }
        return value.intValue();
    }

    /** @throws IllegalArgumentException if it is no integer of 64 bits, which may be unsigned */
    public BigInteger unsigned(String name) {
        return unsigned(object.path(name), name);
    }

    /** As {@link #unsigned(String)}, of a value. */
    public static BigInteger unsigned(JsonNode value, String name) {
        if (!value.isIntegralNumber()
                || value.bigIntegerValue().signum() < 0
                || value.bigIntegerValue().bitLength() > Long.SIZE) {
            throw wrong(name, "an unsigned integer");
        }
        return value.bigIntegerValue();
    }

    /** @throws IllegalArgumentException if it is no number */
    public double number(String name) {
        JsonNode value = object.path(name);
        if (!value.isNumber()) {
            throw wrong(name, "a number");
        }
        return value.doubleValue();
    }

    /** An amount of wei as a decimal text. */
    public BigInteger wei(String name) {
        return wei(object.path(name), name);
    }

    /** As {@link #wei(String)}, of a value. */
    public static BigInteger wei(JsonNode value, String name) {
        String digits = value.isTextual() ? value.textValue() : "";
        if (digits.isEmpty() || digits.length() > MAX_DIGITS || !digits.matches("-?[0-9]+")) {
            throw wrong(name, "an amount of wei as text");
        }
        return new BigInteger(digits);
    }

    /** A time in RFC 3339, or null if the member is missing, null or empty. */
    public Instant time(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull() || value.asText().isEmpty()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value.asText()).toInstant();
        } catch (DateTimeException e) {
            throw wrong(name, "a time");
        }
    }

    /** Seconds since 1970. */
    public Instant second(String name) {
        BigInteger seconds = unsigned(name);
        if (seconds.bitLength() > Integer.SIZE + 2) {
            throw wrong(name, "a time in seconds");
        }
        return Instant.ofEpochSecond(seconds.longValueExact());
    }

    /** A list of texts; empty for null. */
    public List<String> texts(String name) {
        JsonNode value = object.path(name);
        if (value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrong(name, "a list");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode text : value) {
            if (!text.isTextual()) {
                throw wrong(name, "a list of texts");
            }
            texts.add(text.textValue());
        }
        return List.copyOf(texts);
    }

    private static IllegalArgumentException wrong(String name, String expected) {
        return new IllegalArgumentException("its member " + name + " is not " + expected);
    }
}
