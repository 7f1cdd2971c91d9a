// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.internal.json.TaskJson;
import io.crynux.client.task.TaskKind;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The schemas in the jar are schemas of draft 2020-12, compiled once, and usable by many threads. */
class BundledSchemasTest {

    @ParameterizedTest
    @EnumSource(TaskKind.class)
    void followTheMetaschema(TaskKind kind) {
        String text = text(kind);

        assertThat(TaskJson.read(text).path("$schema").asText())
                .isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThatCode(() -> TaskSchema.fromJson(text)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(TaskKind.class)
    void useNoUnknownKeyword(TaskKind kind) {
        assertThat(keywords(TaskJson.read(text(kind))))
                .isSubsetOf(
                        "$schema",
                        "title",
                        "$comment",
                        "$defs",
                        "$ref",
                        "type",
                        "required",
                        "properties",
                        "items",
                        "enum",
                        "const",
                        "minimum",
                        "maximum",
                        "exclusiveMinimum",
                        "format",
                        "minLength",
                        "maxLength",
                        "allOf",
                        "if",
                        "then",
                        "additionalProperties");
    }

    @ParameterizedTest
    @EnumSource(TaskKind.class)
    void areCompiledOnce(TaskKind kind) {
        assertThat(TaskSchema.of(kind)).isSameAs(TaskSchema.of(kind));
    }

    @Test
    void serveManyThreads() throws Exception {
        TaskSchema fresh = TaskSchema.fromJson(text(TaskKind.SD));
        Callable<List<Violation>> validation = () ->
                fresh.validate("{\"base_model\":\"m\",\"prompt\":\"\",\"scheduler\":{},\"task_config\":{\"steps\":0}}");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<List<Violation>> result : threads.invokeAll(Collections.nCopies(200, validation))) {
                assertThat(result.get())
                        .extracting(Violation::pointer)
                        .containsExactly("/prompt", "/scheduler", "/task_config/steps");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void areThoseOfTodayUnlessARelayIsOlder() {
        assertThat(TaskSchema.of(TaskKind.GPT)).isSameAs(TaskSchema.of(SchemaRelease.TODAY, TaskKind.GPT));
        assertThat(TaskSchema.of(SchemaRelease.JULY_2024, TaskKind.GPT)
                        .validate("{\"model\":\"m\",\"messages\":[{\"content\":\"hi\"}]}"))
                .containsExactly(new Violation("/messages/0", "lacks the required member \"role\""));
        assertThatThrownBy(() -> TaskSchema.of(SchemaRelease.JULY_2024, TaskKind.SD_FT_LORA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The network of July 2024 has no tasks of kind sd-ft-lora");
    }

    private static String text(TaskKind kind) {
        return SchemaCompiler.bundledText(SchemaCompiler.nameOf(SchemaRelease.TODAY, kind));
    }

    private static List<String> keywords(JsonNode schema) {
        List<String> found = new java.util.ArrayList<>();
        collect(schema, found);
        return found.stream().distinct().toList();
    }

    /** Walks schemas only: the names under properties and $defs are none of the draft's. */
    private static void collect(JsonNode schema, List<String> found) {
        schema.properties().forEach(keyword -> {
            found.add(keyword.getKey());
            switch (keyword.getKey()) {
                case "properties", "$defs" -> keyword.getValue().forEach(inner -> collect(inner, found));
                case "allOf" -> keyword.getValue().forEach(inner -> collect(inner, found));
                case "if", "then", "items" -> collect(keyword.getValue(), found);
                default -> assertThat(keyword.getValue().isObject()).isFalse();
            }
        });
    }
}
