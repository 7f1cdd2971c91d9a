// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.task.TaskKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples are valid, and only those that nodes cannot run give a warning. */
class ExamplesTest {
    private static final Map<String, List<String>> WARNED = Map.of(
            "sdxl-refiner.json", List.of("/refiner"),
            "textual-inversion.json", List.of("/textual_inversion"));

    static List<Path> examples() {
        return Resources.jsonFiles("examples-tasks");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void isValid(Path example) {
        String json = Resources.text(example);
        String name = example.getFileName().toString();
        TaskKind kind = name.startsWith("gpt")
                ? TaskKind.GPT
                : name.startsWith("sd-ft-lora") ? TaskKind.SD_FT_LORA : TaskKind.SD;

        assertThat(TaskSchema.of(kind).validate(json)).isEmpty();
        assertThat(TaskWarnings.of(kind, json))
                .extracting(Violation::pointer)
                .containsExactlyElementsOf(WARNED.getOrDefault(name, List.of()));
    }

    @Test
    void areAllThere() {
        assertThat(examples()).hasSize(11);
    }
}
