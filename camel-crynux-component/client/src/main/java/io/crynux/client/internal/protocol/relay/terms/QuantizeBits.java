// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.terms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.internal.text.ForeignText;
import java.util.List;

/**
 * The number of bits per weight, which the Relay reads from the parameters of each kind of task as a whole number without point
 * or exponent, and otherwise answers HTTP 500 (24ffc26, models/model_id.go). The schema of text accepts 4.0.
 */
final class QuantizeBits {
    private static final String NAME = "quantize_bits";
    private static final int LONGEST_VALUE = 40;

    private QuantizeBits() {}

    /** Writes what the schema of text accepts as the Relay reads it. */
    static void writePlain(ObjectNode parameters) {
        JsonNode bits = parameters.path(NAME);
        if (bits.isFloatingPointNumber() && (bits.doubleValue() == 4 || bits.doubleValue() == 8)) {
            parameters.set(NAME, IntNode.valueOf(bits.intValue()));
        }
    }

    /** The number that the Relay cannot read, if there is one. */
    static List<Violation> violations(JsonNode parameters) {
        JsonNode bits = parameters.path(NAME);
        boolean readable = bits.isIntegralNumber() && bits.canConvertToLong() && bits.longValue() >= 0;
        return readable || !bits.isNumber()
                ? List.of()
                : List.of(new Violation(
                        "/" + NAME,
                        "is " + ForeignText.shown(bits.asText(), LONGEST_VALUE)
                                + "; the Relay requires a whole number, 0 or more, without point or exponent. Leave it"
                                + " out, because only text tasks use it"));
    }
}
