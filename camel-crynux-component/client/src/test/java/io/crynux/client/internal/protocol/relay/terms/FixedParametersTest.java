// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.terms;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.internal.json.TaskJson;
import io.crynux.client.task.GptParameters;
import io.crynux.client.task.SdParameters;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskRequest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The members of a group must give equal results: what would differ between nodes or be left to them is always written. */
class FixedParametersTest {

    @Test
    void ofImagesHaveSeedAndNumberOfImages() {
        assertThat(Forms.of(TaskKind.SD, "{\"base_model\":\"m\",\"prompt\":\"p\",\"task_config\":{}}")
                        .parametersJson())
                .isEqualTo("{\"base_model\":\"m\",\"prompt\":\"p\",\"task_config\":{\"seed\":7,\"num_images\":6}}");
    }

    @Test
    void ofTextHaveASeedAndDoNotSample() {
        assertThat(Forms.of(TaskKind.GPT, Forms.text("")).parametersJson())
                .isEqualTo(Forms.text(",\"seed\":7,\"generation_config\":{\"do_sample\":false}"));
        assertThat(Forms.of(TaskKind.GPT, Forms.text(",\"generation_config\":null"))
                        .parametersJson())
                .isEqualTo(Forms.text(",\"generation_config\":{\"do_sample\":false},\"seed\":7"));
        assertThat(Forms.of(TaskKind.GPT, Forms.text(",\"generation_config\":{\"max_new_tokens\":9}"))
                        .parametersJson())
                .isEqualTo(Forms.text(",\"generation_config\":{\"max_new_tokens\":9,\"do_sample\":false},\"seed\":7"));
    }

    @Test
    void ofFineTuningHaveSeedAndNumberOfValidationImages() {
        assertThat(Forms.of(TaskKind.SD_FT_LORA, Forms.fineTuning("{\"name\":\"m\"}"))
                        .parametersJson())
                .isEqualTo("{\"model\":{\"name\":\"m\"},\"dataset\":{\"name\":\"d\"},"
                        + "\"validation\":{\"num_images\":4},\"train_args\":{},\"seed\":7}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"seed\":0,\"generation_config\":{\"do_sample\":true,\"temperature\":0.70}",
                ",\"generation_config\":{\"do_sample\":false},\"seed\":-3"
            })
    void keepWhatTheUserHasSetInItsSpelling(String members) {
        assertThat(Forms.of(TaskKind.GPT, Forms.text(members)).parametersJson()).isEqualTo(Forms.text(members));
    }

    @Test
    void keepSeedAndNumberOfImagesOfTheUser() {
        String json = "{\"base_model\":\"m\",\"prompt\":\"p\",\"task_config\":{\"num_images\":10,\"seed\":0}}";

        assertThat(Forms.of(TaskKind.SD, json).parametersJson()).isEqualTo(json);
    }

    @Test
    void haveTheDefaultsOfTheClientWhereTheyAreTyped() {
        TaskRequest image =
                TaskRequest.builder(SdParameters.builder("p").build()).fee("5").build();

        assertThat(new TaskForms(() -> 7).of(image).parametersJson())
                .contains("\"num_images\":1")
                .contains("\"seed\":7")
                .contains("crynux-network/sdxl-turbo");
    }

    @Test
    void haveAnotherSeedEachTimeWithinTheRangeOfAllKinds() {
        TaskRequest text = TaskRequest.builder(
                        GptParameters.builder().user("hi").build())
                .fee("5")
                .build();
        TaskForms forms = new TaskForms();

        assertThat(IntStream.range(0, 20).map(i -> TaskJson.read(forms.of(text).parametersJson())
                        .path("seed")
                        .intValue()))
                .allMatch(seed -> seed >= 0)
                .doesNotHaveDuplicates();
    }

    @Test
    void haveNoMissingSectionFilledInThatTheSchemaRequires() {
        assertThat(Forms.violations(TaskKind.SD, "{\"base_model\":\"m\",\"prompt\":\"p\"}"))
                .containsExactly(new Violation("", "lacks the required member \"task_config\""));
    }

    @Test
    void tellOfSettingsThatNeedSampling() {
        assertThat(Forms.of(TaskKind.GPT, Forms.text(",\"generation_config\":{\"top_p\":0.9,\"temperature\":1}"))
                        .warnings())
                .extracting(Violation::pointer)
                .containsExactly("/generation_config/temperature", "/generation_config/top_p");
        assertThat(Forms.of(TaskKind.GPT, Forms.text(",\"generation_config\":{\"do_sample\":true,\"temperature\":1}"))
                        .warnings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.0", "4e0", "8.00"})
    void writeBitsAsTheRelayReadsThem(String bits) {
        assertThat(Forms.of(TaskKind.GPT, Forms.text(",\"quantize_bits\":" + bits))
                        .parametersJson())
                .contains("\"quantize_bits\":" + bits.charAt(0) + ",");
    }
}
