// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.internal.json.TaskJson;
import io.crynux.client.task.TaskKind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * A schema of task parameters. The bundled schemas refuse what the network's own JSON Schemas refuse, which the Relay checks
 * after the payment, with one difference: they require the {@code method} of a scheduler, as the nodes do. Numbers are read as
 * 64-bit floating point and {@code format} is checked with Go's definition of a URI, as in the network. Immutable and
 * thread-safe.
 */
public final class TaskSchema {
    private static final Map<String, TaskSchema> BUNDLED = new ConcurrentHashMap<>();

    private final JsonSchema schema;

    /** What the schema is applied to; may change the tree. */
    private final UnaryOperator<JsonNode> reading;

    private TaskSchema(JsonSchema schema, UnaryOperator<JsonNode> reading) {
        this.schema = schema;
        this.reading = reading;
    }

    /** Today's schema of a kind; compiled at the first call. */
    public static TaskSchema of(TaskKind kind) {
        return of(SchemaRelease.TODAY, kind);
    }

    /**
     * The schema of a kind in a release; compiled at the first call.
     *
     * @throws IllegalArgumentException if the release has no schema of this kind
     */
    public static TaskSchema of(SchemaRelease release, TaskKind kind) {
        return BUNDLED.computeIfAbsent(
                SchemaCompiler.nameOf(release, kind),
                name -> new TaskSchema(SchemaCompiler.bundled(name), RelayNumbers::in));
    }

    /**
     * A custom schema, for instance one that allows certain models only.
     *
     * @param schema a JSON Schema; draft 2020-12 unless its {@code $schema} names another draft. {@code $ref} can
     *     only refer to the document itself, not to files or the network; {@code format} is not checked
     * @throws IllegalArgumentException if it is not JSON or not a valid schema; the message contains the position
     */
    public static TaskSchema fromJson(String schema) {
        return new TaskSchema(SchemaCompiler.custom(schema), UnaryOperator.identity());
    }

    /**
     * All violations, in document order. A text that cannot be read (not JSON, a duplicate member, NaN, text after the document,
     * too deep, too long) gives exactly one violation with line and column. At most {@value Violations#MOST} violations are
     * listed; the last one then contains the number of further ones.
     */
    public List<Violation> validate(String json) {
        try {
            JsonNode document = TaskJson.read(json);
            return Violations.of(document, schema.validate(reading.apply(document)));
        } catch (InvalidTaskException e) {
            return e.violations();
        }
    }

    /** As {@link #validate(String)}, for the text that the tree is written as. */
    public List<Violation> validate(JsonNode document) {
        try {
            // What counts is what is sent: a tree can hold what JSON cannot, such as NaN, bytes or Java objects.
            return validate(TaskJson.write(document));
        } catch (InvalidTaskException e) {
            return e.violations();
        }
    }

    /**
     * Refuses parameters that are not valid.
     *
     * @throws InvalidTaskException with every violation that {@link #validate(String)} finds, if there is one
     */
    public void check(String json) {
        List<Violation> violations = validate(json);
        if (!violations.isEmpty()) {
            throw new InvalidTaskException("The task's parameters are invalid; nothing was sent", violations);
        }
    }
}
