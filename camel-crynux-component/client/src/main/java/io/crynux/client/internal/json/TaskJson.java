// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.json;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.internal.text.ForeignText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Reads and writes the JSON text of task parameters strictly: no duplicate members, no NaN, no text after the document, no
 * numbers beyond 64-bit floating point, no unpaired surrogates, at most {@value #MAX_DEPTH} levels and {@link #MAX_BYTES}
 * bytes. Numbers keep their spelling, so that 20.0 differs from 20.
 */
public final class TaskJson {

    /** Maximum size of a document, in bytes of UTF-8: the Relay's default body limit, 32 MiB. */
    public static final int MAX_BYTES = 32 * 1024 * 1024;

    /** Maximum depth of arrays and objects; far more than any real task, far less than a stack overflow needs. */
    public static final int MAX_DEPTH = 1_000;

    private static final int LONGEST_TOKEN_SHOWN = 40;
    private static final int LONGEST_REASON = 240;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_BYTES)
                            .build())
                    .errorReportConfiguration(ErrorReportConfiguration.builder()
                            .maxErrorTokenLength(LONGEST_TOKEN_SHOWN)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private TaskJson() {}

    /**
     * The document in a text.
     *
     * @throws InvalidTaskException with exactly one violation, which contains the position (line and column, or the pointer
     *     of a value) of the error, or the limit that the text exceeds
     */
    public static JsonNode read(String json) {
        Objects.requireNonNull(json, "json");
        if (exceedsMaxBytes(json)) {
            throw refusal("is longer than " + MAX_BYTES + " bytes, the maximum that the Relay accepts");
        }
        JsonNode document;
        try {
            document = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw refusal(describe(e));
        }
        if (document.isMissingNode()) {
            throw refusal("is not JSON: the text is empty");
        }
        UnsendableValue.firstIn(document).ifPresent(violation -> {
            throw refusal(violation);
        });
        return document;
    }

    /**
     * The text of a document: without white space, with members in their order and numbers in their spelling.
     *
     * @throws InvalidTaskException with one violation, if the tree is too deep or holds Java objects that have no JSON form
     */
    public static String write(JsonNode document) {
        try {
            return MAPPER.writeValueAsString(Objects.requireNonNull(document, "document"));
        } catch (JsonProcessingException e) {
            throw refusal("cannot be written as JSON: " + cleaned(e));
        }
    }

    private static InvalidTaskException refusal(String problem) {
        return refusal(new Violation("", problem));
    }

    private static InvalidTaskException refusal(Violation violation) {
        return new InvalidTaskException("The task's parameters cannot be used", List.of(violation));
    }

    private static boolean exceedsMaxBytes(String json) {
        // A char takes at most three bytes, so that most texts need no count.
        return json.length() > MAX_BYTES
                || (json.length() > MAX_BYTES / 3 && json.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES);
    }

    private static String describe(JacksonException e) {
        JsonLocation location = e.getLocation();
        String where =
                location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
        return "is not valid JSON" + where + ": " + cleaned(e);
    }

    /** Without Jackson's hints for programmers: which constant holds a limit, why the source is not shown. */
    private static String cleaned(JacksonException e) {
        String message = e.getOriginalMessage()
                .replaceAll(", from `[^`]*`", "")
                .replaceAll(" \\(bound as `[^`]*`\\): not allowed as per `[^`]*`", "")
                .replaceAll(": enable `[^`]*` to allow", " is not JSON")
                .replaceAll(" \\(not recognized as one since [^)]*\\)", "")
                .replaceAll("\\[Source: [^;]*; line: (\\d+), column: (\\d+)\\]", "line $1, column $2");
        return ForeignText.shown(message, LONGEST_REASON);
    }
}
