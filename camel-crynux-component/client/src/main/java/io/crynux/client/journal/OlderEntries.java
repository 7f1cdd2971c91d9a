// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Makes today's entries of those of format 1 and 2, which had the chain's part of a record in members of their own, and a record
 * of a cancelTask as that of a task without parameters. Entries are to be given in the order of the file.
 */
final class OlderEntries {
    private static final List<String> TERMS = List.of("vramLimit", "cap", "gpuName", "gpuVram");

    private final Set<String> ownKeys = new HashSet<>();
    private final Map<String, JsonNode> nonces = new HashMap<>();

    /** A frame of today's. */
    ObjectNode frame(JsonNode older) {
        ObjectNode frame = (ObjectNode) older;
        if (frame.get("records") instanceof ArrayNode records) {
            for (int i = 0; i < records.size(); i++) {
                records.set(i, entry((ObjectNode) records.get(i)));
            }
        }
        if (frame.get("settled") instanceof ObjectNode settled) {
            frame.set("settled", entry(settled));
        }
        return frame;
    }

    private ObjectNode entry(ObjectNode older) {
        String key = older.path("key").asText();
        ObjectNode entry = JournalFrame.JSON.createObjectNode().put("key", key);
        if (older.get("order") instanceof ObjectNode order) {
            if (order.path("taskHash").asText().isEmpty()) {
                ownKeys.add(key);
                entry.set("account", order.get("creator"));
            } else {
                entry.set("order", order(order));
            }
        }
        boolean own = ownKeys.contains(key);
        for (String name : List.of("state", "reason", "signedAt", "mostWei", "settledAt", "spentWei", "refundedWei")) {
            copy(older, entry, name);
        }
        String payments = own ? "cancellations" : "payments";
        JsonNode nonce = older.path(payments).path(0).get("nonce");
        if (nonce != null) {
            nonces.put(key, nonce);
        }
        if (nonces.containsKey(key)) {
            entry.set("number", nonces.get(key));
        }
        ObjectNode data = entry.putObject("data");
        if (own) {
            put(data, "variants", payments(older.get("cancellations")), older.has("cancellations"));
            put(data, "taskId", text(older.get("taskId")), true);
        } else {
            if (older.hasNonNull("taskId")) {
                entry.put("taskId", older.get("taskId").asText());
            }
            put(data, "payments", payments(older.get("payments")), older.has("payments"));
            put(data, "cancellations", payments(older.get("cancellations")), older.has("cancellations"));
            put(data, "createdIn", block(older.get("createdIn")), true);
            // Each entry had these as a whole: what is not there was not known.
            put(data, "resultNode", text(older.get("resultNode")), true);
            put(data, "resultHash", text(older.get("resultHash")), true);
        }
        put(data, "head", text(older.get("signedAfter")), true);
        return entry;
    }

    private static ObjectNode order(ObjectNode order) {
        ObjectNode terms = order.putObject("terms");
        TERMS.forEach(name -> {
            JsonNode value = order.remove(name);
            if (value != null) {
                terms.put(name, value.asText());
            }
        });
        return order;
    }

    private static void copy(ObjectNode from, ObjectNode to, String name) {
        if (from.hasNonNull(name)) {
            to.set(name, from.get(name));
        }
    }

    private static void put(ObjectNode data, String name, String text, boolean isSaid) {
        if (isSaid) {
            data.put(name, text);
        }
    }

    private static String text(JsonNode value) {
        return value == null || value.isNull() ? null : value.asText();
    }

    private static String block(JsonNode block) {
        return block == null || block.isNull()
                ? null
                : block.path("number").asText() + " " + block.path("hash").asText();
    }

    private static String payments(JsonNode payments) {
        if (payments == null || payments.isEmpty()) {
            return null;
        }
        StringJoiner lines = new StringJoiner("\n");
        payments.forEach(payment -> lines.add(payment.path("nonce").asText() + " "
                + payment.path("transactionHash").asText() + " "
                + payment.path("rawTransaction").asText()));
        return lines.toString();
    }

    /** What a settled record keeps of its data: no signed bytes. */
    static ProtocolData withoutBytes(ProtocolData data) {
        String payments = data.get("payments");
        return data.with("cancellations", null)
                .with("variants", null)
                .with("payments", payments == null ? null : payments.replaceAll(" \\S*(?=\n|$)", " "));
    }
}
