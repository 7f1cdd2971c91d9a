// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The numbers from which the Relay calculates a task's price. Go's decoder is stricter than the schema (an unsigned 64-bit
 * integer without point or exponent), and reads names of members in any letter case; if the calculation fails, the Relay
 * answers HTTP 500. From the Relay's code (24ffc26, service/task_pricing.go): it decodes the parameters after it has sorted
 * their members by name, so that of several spellings the last in this order counts.
 */
final class PriceFactors {
    private static final BigInteger BEYOND = BigInteger.ONE.shiftLeft(64);

    private final String section;
    /** By name, with the Relay's defaults. */
    private final Map<String, Integer> defaults;

    private final boolean zeroRefused;
    private final Findings findings;

    /** What the decoder has read so far. */
    private final Map<String, Factor> factors = new HashMap<>();

    private boolean refused;

    private PriceFactors(String section, Map<String, Integer> defaults, boolean zeroRefused, Findings findings) {
        this.section = section;
        this.defaults = defaults;
        this.zeroRefused = zeroRefused;
        this.findings = findings;
    }

    static void checkImage(JsonNode parameters, Findings findings) {
        new PriceFactors(
                        "task_config",
                        Map.of("num_images", 6, "image_width", 512, "image_height", 512, "steps", 1),
                        true,
                        findings)
                .check(parameters);
    }

    static void checkText(JsonNode parameters, Findings findings) {
        new PriceFactors("generation_config", Map.of("max_new_tokens", 256), false, findings).check(parameters);
    }

    private void check(JsonNode parameters) {
        sorted(parameters).forEach((name, value) -> {
            if (isSpelling(name, section)) {
                readSection(value, "/" + name);
            }
        });
        if (zeroRefused) {
            factors.values().stream()
                    .filter(factor -> factor.number.signum() == 0)
                    .forEach(zero -> refuse(zero.pointer, "is 0; the Relay requires 1 or more"));
        }
        if (!refused && product().compareTo(BEYOND) >= 0) {
            refuse("/" + section, "asks for more than the 64 bits of the Relay's price calculation hold; ask for less");
        }
    }

    private void readSection(JsonNode value, String pointer) {
        if (value.isNull()) {
            factors.clear();
        } else if (value.isObject()) {
            sorted(value).forEach((name, number) -> defaults.keySet().stream()
                    .filter(factor -> isSpelling(name, factor))
                    .forEach(factor -> read(factor, number, pointer + "/" + name)));
        } else {
            refuse(
                    pointer,
                    "is " + ValueText.of(value) + ", and the Relay reads it as " + section
                            + ", which must be an object; leave it out");
        }
    }

    private void read(String factor, JsonNode value, String pointer) {
        if (value.isNull()) {
            factors.remove(factor);
            return;
        }
        String problem = problem(value, factor);
        if (problem == null) {
            factors.put(factor, new Factor(pointer, value.bigIntegerValue()));
        } else {
            refuse(pointer, problem);
        }
    }

    private void refuse(String pointer, String problem) {
        findings.refuse(pointer, problem);
        refused = true;
    }

    private BigInteger product() {
        return defaults.entrySet().stream()
                .map(factor -> factors.containsKey(factor.getKey())
                        ? factors.get(factor.getKey()).number
                        : BigInteger.valueOf(factor.getValue()))
                .reduce(BigInteger.ONE, BigInteger::multiply);
    }

    private static Map<String, JsonNode> sorted(JsonNode object) {
        Map<String, JsonNode> members = new TreeMap<>();
        object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        return members;
    }

    /** Go folds fewer characters than Java: the Turkish i without dot and I with dot are letters of their own. */
    private static boolean isSpelling(String name, String member) {
        return name.equalsIgnoreCase(member) && name.indexOf('\u0131') < 0 && name.indexOf('\u0130') < 0;
    }

    /** The problem of a value, or null. */
    private String problem(JsonNode value, String factor) {
        String least = zeroRefused ? "1 or more" : "0 or more";
        if (!value.isNumber()) {
            return "is " + ValueText.of(value) + "; the Relay requires a whole number as " + factor;
        }
        if (value.isFloatingPointNumber()) {
            return "is written as " + ValueText.of(value) + "; the Relay requires a whole number, " + least
                    + ", without point or exponent";
        }
        BigInteger number = value.bigIntegerValue();
        if (number.signum() < 0) {
            return "is " + ValueText.of(value) + "; the Relay requires " + least;
        }
        return number.compareTo(BEYOND) >= 0
                ? "exceeds the 64 bits of the Relay's price calculation; ask for less"
                : null;
    }

    private record Factor(String pointer, BigInteger number) {}
}
