// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Builds parameters as a JSON tree; numbers keep their spelling. */
public final class ParameterTree {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private ParameterTree() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A Java value as JSON. */
    public static JsonNode of(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** The shortest form of a number: 7 rather than 7.0. */
    public static JsonNode number(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON cannot represent the number " + value);
        }
        BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
        return exact.scale() <= 0 && exact.precision() - exact.scale() <= 18
                ? JsonNodeFactory.instance.numberNode(exact.longValueExact())
                : DecimalNode.valueOf(exact);
    }

    /** Sets a member; null removes it. */
    public static void put(ObjectNode target, String member, Object value) {
        if (value == null) {
            target.remove(member);
        } else {
            target.set(member, of(value));
        }
    }

    /** Sets a member of a section, which exists only while it has members; null removes the member. */
    public static void put(ObjectNode target, String section, String member, Object value) {
        ObjectNode present = target.get(section) instanceof ObjectNode object ? object : object();
        put(present, member, value);
        put(target, section, present.isEmpty() ? null : present);
    }

    /** The name of a model that is a string, or an object with a name. */
    public static Optional<String> modelName(JsonNode model) {
        JsonNode name = model.isObject() ? model.path("name") : model;
        return Optional.ofNullable(name.textValue()).filter(text -> !text.isEmpty());
    }

    /** Sets a member that is missing; an existing one wins, even if it is null. */
    public static void fill(ObjectNode target, String member, JsonNode value) {
        if (!target.has(member)) {
            target.set(member, value);
        }
    }

    /** As {@link #fill(ObjectNode, String, JsonNode)} for a member of a section, which is created if it is missing. */
    public static void fill(ObjectNode target, String section, String member, JsonNode value) {
        fill(target, section, object());
        if (target.get(section) instanceof ObjectNode present) {
            fill(present, member, value);
        }
    }

    /**
     * Fills missing members from another object: whole members, except that the sections are filled member by member. A
     * scheduler or model that is put together from two sources would be a third one, which nobody asked for.
     */
    public static void fillFrom(ObjectNode target, ObjectNode source, Set<String> sections) {
        source.properties().forEach(member -> {
            JsonNode present = target.get(member.getKey());
            if (present == null) {
                target.set(member.getKey(), member.getValue().deepCopy());
            } else if (sections.contains(member.getKey())
                    && present instanceof ObjectNode own
                    && member.getValue() instanceof ObjectNode other) {
                fillFrom(own, other, Set.of());
            }
        });
    }

    /** The same members, those named in the order first. */
    public static ObjectNode arranged(ObjectNode members, List<String> order) {
        ObjectNode arranged = object();
        order.stream().filter(members::has).forEach(name -> arranged.set(name, members.get(name)));
        members.properties().forEach(member -> fill(arranged, member.getKey(), member.getValue()));
        return arranged;
    }
}
