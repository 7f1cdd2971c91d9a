// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.task.TaskKind;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Image tasks that the network takes the money for and then fails. */
class SdWarningsTest {
    private static final String GIF = "R0lGODlhAQABAAAAACw=";

    private static ListAssert<String> pointers(String json) {
        assertThat(TaskSchema.of(TaskKind.SD).validate(json))
                .as("what we warn of is valid")
                .isEmpty();
        return assertThat(TaskWarnings.of(TaskKind.SD, json))
                .extracting(Violation::pointer)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(String.class));
    }

    private static ListAssert<String> refusals(String json) {
        assertThat(TaskSchema.of(TaskKind.SD).validate(json))
                .as("what we refuse beyond the schema is valid")
                .isEmpty();
        return assertThat(TaskRefusals.of(TaskKind.SD, json))
                .extracting(Violation::pointer)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(String.class));
    }

    private static String with(String members) {
        return "{\"base_model\":\"m\",\"prompt\":\"p\",\"task_config\":{\"num_images\":1}," + members + "}";
    }

    private static String config(String members) {
        return "{\"base_model\":\"m\",\"prompt\":\"p\",\"task_config\":{" + members + "}}";
    }

    @ParameterizedTest
    @CsvSource({
        "20.0, steps",
        "2e1, steps",
        "512.0, image_width",
        "0, image_width",
        "0, image_height",
        "-8, image_height",
        "18446744073709551616, image_width",
        "8e300, image_width",
        "4.0, num_images"
    })
    void numbersThatTheRelayRefuses(String number, String member) {
        String numImages = member.equals("num_images") ? "" : "\"num_images\":1,";
        refusals(config(numImages + "\"" + member + "\":" + number)).containsExactly("/task_config/" + member);
    }

    @ParameterizedTest
    @CsvSource({"0, Steps", "-1, IMAGE_WIDTH", "2.0, Num_Images", "'\"20\"', STEPS"})
    void numbersThatTheRelayFindsWhateverTheCaseOfTheirNames(String number, String member) {
        refusals(config("\"num_images\":1,\"" + member + "\":" + number)).containsExactly("/task_config/" + member);
        refusals("{\"base_model\":\"m\",\"prompt\":\"p\",\"task_config\":{\"num_images\":1},\"Task_Config\":{\""
                        + member + "\":" + number + "}}")
                .containsExactly("/Task_Config/" + member);
    }

    @Test
    void aSideThatModelsDoNotMake() {
        pointers(config("\"num_images\":1,\"image_width\":513")).containsExactly("/task_config/image_width");
    }

    @Test
    void numbersThatAreFine() {
        pointers(
                        config(
                                "\"num_images\":2,\"image_width\":1024,\"image_height\":8,\"steps\":20,\"cfg\":7.0,\"seed\":1.0"))
                .isEmpty();
        refusals(config("\"num_images\":2,\"image_width\":4294967296,\"image_height\":8,\"steps\":20"))
                .isEmpty();
        refusals(config("\"Steps\":null")).isEmpty();
    }

    @Test
    void anOverflowOfThePrice() {
        refusals(config("\"num_images\":1,\"image_width\":8000000000000,\"image_height\":8000000000000"))
                .containsExactly("/task_config");
        refusals(config("\"image_width\":18446744073709551615")).containsExactly("/task_config");
    }

    @Test
    void imagesThatNobodyCounted() {
        pointers(config("")).containsExactly("/task_config");
    }

    @ParameterizedTest
    @CsvSource({
        "steps, task_config.steps",
        "num_inference_steps, task_config.steps",
        "cfg_scale, task_config.cfg",
        "guidanceScale, task_config.cfg",
        "width, task_config.image_width",
        "imageHeight, task_config.image_height",
        "size, task_config.image_width",
        "seed, task_config.seed",
        "sampler_name, scheduler.method",
        "batch_size, task_config.num_images",
        "n_iter, task_config.num_images",
        "n, task_config.num_images",
        "negativePrompt, negative_prompt",
        "Prompt, use prompt",
        "sd_model_checkpoint, base_model",
        "init_images, controlnet.image_dataurl",
        "quality, PNG",
        "enable_hr, does nothing",
        "quite_unknown, does nothing"
    })
    void membersThatNobodyReads(String member, String instead) {
        assertThat(TaskWarnings.of(TaskKind.SD, with("\"" + member + "\":1")))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.pointer()).isEqualTo("/" + member);
                    assertThat(warning.problem()).contains("does nothing on this network", instead);
                });
    }

    @Test
    void membersOfTheConfigurationThatNobodyReads() {
        pointers(config("\"num_images\":1,\"cfg_scale\":7,\"width\":640"))
                .containsExactlyInAnyOrder("/task_config/cfg_scale", "/task_config/width");
    }

    @Test
    void aPromptOfWhichNothingCanBeSeen() {
        pointers("{\"base_model\":\"m\",\"prompt\":\"\u200b\",\"task_config\":{\"num_images\":1}}")
                .containsExactly("/prompt");
    }

    @Test
    void theVersionThatNodesRefuse() {
        pointers(with("\"version\":\"2.5.2\"")).containsExactly("/version");
        pointers(with("\"version\":\"2.5.0\"")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unet", "vae", "textual_inversion"})
    void modelsThatNodesDoNotFetch(String member) {
        pointers(with("\"" + member + "\":\"some/model\"")).containsExactly("/" + member);
        pointers(with("\"" + member + "\":\"\"")).isEmpty();
    }

    @Test
    void refiners() {
        pointers(with("\"refiner\":{\"model\":\"r\",\"variant\":\"fp16\",\"denoising_cutoff\":1}"))
                .containsExactly("/refiner", "/refiner/variant", "/refiner/denoising_cutoff");
        pointers(with("\"refiner\":null")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"c\"}",
                "{\"model\":\"c\",\"preprocess\":null}",
            })
    void controlNetsWithoutImage(String controlnet) {
        pointers(with("\"controlnet\":" + controlnet)).containsExactly("/controlnet");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "base64,image/gif:" + GIF,
                "data:image/gif," + GIF,
                "data:text/plain;base64," + GIF,
                "data:image/gif;base64,SGVsbG8gd29ybGQ=",
                "https://example.test/a.png",
            })
    void controlNetsWithAnImageThatNodesDoNotRead(String image) {
        pointers(with("\"controlnet\":{\"model\":\"c\",\"image_dataurl\":\"" + image + "\"}"))
                .containsExactly("/controlnet/image_dataurl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:image/gif;base64," + GIF, "data:image/png;base64," + GIF, GIF})
    void controlNetsWithAnImageThatNodesRead(String image) {
        pointers(with("\"controlnet\":{\"model\":\"c\",\"image_dataurl\":\"" + image + "\"}"))
                .isEmpty();
    }

    @Test
    void percentagesOfOne() {
        pointers(with("\"lora\":{\"model\":\"l\",\"weight\":1}")).containsExactly("/lora/weight");
        pointers(with("\"controlnet\":{\"model\":\"c\",\"weight\":1,\"image_dataurl\":\"" + GIF + "\"}"))
                .containsExactly("/controlnet/weight");
    }

    @Test
    void namesOfModels() {
        pointers(with("\"lora\":{\"model\":\"https://Example.test/a.safetensors\"}"))
                .containsExactly("/lora/model");
        pointers(with("\"lora\":{\"model\":\"https://example.test/a+b.safetensors\"}"))
                .containsExactly("/lora/model");
        pointers(with("\"lora\":{\"model\":\"https://example.test/a.safetensors\"}"))
                .isEmpty();
        pointers(with("\"lora\":{\"model\":\"Some/Model\"}")).isEmpty();
        pointers("{\"base_model\":\"https://example.test/a\",\"prompt\":\"p\",\"task_config\":{\"num_images\":1}}")
                .containsExactly("/base_model");
        pointers("{\"base_model\":{\"name\":\"a+b\"},\"prompt\":\"p\",\"task_config\":{\"num_images\":1}}")
                .containsExactly("/base_model/name");
    }

    @Test
    void aVariantThatOverrulesTheDataType() {
        pointers("{\"base_model\":{\"name\":\"a\",\"variant\":\"fp16\"},\"dtype\":\"float32\",\"prompt\":\"p\","
                        + "\"task_config\":{\"num_images\":1}}")
                .containsExactly("/dtype");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "[]", "3", "{}", "{\"task_config\":[],\"lora\":1,\"controlnet\":\"x\",\"refiner\":[]}"})
    void doNotTripOverInvalidParameters(String json) {
        assertThat(TaskWarnings.of(TaskKind.SD, json)).isEmpty();
    }
}
