// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;
import io.crynux.client.error.InvalidTaskException.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Converts the validator's messages to violations: pointers of RFC 6901, plain words, document order, a limited number. */
final class Violations {

    /** Maximum number of listed violations; an array can have a million invalid items. */
    static final int MOST = 50;

    private Violations() {}

    static List<Violation> of(JsonNode document, Collection<ValidationMessage> messages) {
        if (messages.isEmpty()) {
            return List.of();
        }
        List<Violation> all = new ArrayList<>(messages.stream()
                .map(message -> new Violation(pointer(message.getInstanceLocation()), ProblemText.of(message)))
                .distinct()
                .toList());
        Map<String, Integer> order = DocumentOrder.of(document, all);
        all.sort(Comparator.comparing(violation -> order.getOrDefault(violation.pointer(), Integer.MAX_VALUE)));
        if (all.size() <= MOST) {
            return List.copyOf(all);
        }
        List<Violation> first = new ArrayList<>(all.subList(0, MOST));
        first.add(new Violation("", "has " + (all.size() - MOST) + " more violations"));
        return List.copyOf(first);
    }

    private static String pointer(JsonNodePath path) {
        StringBuilder pointer = new StringBuilder();
        for (int i = 0; i < path.getNameCount(); i++) {
            pointer.append('/').append(escaped(String.valueOf(path.getElement(i))));
        }
        return pointer.toString();
    }

    /** A name as a part of a pointer. */
    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** Orders the violations by their position in the document. */
    private static final class DocumentOrder {
        private final Map<String, Integer> positions = new HashMap<>();
        private final TreeSet<String> wanted = new TreeSet<>();

        static Map<String, Integer> of(JsonNode document, List<Violation> violations) {
            DocumentOrder order = new DocumentOrder();
            violations.forEach(violation -> order.wanted.add(violation.pointer()));
            order.visit("", document);
            return order.positions;
        }

        private void visit(String pointer, JsonNode node) {
            if (wanted.contains(pointer)) {
                positions.put(pointer, positions.size());
            }
            String inside = wanted.ceiling(pointer + "/");
            if (inside == null || !inside.startsWith(pointer + "/")) {
                return;
            }
            if (node.isObject()) {
                node.properties().forEach(member -> visit(pointer + "/" + escaped(member.getKey()), member.getValue()));
            } else {
                for (int i = 0; i < node.size(); i++) {
                    visit(pointer + "/" + i, node.get(i));
                }
            }
        }
    }
}
