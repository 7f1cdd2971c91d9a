// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.internal.schema.TaskSchema;
import io.crynux.client.internal.schema.TaskWarnings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Typed fine-tuning parameters are valid JSON in a fixed order, with nothing that nobody set. */
class SdFtLoraParametersTest {

    @Test
    void writeWhatWasSetInAFixedOrder() {
        SdFtLoraParameters parameters = SdFtLoraParameters.builder()
                .version("2.5.0")
                .checkpoint("step-200")
                .seed(9)
                .mixedPrecision("fp16")
                .randomFlip(true)
                .centerCrop(false)
                .targetModules(List.of("to_q", "to_v"))
                .initialWeights("gaussian")
                .rank(4)
                .adam(0.9, 0.999, 0.01, 1e-8)
                .learningRateScheduler("cosine", 100)
                .snrGamma(5)
                .noiseOffset(0.05)
                .maxGradNorm(1)
                .predictionType("epsilon")
                .resolution(768)
                .totalSteps(400)
                .totalEpochs(2)
                .steps(100)
                .epochs(1)
                .gradientAccumulationSteps(2)
                .batchSize(4)
                .scaleLearningRate(false)
                .learningRate(0.00005)
                .validationImages(2)
                .validationPrompt("a tile")
                .captionColumn("caption")
                .imageColumn("picture")
                .datasetConfig("small")
                .datasetUrl("https://example.org/set.zip")
                .revision("main")
                .variant("fp16")
                .model("crynux-network/stable-diffusion-v1-5")
                .build();

        assertThat(parameters.kind()).isEqualTo(TaskKind.SD_FT_LORA);
        assertThat(parameters.json())
                .isEqualTo(parameters.openJson())
                .isEqualTo("{\"model\":{\"name\":\"crynux-network/stable-diffusion-v1-5\",\"variant\":\"fp16\","
                        + "\"revision\":\"main\"},\"dataset\":{\"url\":\"https://example.org/set.zip\","
                        + "\"config_name\":\"small\",\"image_column\":\"picture\",\"caption_column\":\"caption\"},"
                        + "\"validation\":{\"prompt\":\"a tile\",\"num_images\":2},"
                        + "\"train_args\":{\"learning_rate\":0.00005,\"scale_lr\":false,\"batch_size\":4,"
                        + "\"gradient_accumulation_steps\":2,\"num_train_epochs\":1,\"num_train_steps\":100,"
                        + "\"max_train_epochs\":2,\"max_train_steps\":400,\"resolution\":768,"
                        + "\"prediction_type\":\"epsilon\",\"max_grad_norm\":1,\"noise_offset\":0.05,\"snr_gamma\":5,"
                        + "\"lr_scheduler\":{\"lr_scheduler\":\"cosine\",\"lr_warmup_steps\":100},"
                        + "\"adam_args\":{\"beta1\":0.9,\"beta2\":0.999,\"weight_decay\":0.01,\"epsilon\":1E-8}},"
                        + "\"lora\":{\"rank\":4,\"init_lora_weights\":\"gaussian\",\"target_modules\":[\"to_q\",\"to_v\"]},"
                        + "\"transforms\":{\"center_crop\":false,\"random_flip\":true},\"mixed_precision\":\"fp16\","
                        + "\"seed\":9,\"checkpoint\":\"step-200\",\"version\":\"2.5.0\"}");
        assertThat(TaskSchema.of(TaskKind.SD_FT_LORA).validate(parameters.json()))
                .isEmpty();
        assertThat(TaskWarnings.of(TaskKind.SD_FT_LORA, parameters.json())).isEmpty();
    }

    @Test
    void haveTheSectionsThatTheSchemaRequires() {
        SdFtLoraParameters parameters =
                SdFtLoraParameters.builder().model("m").datasetName("d").build();

        assertThat(parameters.json())
                .isEqualTo(
                        "{\"model\":{\"name\":\"m\"},\"dataset\":{\"name\":\"d\"},\"validation\":{},\"train_args\":{}}");
        assertThat(TaskSchema.of(TaskKind.SD_FT_LORA).validate(parameters.json()))
                .isEmpty();
    }

    @Test
    void withoutModelAndDataSetAreInvalidRatherThanGuessed() {
        assertThat(TaskSchema.of(TaskKind.SD_FT_LORA)
                        .validate(SdFtLoraParameters.builder().build().json()))
                .containsExactlyInAnyOrder(
                        new Violation("", "lacks the required member \"model\""),
                        new Violation("", "lacks the required member \"dataset\""));
    }

    @Test
    void areFilledWithOptions() {
        TaskParameters parameters =
                SdFtLoraParameters.builder().datasetName("d").build();

        assertThat(ParameterDefaults.builder()
                        .model("m")
                        .numImages(3)
                        .build()
                        .fill(parameters)
                        .json())
                .contains("\"model\":{\"name\":\"m\"}")
                .contains("\"validation\":{\"num_images\":3}");
    }

    @Test
    void takeMembersThatTheBuilderDoesNotKnow() {
        assertThat(SdFtLoraParameters.builder()
                        .model("ignored")
                        .set("model", Map.of("name", "m"))
                        .set("train_args", Map.of("later", 1))
                        .build()
                        .json())
                .isEqualTo("{\"model\":{\"name\":\"m\"},\"validation\":{},\"train_args\":{\"later\":1}}");
    }

    @Test
    void refuseNumbersThatJsonDoesNotHave() {
        assertThatThrownBy(() -> SdFtLoraParameters.builder().learningRate(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void compareByContentAndKeepTheDataSetToThemselves() {
        SdFtLoraParameters one = SdFtLoraParameters.builder()
                .datasetUrl("https://a/?token=hush")
                .seed(1)
                .rank(2)
                .build();
        SdFtLoraParameters same = SdFtLoraParameters.builder()
                .rank(2)
                .seed(1)
                .datasetUrl("https://a/?token=hush")
                .build();

        assertThat(one)
                .isEqualTo(same)
                .hasSameHashCodeAs(same)
                .isNotEqualTo(SdFtLoraParameters.builder().build());
        assertThat(one.toString()).doesNotContain("hush");
    }

    @Test
    void doNotFollowTheirBuilder() {
        SdFtLoraParameters.Builder builder = SdFtLoraParameters.builder().steps(1);
        SdFtLoraParameters built = builder.build();
        String before = built.json();
        builder.steps(2).rank(3).adam(0, 0, 0, 0);
        assertThat(built.json()).isEqualTo(before);
    }
}
