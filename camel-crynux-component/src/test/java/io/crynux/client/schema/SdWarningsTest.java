// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.schema;

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
        "513, image_width",
        "4.0, num_images"
    })
    void numbersThatTheRelayRefuses(String number, String member) {
        String numImages = member.equals("num_images") ? "" : "\"num_images\":1,";
        pointers(config(numImages + "\"" + member + "\":" + number)).containsExactly("/task_config/" + member);
    }

    @Test
    void numbersThatAreFine() {
        pointers(
                        config(
                                "\"num_images\":2,\"image_width\":1024,\"image_height\":8,\"steps\":20,\"cfg\":7.0,\"seed\":1.0"))
                .isEmpty();
    }

    @Test
    void anOverflowOfThePrice() {
        pointers(config("\"num_images\":1,\"image_width\":8000000000000,\"image_height\":8000000000000"))
                .containsExactly("/task_config");
        pointers(config("\"num_images\":1,\"image_width\":8e300")).containsExactly("/task_config/image_width");
    }

    @Test
    void imagesThatNobodyCounted() {
        pointers(config("")).containsExactly("/task_config");
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
