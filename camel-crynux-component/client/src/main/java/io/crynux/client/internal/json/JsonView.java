// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Objects;

/** Writes and reads the records that describe the client's own JSON: members in the order of the record, without nulls. */
public final class JsonView {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final ObjectReader WHOLE = MAPPER.reader()
            .with(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    private JsonView() {}

    /** The JSON text of a record. */
    public static String write(Object view) {
        try {
            return MAPPER.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A " + view.getClass().getSimpleName() + " cannot be written as JSON", e);
        }
    }

    /** The JSON of a record as a tree. */
    public static ObjectNode tree(Object view) {
        return MAPPER.valueToTree(view);
    }

    /**
     * Reads the JSON text of a record; ignores unknown members.
     *
     * @throws IllegalArgumentException if it is another text
     */
    public static <T> T read(String json, Class<T> view) {
        try {
            T read = MAPPER.readValue(json, view);
            if (read == null) {
                throw new IllegalArgumentException("it is null");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    /**
     * Reads a record from a tree; ignores unknown members.
     *
     * @throws IllegalArgumentException if the tree is another document
     */
    public static <T> T read(JsonNode json, Class<T> view) {
        return read(MAPPER.reader(), json, view);
    }

    /** As {@link #read(JsonNode, Class)}; each member of the record must be there. */
    public static <T> T readWhole(JsonNode json, Class<T> view) {
        return read(WHOLE, json, view);
    }

    private static <T> T read(ObjectReader reader, JsonNode json, Class<T> view) {
        try {
            return reader.treeToValue(json, view);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    /** The value of a member that must not be missing. */
    public static <T> T required(T value, String member) {
        return Objects.requireNonNull(value, () -> "the member " + member + " is missing");
    }

    /** The name of a constant in lower case; null for null. */
    public static String lowerCase(Enum<?> constant) {
        return constant == null ? null : constant.name().toLowerCase(Locale.ROOT);
    }
}
