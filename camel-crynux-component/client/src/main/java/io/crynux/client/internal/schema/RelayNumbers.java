// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/**
 * Numbers as the Relay reads them: as 64-bit floating point, before it applies the schema (24ffc26, models/task_args.go). So
 * 20.000000000000000000001 is the whole number 20, and 1e-400 is 0.
 */
final class RelayNumbers {
    private static final long LARGEST_EXACT = 1L << 53;

    private RelayNumbers() {}

    /**
     * Replaces the numbers of a tree that a double does not hold exactly; the others keep their spelling.
     *
     * @return the tree, or another number if it is one
     */
    static JsonNode in(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> member.setValue(in(member.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, in(array.get(i)));
            }
        } else if (node.isNumber() && !isSmall(node)) {
            return number(node);
        }
        return node;
    }

    private static JsonNode number(JsonNode node) {
        // The shortest decimal of the double, which is also what the Relay's library compares.
        BigDecimal read = BigDecimal.valueOf(node.doubleValue());
        return read.compareTo(node.decimalValue()) == 0 ? node : DecimalNode.valueOf(read);
    }

    private static boolean isSmall(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() && Math.abs(node.longValue()) <= LARGEST_EXACT;
    }
}
