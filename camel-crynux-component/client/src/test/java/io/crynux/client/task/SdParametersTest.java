// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.client.internal.schema.TaskSchema;
import io.crynux.client.internal.schema.TaskWarnings;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Typed image parameters are valid JSON in a fixed order, with plain numbers and nothing that nobody set. */
class SdParametersTest {
    private static final byte[] GIF = Base64.getDecoder().decode("R0lGODlhAQABAAAAACw=");

    @Test
    void writeWhatWasSetInAFixedOrder() {
        SdParameters parameters = SdParameters.builder("a cat")
                .dtype("float16")
                .safetyChecker(false)
                .seed(7)
                .cfg(7.0)
                .steps(25)
                .numImages(2)
                .imageHeight(512)
                .imageWidth(768)
                .scheduler("LCMScheduler", Map.of())
                .controlnet("lllyasviel/sd-controlnet-canny", GIF, 85)
                .preprocess("canny", Map.of("low_threshold", 80))
                .lora("latent-consistency/lcm-lora-sdv1-5", 80)
                .negativePrompt("fog")
                .baseModel("crynux-network/stable-diffusion-v1-5", "fp16")
                .build();

        assertThat(parameters.kind()).isEqualTo(TaskKind.SD);
        assertThat(parameters.json())
                .isEqualTo(parameters.openJson())
                .isEqualTo("{\"base_model\":{\"name\":\"crynux-network/stable-diffusion-v1-5\",\"variant\":\"fp16\"},"
                        + "\"prompt\":\"a cat\",\"negative_prompt\":\"fog\","
                        + "\"lora\":{\"model\":\"latent-consistency/lcm-lora-sdv1-5\",\"weight\":80},"
                        + "\"controlnet\":{\"model\":\"lllyasviel/sd-controlnet-canny\","
                        + "\"image_dataurl\":\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\",\"weight\":85,"
                        + "\"preprocess\":{\"method\":\"canny\",\"args\":{\"low_threshold\":80}}},"
                        + "\"scheduler\":{\"method\":\"LCMScheduler\"},\"dtype\":\"float16\","
                        + "\"task_config\":{\"image_width\":768,\"image_height\":512,\"num_images\":2,\"steps\":25,\"cfg\":7,"
                        + "\"seed\":7,\"safety_checker\":false}}");
        assertThat(TaskSchema.of(TaskKind.SD).validate(parameters.json())).isEmpty();
        assertThat(TaskWarnings.of(TaskKind.SD, parameters.json())).isEmpty();
    }

    @Test
    void writeAModelWithoutVariantAsItsName() {
        assertThat(SdParameters.builder("p")
                        .baseModel("m", "fp16")
                        .baseModel("n")
                        .build()
                        .openJson())
                .isEqualTo("{\"base_model\":\"n\",\"prompt\":\"p\"}");
    }

    @Test
    void writeWhatOnlyTodaysNetworkKnowsBehindTheRest() {
        SdParameters parameters = SdParameters.builder("p")
                .version("2.5.0")
                .textualInversion("t/i")
                .vae("v/a")
                .unet("u/n")
                .refiner("r/f", 70, 30)
                .lora("l/o", 50, "l.safetensors")
                .controlnet("c/n", GIF, 70)
                .controlnetVariant("fp16")
                .steps(20)
                .baseModel("m")
                .build();

        assertThat(parameters.openJson())
                .isEqualTo("{\"base_model\":\"m\",\"prompt\":\"p\",\"lora\":{\"model\":\"l/o\",\"weight\":50,"
                        + "\"weight_file_name\":\"l.safetensors\"},"
                        + "\"controlnet\":{\"model\":\"c/n\",\"image_dataurl\":\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\","
                        + "\"weight\":70,\"variant\":\"fp16\"},"
                        + "\"refiner\":{\"model\":\"r/f\",\"denoising_cutoff\":70,\"steps\":30},"
                        + "\"task_config\":{\"steps\":20},"
                        + "\"unet\":\"u/n\",\"vae\":\"v/a\",\"textual_inversion\":\"t/i\",\"version\":\"2.5.0\"}");
        assertThat(TaskSchema.of(TaskKind.SD).validate(parameters.json())).isEmpty();
    }

    @Test
    void leaveTheRestToTheHouse() {
        SdParameters parameters = SdParameters.builder("a cat").build();

        assertThat(parameters.openJson()).isEqualTo("{\"prompt\":\"a cat\"}");
        assertThat(parameters.json())
                .isEqualTo(
                        ParameterDefaults.builtIn().prompt(TaskKind.SD, "a cat").json());
        assertThat(TaskSchema.of(TaskKind.SD).validate(parameters.json())).isEmpty();
        assertThat(TaskWarnings.of(TaskKind.SD, parameters.json())).isEmpty();
    }

    @Test
    void takeMembersThatTheBuilderDoesNotKnow() {
        SdParameters parameters = SdParameters.builder("p")
                .steps(3)
                .vae("ignored")
                .set("vae", "some/vae")
                .set("task_config", Map.of("steps", 4))
                .build();
        assertThat(parameters.openJson())
                .isEqualTo("{\"prompt\":\"p\",\"task_config\":{\"steps\":4},\"vae\":\"some/vae\"}");
    }

    @Test
    void writeNumbersInTheirShortestForm() {
        assertThat(SdParameters.builder("p").cfg(7.5).build().openJson()).contains("\"cfg\":7.5}");
        assertThat(SdParameters.builder("p").cfg(0).build().openJson()).contains("\"cfg\":0}");
        assertThat(SdParameters.builder("p").cfg(20).build().openJson()).contains("\"cfg\":20}");
        assertThatThrownBy(() -> SdParameters.builder("p").cfg(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refuseImagesThatTheNetworkCannotRead() {
        assertThatThrownBy(() -> SdParameters.builder("p").controlnet("m", new byte[] {1, 2, 3}, 70))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void compareByContentAndKeepThePromptToThemselves() {
        SdParameters one = SdParameters.builder("secret cat").steps(2).seed(1).build();
        SdParameters same = SdParameters.builder("secret cat").seed(1).steps(2).build();

        assertThat(one)
                .isEqualTo(same)
                .hasSameHashCodeAs(same)
                .isNotEqualTo(SdParameters.builder("x").build());
        assertThat(one.toString()).doesNotContain("secret");
    }

    @Test
    void doNotFollowTheirBuilder() {
        SdParameters.Builder builder = SdParameters.builder("p").steps(1);
        SdParameters built = builder.build();
        String before = built.json();
        builder.steps(2).negativePrompt("n");
        assertThat(built.json()).isEqualTo(before);
    }
}
