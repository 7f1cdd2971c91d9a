// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.json;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.InvalidTaskException.Violation;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * Finds JSON values that cannot be sent. Numbers such as 1e999999999: few bytes, but out of range for the network's programs, and
 * a gigabyte of digits when the validator expands them for a comparison. Texts with an unpaired surrogate, such as "\\ud800":
 * UTF-8 cannot encode it, so that the network would receive another text than the hashed one.
 */
final class UnsendableValue {

    /** Powers of ten, up or down; beyond what 64-bit floating point holds, so that no usable number is lost. */
    private static final long LARGEST_EXPONENT = 400;

    private UnsendableValue() {}

    /** The first such value or name of a member; the document must not be deeper than the reader allows. */
    static Optional<Violation> firstIn(JsonNode document) {
        return visit(document, JsonPointer.empty());
    }

    private static Optional<Violation> visit(JsonNode node, JsonPointer pointer) {
        if (node.isNumber() && isBeyond(node)) {
            return Optional.of(
                    new Violation(pointer.toString(), "is a number beyond the range of 64-bit floating point"));
        }
        if (node.isTextual()) {
            return PromptText.loneSurrogate(node.textValue())
                    .map(half -> new Violation(pointer.toString(), "has " + half));
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            Optional<String> half = PromptText.loneSurrogate(member.getKey());
            if (half.isPresent()) {
                return half.map(found -> new Violation(pointer.toString(), "has a member whose name has " + found));
            }
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

    /** Other values need no pointer. */
    private static boolean mayHoldOne(JsonNode node) {
        return node.isContainerNode()
                || node.isBigDecimal()
                || node.isBigInteger()
                || (node.isTextual()
                        && PromptText.loneSurrogate(node.textValue()).isPresent());
    }

    private static boolean isBeyond(JsonNode node) {
        // The Relay reads every number as a double and refuses the text where one is infinite.
        return (node.isBigDecimal() && isBeyond(node.decimalValue())) || Double.isInfinite(node.doubleValue());
    }

    private static boolean isBeyond(BigDecimal number) {
        // Zero has an exponent too, as in 0e999999999.
        long exponent = number.signum() == 0 ? number.scale() : (long) number.precision() - number.scale();
        return Math.abs(exponent) > LARGEST_EXPONENT;
    }
}
