// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments;

import io.crynux.devnet.golang.GoText;
import io.crynux.devnet.golang.JsonNumber;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the numbers in one object of the parameters that a price depends on, as Go decodes JSON into a struct: the letter case of
 * names does not matter, of several spellings the last in the order of the text counts, and numbers are whole numbers of 64 bits
 * without point or exponent.
 */
final class PriceDecoder {
    private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(64);

    private final String what;
    private final String rootStruct;
    private final String objectStruct;
    private final String object;
    private final List<String> fields;

    /** The first problem; Go goes on after it, and reports it at the end. */
    private String problem;

    private PriceDecoder(String what, String rootStruct, String objectStruct, String object, List<String> fields) {
        this.what = what;
        this.rootStruct = rootStruct;
        this.objectStruct = objectStruct;
        this.object = object;
        this.fields = fields;
    }

    /** Members of {@code task_config}. */
    static Map<String, BigInteger> taskConfig(Map<String, Object> args) throws RequestRefusedException {
        return new PriceDecoder(
                        "sd",
                        "sdPricingArgs",
                        "sdPricingTaskConfig",
                        "task_config",
                        List.of("num_images", "image_width", "image_height", "steps"))
                .decode(args);
    }

    /** Members of {@code generation_config}. */
    static Map<String, BigInteger> generationConfig(Map<String, Object> args) throws RequestRefusedException {
        return new PriceDecoder(
                        "llm",
                        "llmPricingArgs",
                        "llmPricingGenerationConfig",
                        "generation_config",
                        List.of("max_new_tokens"))
                .decode(args);
    }

    /** @throws RequestRefusedException 500 {@code parse sd task args: ...} */
    private Map<String, BigInteger> decode(Map<String, Object> args) throws RequestRefusedException {
        Map<String, BigInteger> numbers = new HashMap<>();
        // The text that is decoded is the rewritten one, whose members are in this order.
        for (Map.Entry<String, Object> member : new TreeMap<>(args).entrySet()) {
            if (!GoText.foldsTo(member.getKey(), object)) {
                continue;
            }
            if (member.getValue() instanceof Map<?, ?> members) {
                new TreeMap<Object, Object>(members).forEach((name, value) -> number(numbers, (String) name, value));
            } else if (member.getValue() == null) {
                numbers.clear();
            } else {
                mismatch(kind(member.getValue()), rootStruct + "." + object, "service." + objectStruct);
            }
        }
        if (problem != null) {
            throw RequestRefusedException.failure("parse " + what + " task args: " + problem);
        }
        return numbers;
    }

    private void number(Map<String, BigInteger> numbers, String name, Object value) {
        for (String field : fields) {
            if (!GoText.foldsTo(name, field)) {
                continue;
            }
            if (value == null) {
                numbers.remove(field);
            } else if (value instanceof JsonNumber number && isUnsigned64(number.text())) {
                numbers.put(field, new BigInteger(number.text()));
            } else {
                String found = value instanceof JsonNumber number ? "number " + number.text() : kind(value);
                mismatch(found, objectStruct + "." + object + "." + field, "uint64");
            }
        }
    }

    private void mismatch(String found, String field, String type) {
        if (problem == null) {
            problem = "json: cannot unmarshal " + found + " into Go struct field " + field + " of type " + type;
        }
    }

    private static boolean isUnsigned64(String text) {
        return text.chars().allMatch(Character::isDigit) && new BigInteger(text).compareTo(LIMIT) < 0;
    }

    private static String kind(Object value) {
        if (value instanceof Map) {
            return "object";
        } else if (value instanceof List) {
            return "array";
        } else if (value instanceof String) {
            return "string";
        }
        return value instanceof JsonNumber ? "number" : "bool";
    }
}
