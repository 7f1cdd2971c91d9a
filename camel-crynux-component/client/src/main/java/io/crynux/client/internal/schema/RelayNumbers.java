// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;

/**
 * A document with its numbers as the Relay reads them: as 64-bit floating point, before it applies the schema (24ffc26,
 * models/task_args.go). So 20.000000000000000000001 is the whole number 20, and 1e-400 is 0.
 */
final class RelayNumbers {
    private static final long LARGEST_EXACT = 1L << 53;

    private RelayNumbers() {}

    /** The same tree if each number is exact; otherwise a copy. Numbers that do not change keep their spelling. */
    static JsonNode in(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return in(object);
        }
        return node instanceof ArrayNode array ? in(array) : number(node);
    }

    private static JsonNode in(ObjectNode object) {
        ObjectNode copy = null;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            JsonNode read = in(member.getValue());
            if (read != member.getValue()) {
                copy = copy == null ? object.objectNode().setAll(object) : copy;
                copy.set(member.getKey(), read);
            }
        }
        return copy == null ? object : copy;
    }

    private static JsonNode in(ArrayNode array) {
        ArrayNode copy = null;
        for (int i = 0; i < array.size(); i++) {
            JsonNode read = in(array.get(i));
            if (read != array.get(i)) {
                copy = copy == null ? array.arrayNode(array.size()).addAll(array) : copy;
                copy.set(i, read);
            }
        }
        return copy == null ? array : copy;
    }

    private static JsonNode number(JsonNode node) {
        if (!node.isNumber() || isSmall(node)) {
            return node;
        }
        BigDecimal written = node.decimalValue();
        // The shortest decimal of the double, which is also what the Relay's library compares.
        BigDecimal read = BigDecimal.valueOf(node.doubleValue());
        return read.compareTo(written) == 0 ? node : DecimalNode.valueOf(read);
    }

    private static boolean isSmall(JsonNode node) {
        return node.canConvertToLong() && node.isIntegralNumber() && Math.abs(node.longValue()) <= LARGEST_EXACT;
    }
}
