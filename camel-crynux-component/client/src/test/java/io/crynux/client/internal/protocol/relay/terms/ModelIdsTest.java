// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.terms;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ids of models come from the parameters, so that nodes download what the parameters name. */
class ModelIdsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '$',
            value = {
                "\"A/b\"|base:A/b",
                "{\"name\":\"A/b\"}|base:A/b",
                "{\"name\":\"A/b\",\"variant\":null}|base:A/b",
                "{\"name\":\"A/b\",\"variant\":\"\"}|base:A/b",
                "{\"name\":\"A/b\",\"variant\":\"fp16\"}|base:A/b+fp16"
            })
    void nameTheBaseModelOfAnImage(String model, String id) {
        assertThat(Forms.of(TaskKind.SD, Forms.image(model, "")).terms().models())
                .containsExactly(id);
    }

    @Test
    void nameLoraAndControlNetButNoOtherModels() {
        String more =
                ",\"controlnet\":{\"model\":\"c/n\",\"variant\":\"fp16\",\"image_dataurl\":\"R0lGODlhAQABAAAAACw=\"},"
                        + "\"lora\":{\"model\":\"https://a.b/l.safetensors\"},\"refiner\":{\"model\":\"r\"},\"vae\":\"v\","
                        + "\"unet\":\"u\",\"textual_inversion\":\"t\"";

        assertThat(Forms.of(TaskKind.SD, Forms.image("\"m\"", more)).terms().models())
                .containsExactly("base:m", "lora:https://a.b/l.safetensors", "controlnet:c/n+fp16");
        assertThat(Forms.of(TaskKind.SD, Forms.image("\"m\"", ",\"lora\":null,\"controlnet\":null"))
                        .terms()
                        .models())
                .containsExactly("base:m");
    }

    @Test
    void nameTheModelOfTextAndFineTuning() {
        assertThat(Forms.of(TaskKind.GPT, Forms.text("")).terms().models()).containsExactly("base:Qwen/Qwen3-8B");
        assertThat(Forms.of(
                                TaskKind.SD_FT_LORA,
                                Forms.fineTuning("{\"name\":\"A/b\",\"variant\":\"fp16\",\"revision\":\"main\"}"))
                        .terms()
                        .models())
                .containsExactly("base:A/b+fp16");
    }

    @Test
    void containNoSeparatorOfTheRelaysDatabase() {
        String more =
                ",\"lora\":{\"model\":\"https://a.b/l;v=1\"},\"controlnet\":{\"model\":\"c\",\"variant\":\"x;y\"}";

        assertThat(Forms.violations(TaskKind.SD, Forms.image("\"a;b\"", more)))
                .containsExactly(separator("/base_model"), separator("/lora/model"), separator("/controlnet/variant"));
    }

    private static Violation separator(String pointer) {
        return new Violation(
                pointer,
                "contains ';', which separates the ids of models in the Relay's database; use a name or URL without it");
    }

    @Test
    void areWarnedOfWhereTheRelaysDatabaseHasNoRoom() {
        String fitting = "{\"name\":\"" + "m".repeat(512) + "\",\"variant\":\"" + "v".repeat(191) + "\"}";
        String longer = "{\"name\":\"" + "m".repeat(513) + "\",\"variant\":\"" + "v".repeat(192) + "\"}";

        assertThat(Forms.of(TaskKind.SD_FT_LORA, Forms.fineTuning(fitting)).warnings())
                .isEmpty();
        assertThat(Forms.of(TaskKind.SD_FT_LORA, Forms.fineTuning(longer)).warnings())
                .containsExactly(
                        new Violation(
                                "/model/name",
                                "has 513 characters; the Relay's database stores 512, so that the Relay refuses the task"),
                        new Violation(
                                "/model/variant",
                                "has 192 characters; the Relay's database stores 191, so that the Relay refuses the task"));
    }

    @Test
    void areRequiredEvenWithoutAnyOtherCheck() {
        assertThat(Forms.violations(
                        TaskKind.GPT, "{\"messages\":[]}", request -> request.check(TaskParameters.Check.NONE)))
                .containsExactly(new Violation("", "names no model, without which the Relay creates no task"));
    }
}
