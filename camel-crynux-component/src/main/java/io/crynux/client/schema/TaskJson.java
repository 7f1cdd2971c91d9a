// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.schema;

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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads the JSON text of task parameters as strictly as money asks for: no member twice, no NaN, nothing behind the
 * document, no number beyond 64-bit floating point, at most {@value #MAX_DEPTH} levels and {@link #MAX_BYTES} bytes. Numbers keep their spelling, so that 20.0
 * can be told from 20.
 */
public final class TaskJson {

    /** Most bytes (UTF-8) of a document: the body limit that the Relay ships with, 32 MiB. */
    public static final int MAX_BYTES = 32 * 1024 * 1024;

    /** Most levels of arrays and objects; far beyond any real task, far below what a stack holds. */
    public static final int MAX_DEPTH = 200;

    private static final int LONGEST_TOKEN_SHOWN = 40;

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
     * @throws InvalidTaskException with one violation that says where (line and column) the text ceases to be JSON, or
     *     which limit it exceeds
     */
    public static JsonNode read(String json) {
        try {
            return parse(json);
        } catch (UnreadableException e) {
            throw new InvalidTaskException("The task's parameters cannot be read", List.of(e.violation()));
        }
    }

    static JsonNode parse(String json) throws UnreadableException {
        Objects.requireNonNull(json, "json");
        if (exceedsMaxBytes(json)) {
            throw new UnreadableException(
                    "is longer than " + MAX_BYTES + " bytes, the most that the Relay takes", null);
        }
        JsonNode document;
        try {
            document = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UnreadableException(describe(e), e);
        }
        if (document.isMissingNode()) {
            throw new UnreadableException("is no JSON: the text is empty", null);
        }
        Optional<Violation> beyond = NumberRange.firstBeyond(document);
        if (beyond.isPresent()) {
            throw new UnreadableException(beyond.get(), null);
        }
        return document;
    }

    /** The text that the tree would be sent as; what it is checked by. */
    static String write(JsonNode document) throws UnreadableException {
        try {
            return MAPPER.writeValueAsString(Objects.requireNonNull(document, "document"));
        } catch (JsonProcessingException e) {
            throw new UnreadableException("cannot be written as JSON: " + cleaned(e), e);
        }
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
        return "is no JSON that can be read" + where + ": " + cleaned(e);
    }

    /** Without Jackson's hints for programmers: which constant holds a limit, why the source is not shown. */
    private static String cleaned(JacksonException e) {
        return ValueText.clip(e.getOriginalMessage()
                .replaceAll(", from `[^`]*`", "")
                .replaceAll(" \\(bound as `[^`]*`\\): not allowed as per `[^`]*`", "")
                .replaceAll(": enable `[^`]*` to allow", " is no JSON")
                .replaceAll(" \\(not recognized as one since [^)]*\\)", "")
                .replaceAll("\\[Source: [^;]*; line: (\\d+), column: (\\d+)\\]", "line $1, column $2")
                .replaceAll("\\s+", " "));
    }

    /** The text is no document that we take; {@link #violation()} says why. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Violation violation;

        UnreadableException(String problem, Throwable cause) {
            this(new Violation("", problem), cause);
        }

        UnreadableException(Violation violation, Throwable cause) {
            super(violation.problem(), cause);
            this.violation = violation;
        }

        Violation violation() {
            return violation;
        }
    }
}
