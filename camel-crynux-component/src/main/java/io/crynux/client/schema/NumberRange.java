// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.InvalidTaskException.Violation;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * Finds numbers such as 1e999999999: few bytes, no number that the network's programs can hold, and a gigabyte of digits for
 * whoever writes it out, as the validator does to compare it.
 */
final class NumberRange {

    /** Powers of ten, up or down; beyond what 64-bit floating point holds, so that no usable number is lost. */
    private static final long LARGEST_EXPONENT = 400;

    private NumberRange() {}

    /** The first number that is too large or too small; the document must not be deeper than the reader allows. */
    static Optional<Violation> firstBeyond(JsonNode document) {
        return visit(document, "");
    }

    private static Optional<Violation> visit(JsonNode node, String pointer) {
        if (node.isBigDecimal()) {
            return isBeyond(node.decimalValue())
                    ? Optional.of(new Violation(
                            pointer, "is " + ValueText.of(node) + ", beyond the range of 64-bit floating point"))
                    : Optional.empty();
        }
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                Optional<Violation> found = visit(member.getValue(), pointer, member.getKey());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            Optional<Violation> found = visit(node.get(i), pointer, String.valueOf(i));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Violation> visit(JsonNode node, String parent, String name) {
        // Most values are texts and integers: no pointer needs to be made for those.
        return node.isContainerNode() || node.isBigDecimal()
                ? visit(node, parent + "/" + Violations.escaped(name))
                : Optional.empty();
    }

    private static boolean isBeyond(BigDecimal number) {
        // Zero has an exponent too, as in 0e999999999.
        long exponent = number.signum() == 0 ? number.scale() : (long) number.precision() - number.scale();
        return Math.abs(exponent) > LARGEST_EXPONENT;
    }
}
