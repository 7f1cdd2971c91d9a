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

/**
 * A schema of task parameters. The bundled schemas refuse what the network's own JSON Schemas refuse, which the Relay checks
 * after the payment, with one difference: they require the {@code method} of a scheduler, as the nodes do. {@code format} is
 * checked as in the network, with Go's definition of a URI. Immutable and thread-safe.
 */
public final class TaskSchema {
    private static final Map<TaskKind, TaskSchema> BUNDLED = new ConcurrentHashMap<>();

    private final JsonSchema schema;

    private TaskSchema(JsonSchema schema) {
        this.schema = schema;
    }

    /** The bundled schema of a kind; compiled at the first call. */
    public static TaskSchema of(TaskKind kind) {
        return BUNDLED.computeIfAbsent(kind, k -> new TaskSchema(SchemaCompiler.bundled(k)));
    }

    /**
     * A custom schema, for instance one that allows certain models only.
     *
     * @param schema a JSON Schema; draft 2020-12 unless its {@code $schema} names another draft. {@code $ref} can
     *     only refer to the document itself, not to files or the network; {@code format} is not checked
     * @throws IllegalArgumentException if it is not JSON or not a valid schema; the message contains the position
     */
    public static TaskSchema fromJson(String schema) {
        return new TaskSchema(SchemaCompiler.custom(schema));
    }

    /**
     * All violations, in document order. A text that cannot be read (not JSON, a duplicate member, NaN, text after the document,
     * too deep, too long) gives exactly one violation with line and column. At most {@value Violations#MOST} violations are
     * listed; the last one then contains the number of further ones.
     */
    public List<Violation> validate(String json) {
        try {
            JsonNode document = TaskJson.read(json);
            return Violations.of(document, schema.validate(document));
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
