// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Format;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.ClasspathSchemaLoader;
import com.networknt.schema.resource.DisallowSchemaLoader;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.internal.json.TaskJson;
import io.crynux.client.task.TaskKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns schema documents into validators. */
final class SchemaCompiler {
    /** The network's library checks formats, because none of its schemas has a {@code $schema}. */
    private static final SchemaValidatorsConfig NETWORK = config(true);

    /** In schemas of users a format is an annotation, as draft 2020-12 has it. */
    private static final SchemaValidatorsConfig CUSTOM = config(false);

    private static final Format URI = new Format() {
        @Override
        public String getName() {
            return "uri";
        }

        @Override
        public boolean matches(ExecutionContext context, String value) {
            return AbsoluteUri.matches(value);
        }
    };

    private static final Set<String> BOUNDS = Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

    private SchemaCompiler() {}

    /** @param name of {@link #nameOf} */
    static JsonSchema bundled(String name) {
        return compile(TaskJson.read(bundledText(name)), NETWORK);
    }

    /**
     * The name of a schema's file.
     *
     * @throws IllegalArgumentException if the release has no schema of this kind
     */
    static String nameOf(SchemaRelease release, TaskKind kind) {
        if (release == SchemaRelease.JULY_2024 && kind == TaskKind.SD_FT_LORA) {
            throw new IllegalArgumentException("The network of July 2024 has no tasks of kind " + kind.id());
        }
        return kind.id() + release.suffix() + ".schema.json";
    }

    private static SchemaValidatorsConfig config(boolean formats) {
        return SchemaValidatorsConfig.builder()
                .formatAssertionsEnabled(formats)
                .pathType(PathType.JSON_POINTER)
                .locale(Locale.ENGLISH)
                .build();
    }

    static String bundledText(String name) {
        try (InputStream in = SchemaCompiler.class.getResourceAsStream("/io/crynux/client/schema/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The schema " + name + " is missing from the jar of the Crynux client");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The schema " + name + " cannot be read", e);
        }
    }

    static JsonSchema custom(String text) {
        try {
            JsonNode document = TaskJson.read(text);
            requireValid(document);
            return compile(document, CUSTOM);
        } catch (InvalidTaskException | JsonSchemaException e) {
            throw new IllegalArgumentException("The parameters schema cannot be used: " + e.getMessage(), e);
        }
    }

    private static void requireValid(JsonNode document) {
        if (!document.isObject() && !document.isBoolean()) {
            throw new IllegalArgumentException("The parameters schema must be a JSON object");
        }
        String draft = document.path("$schema").asText(SchemaId.V202012);
        Set<ValidationMessage> problems =
                factory(true).getSchema(SchemaLocation.of(draft), CUSTOM).validate(document);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("The parameters schema is not a valid JSON Schema: "
                    + Violations.of(document, problems).stream()
                            .map(v -> v.pointer() + " " + v.problem())
                            .collect(Collectors.joining("; ")));
        }
    }

    private static JsonSchema compile(JsonNode document, SchemaValidatorsConfig config) {
        JsonNode exact = document.deepCopy();
        compareExactly(exact);
        JsonSchema schema = factory(false).getSchema(exact, config);
        // Completely, so that an invalid $ref fails here and validation only reads afterwards.
        schema.initializeValidators();
        return schema;
    }

    /**
     * Where a schema says {@code "type": "integer"}, the library compares with its bounds in 64 bits that wrap around, so that
     * 18446744073709551617.0, which is 2^64 + 1, counts as 1. Written as a list of one, the type means the same
     * and bounds are compared exactly.
     */
    private static void compareExactly(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && "integer".equals(object.path("type").textValue())
                && BOUNDS.stream().anyMatch(object::has)) {
            object.putArray("type").add("integer");
        }
        schema.forEach(SchemaCompiler::compareExactly);
    }

    /** Loads no schemas, except the drafts' own ones from the library's jar if requested. */
    private static JsonSchemaFactory factory(boolean metaschemas) {
        JsonSchemaFactory drafts = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
        JsonMetaSchema dialect = JsonMetaSchema.builder(SchemaId.V202012, JsonMetaSchema.getV202012())
                .format(URI)
                .build();
        return JsonSchemaFactory.builder(drafts)
                .metaSchema(dialect)
                .schemaLoaders(loaders -> {
                    if (metaschemas) {
                        loaders.add(new ClasspathSchemaLoader());
                    }
                    loaders.add(DisallowSchemaLoader.getInstance());
                })
                .build();
    }
}
