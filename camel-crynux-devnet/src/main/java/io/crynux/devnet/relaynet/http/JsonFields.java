// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Fields of a JSON object; null counts as missing. The words of a wrong type are those of Go's encoding/json, with a guess
 * for the name of the Relay's type.
 */
final class JsonFields implements FieldSource {
    private final JsonNode json;

    JsonFields(JsonNode json) {
        this.json = json;
    }

    private Optional<JsonNode> value(String name) {
        return Optional.ofNullable(json.get(name)).filter(value -> !value.isNull());
    }

    private static RequestRefusedException wrongType(JsonNode value, String name, String type) {
        String kind = value.isNumber()
                ? "number " + value.asText()
                : value.getNodeType().name().toLowerCase(Locale.ROOT);
        return RequestRefusedException.invalid(
                "", "json: cannot unmarshal " + kind + " into Go struct field Input." + name + " of type " + type);
    }

    @Override
    public Optional<String> text(String name) throws RequestRefusedException {
        Optional<JsonNode> value = value(name);
        if (value.isPresent() && !value.get().isTextual()) {
            throw wrongType(value.get(), name, "string");
        }
        return value.map(JsonNode::textValue);
    }

    @Override
    public Optional<List<String>> texts(String name) throws RequestRefusedException {
        Optional<JsonNode> value = value(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!value.get().isArray()) {
            throw wrongType(value.get(), name, "[]string");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value.get()) {
            if (!element.isTextual() && !element.isNull()) {
                throw wrongType(element, name, "string");
            }
            texts.add(element.isNull() ? "" : element.textValue());
        }
        return Optional.of(texts);
    }

    @Override
    public Optional<BigInteger> unsigned(String name, int bits) throws RequestRefusedException {
        return integer(name, BigInteger.ZERO, GoNumber.greatest(bits), "uint" + bits);
    }

    @Override
    public Optional<Long> signed(String name) throws RequestRefusedException {
        return integer(name, BigInteger.valueOf(Long.MIN_VALUE), BigInteger.valueOf(Long.MAX_VALUE), "int64")
                .map(BigInteger::longValue);
    }

    private Optional<BigInteger> integer(String name, BigInteger least, BigInteger greatest, String type)
            throws RequestRefusedException {
        Optional<JsonNode> value = value(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!value.get().isIntegralNumber()) {
            throw wrongType(value.get(), name, type);
        }
        BigInteger number = value.get().bigIntegerValue();
        if (number.compareTo(least) < 0 || number.compareTo(greatest) > 0) {
            throw wrongType(value.get(), name, type);
        }
        return Optional.of(number);
    }

    @Override
    public Optional<BigInteger> amount(String name) throws RequestRefusedException {
        Optional<JsonNode> value = value(name);
        return value.isEmpty()
                ? Optional.empty()
                : Optional.of(Amount.ofText(value.get().asText()));
    }

    @Override
    public List<byte[]> files(String name) {
        return List.of();
    }
}
