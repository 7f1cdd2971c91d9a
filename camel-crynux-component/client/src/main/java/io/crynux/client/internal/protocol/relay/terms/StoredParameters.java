// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.terms;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * The size of parameters as the Relay stores them: it writes them anew with Go's encoding/json, which escapes more than JSON
 * requires (24ffc26, models/model_id.go).
 */
final class StoredParameters {
    private static final int ESCAPED = 6;

    private long bytes;
    private long largest;
    private JsonPointer largestText = JsonPointer.empty();

    static StoredParameters of(JsonNode parameters) {
        StoredParameters stored = new StoredParameters();
        stored.visit(parameters, JsonPointer.empty());
        return stored;
    }

    long bytes() {
        return bytes;
    }

    /** Where the largest text is. */
    String largestText() {
        return largestText.toString();
    }

    private void visit(JsonNode node, JsonPointer pointer) {
        if (node.isTextual()) {
            long size = string(node.textValue());
            bytes += size;
            if (size > largest) {
                largest = size;
                largestText = pointer;
            }
        } else if (node.isObject()) {
            bytes += brackets(node);
            node.properties().forEach(member -> {
                bytes += string(member.getKey()) + ":".length();
                visit(member.getValue(), pointer.appendProperty(member.getKey()));
            });
        } else if (node.isArray()) {
            bytes += brackets(node);
            for (int i = 0; i < node.size(); i++) {
                visit(node.get(i), pointer.appendIndex(i));
            }
        } else {
            bytes += node.asText().length();
        }
    }

    /** Both brackets, and the commas between what is in them. */
    private static long brackets(JsonNode node) {
        return 1 + Math.max(1L, node.size());
    }

    private static long string(String text) {
        long size = "\"\"".length();
        for (int i = 0; i < text.length(); i++) {
            size += size(text.charAt(i));
        }
        return size;
    }

    /** Bytes of UTF-8; of each half of a surrogate pair 2 of its 4. */
    private static int size(char c) {
        return switch (c) {
            case '"', '\\', '\n', '\r', '\t', '\b', '\f' -> 2;
            case '<', '>', '&', '\u2028', '\u2029' -> ESCAPED;
            default -> {
                if (c < ' ') {
                    yield ESCAPED;
                }
                if (c < 0x80) {
                    yield 1;
                }
                yield c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            }
        };
    }
}
