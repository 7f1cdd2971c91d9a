// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What parameters say of model, results, VRAM and size, valid or not. */
class ParameterSummaryTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '$',
            nullValues = "-",
            value = {
                "SD|{\"base_model\":\"a/b\"}|a/b|6|10|6",
                "SD|{\"base_model\":{\"name\":\"runwayml/stable-diffusion-v1-5\"},\"task_config\":{\"num_images\":2}}|runwayml/stable-diffusion-v1-5|2|8|2",
                "SD|{\"base_model\":\"crynux-network/sdxl-turbo\",\"task_config\":{\"num_images\":10}}|crynux-network/sdxl-turbo|10|14|10",
                "SD|{\"base_model\":\"stabilityai/stable-diffusion-xl-base-1.0\",\"task_config\":{\"num_images\":3.0}}|stabilityai/stable-diffusion-xl-base-1.0|3|14|3",
                "SD|{\"base_model\":{},\"task_config\":{\"num_images\":\"2\"}}|-|6|10|6",
                "SD|{\"base_model\":1,\"task_config\":{\"num_images\":1e300}}|-|6|10|6",
                "GPT|{\"model\":\"Qwen/Qwen3-8B\"}|Qwen/Qwen3-8B|1|24|1",
                "GPT|[]|-|1|24|1",
                "SD_FT_LORA|{\"model\":{\"name\":\"m\"},\"validation\":{\"num_images\":2}}|m|2|24|1",
                "SD_FT_LORA|{}|-|4|24|1"
            })
    void isRead(TaskKind kind, String json, String model, int results, int vram, int cap) {
        ParameterSummary summary = ParameterSummary.of(TaskParameters.ofJson(kind, json));

        assertThat(summary.model().orElse(null)).isEqualTo(model);
        assertThat(summary.resultFiles()).isEqualTo(results);
        assertThat(summary.vramLimit()).isEqualTo(vram);
        assertThat(summary.cap()).isEqualTo(cap);
    }

    @Test
    void readsWhatTheSchemaAccepts() {
        String json = "{\"model\":\"m\",\"messages\":[{\"content\":\"" + "x".repeat(25_000_000) + "\"}]}";
        assertThat(ParameterSummary.of(TaskKind.GPT, json).model()).contains("m");
    }

    @Test
    void needsJson() {
        assertThatThrownBy(() -> ParameterSummary.of(TaskKind.SD, "a cat")).isInstanceOf(InvalidTaskException.class);
    }
}
