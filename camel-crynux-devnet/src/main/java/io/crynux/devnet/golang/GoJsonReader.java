// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.golang;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON as Go's {@code json.Unmarshal} does: of members with the same name the last counts, numbers must fit into a double,
 * nesting ends at 10,000. Numbers keep their text.
 */
public final class GoJsonReader {
    /** Go has a limit for the depth only, which {@link GoJsonSyntax} checks. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Containers that are open, innermost first; a loop, since they may be 10,000. */
    private final Deque<Object> open = new ArrayDeque<>();

    private final Deque<String> names = new ArrayDeque<>();
    private Object root;

    private GoJsonReader() {}

    /**
     * Reads one value.
     *
     * @return null, {@code Boolean}, {@code String}, {@link JsonNumber}, {@code List} or {@code Map}, which the caller may change
     * @throws GoSyntaxException with the text of Go's error
     */
    public static Object read(String json) throws GoSyntaxException {
        GoJsonSyntax.check(json.getBytes(StandardCharsets.UTF_8));
        var reader = new GoJsonReader();
        try (JsonParser parser = JSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                reader.next(token, parser);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The syntax is checked", e);
        }
        return reader.root;
    }

    private void next(JsonToken token, JsonParser parser) throws IOException, GoSyntaxException {
        switch (token) {
            case START_OBJECT -> begin(new LinkedHashMap<String, Object>());
            case START_ARRAY -> begin(new ArrayList<>());
            case END_OBJECT, END_ARRAY -> open.pop();
            case FIELD_NAME -> names.push(parser.currentName());
            case VALUE_STRING -> add(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> add(number(parser.getText()));
            case VALUE_TRUE -> add(true);
            case VALUE_FALSE -> add(false);
            case VALUE_NULL -> add(null);
            default -> throw new IllegalStateException("No JSON: " + token);
        }
    }

    private void begin(Object container) {
        add(container);
        open.push(container);
    }

    @SuppressWarnings("unchecked")
    private void add(Object value) {
        if (open.isEmpty()) {
            root = value;
        } else if (open.peek() instanceof Map<?, ?> members) {
            ((Map<String, Object>) members).put(names.pop(), value);
        } else {
            ((List<Object>) open.peek()).add(value);
        }
    }

    private static JsonNumber number(String text) throws GoSyntaxException {
        var number = new JsonNumber(text);
        if (Double.isInfinite(number.toDouble())) {
            throw new GoSyntaxException("json: cannot unmarshal number " + text + " into Go value of type float64");
        }
        return number;
    }
}
