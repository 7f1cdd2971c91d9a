// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import com.fasterxml.jackson.core.JsonPointer;
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
        return visit(document, JsonPointer.empty());
    }

    private static Optional<Violation> visit(JsonNode node, JsonPointer pointer) {
        if (node.isNumber() && isBeyond(node)) {
            return Optional.of(
                    new Violation(pointer.toString(), "is a number beyond the range of 64-bit floating point"));
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (mayHoldOne(member.getValue())) {
                Optional<Violation> found = visit(member.getValue(), pointer.appendProperty(member.getKey()));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            if (mayHoldOne(node.get(i))) {
                Optional<Violation> found = visit(node.get(i), pointer.appendIndex(i));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** Most values are texts and integers: no pointer needs to be made for those. */
    private static boolean mayHoldOne(JsonNode node) {
        return node.isContainerNode() || node.isBigDecimal() || node.isBigInteger();
    }

    private static boolean isBeyond(JsonNode node) {
        // The Relay reads every number as a double and refuses the text where one is infinite.
        return node.isBigDecimal() && isBeyond(node.decimalValue()) || Double.isInfinite(node.doubleValue());
    }

    private static boolean isBeyond(BigDecimal number) {
        // Zero has an exponent too, as in 0e999999999.
        long exponent = number.signum() == 0 ? number.scale() : (long) number.precision() - number.scale();
        return Math.abs(exponent) > LARGEST_EXPONENT;
    }
}
