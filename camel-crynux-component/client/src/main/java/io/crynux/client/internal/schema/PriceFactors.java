// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.Map;

/**
 * The numbers from which the Relay calculates a task's price. Go's decoder is stricter than the schema (an unsigned 64-bit
 * integer without point or exponent) and ignores the case of member names; if the calculation fails, the Relay answers HTTP
 * 500. From the Relay's code (24ffc26).
 */
final class PriceFactors {
    private static final BigInteger BEYOND = BigInteger.ONE.shiftLeft(64);

    private final String section;
    /** By name, with the Relay's defaults. */
    private final Map<String, Integer> factors;

    private final boolean zeroRefused;
    private final Findings findings;

    private PriceFactors(String section, Map<String, Integer> factors, boolean zeroRefused, Findings findings) {
        this.section = section;
        this.factors = factors;
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
        parameters.properties().stream()
                .filter(member -> member.getKey().equalsIgnoreCase(section))
                .forEach(member -> checkSection(member.getValue(), "/" + member.getKey()));
    }

    private void checkSection(JsonNode config, String pointer) {
        BigInteger product = BigInteger.ONE;
        boolean readable = true;
        for (Map.Entry<String, Integer> factor : factors.entrySet()) {
            BigInteger number = BigInteger.valueOf(factor.getValue());
            for (Map.Entry<String, JsonNode> member : config.properties()) {
                if (member.getKey().equalsIgnoreCase(factor.getKey())
                        && !member.getValue().isNull()) {
                    String problem = problem(member.getValue(), factor.getKey());
                    if (problem != null) {
                        findings.refuse(pointer + "/" + member.getKey(), problem);
                        readable = false;
                    } else {
                        number = member.getValue().bigIntegerValue();
                    }
                }
            }
            product = product.multiply(number);
        }
        if (readable && product.compareTo(BEYOND) >= 0) {
            findings.refuse(pointer, "asks for more than the 64 bits of the Relay's price calculation hold");
        }
    }

    /** The problem of a value, or null. */
    private String problem(JsonNode value, String factor) {
        if (!value.isNumber()) {
            return "is " + ValueText.of(value) + "; the Relay requires a whole number as " + factor;
        }
        if (value.isFloatingPointNumber()) {
            return "is written as " + ValueText.of(value)
                    + "; the Relay requires a whole number above 0 without point or exponent";
        }
        BigInteger number = value.bigIntegerValue();
        if (number.signum() < 0) {
            return "is " + ValueText.of(value) + "; the Relay refuses what is below 0";
        }
        if (number.signum() == 0 && zeroRefused) {
            return "is 0; the Relay refuses that";
        }
        return number.compareTo(BEYOND) >= 0 ? "exceeds the 64 bits of the Relay's price calculation" : null;
    }
}
