// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.internal.json.JsonView;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskParameters;
import io.crynux.client.task.TaskRequest;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What steers the dispatch comes from parameters and settings. */
class RelayTermsTest {

    @Test
    void areTheDefaultsOfEachKind() {
        assertThat(Forms.of(TaskKind.SD, Forms.image("\"a/b\"", "")).terms())
                .isEqualTo(new RelayTerms(List.of("base:a/b"), 10, "", 0, "3.1.0", 2, 0));
        assertThat(Forms.of(TaskKind.GPT, Forms.text("")).terms())
                .isEqualTo(new RelayTerms(List.of("base:Qwen/Qwen3-8B"), 24, "", 0, "3.1.0", 1, 0));
        assertThat(Forms.of(TaskKind.SD_FT_LORA, Forms.fineTuning("{\"name\":\"m\"}"))
                        .terms())
                .isEqualTo(new RelayTerms(List.of("base:m"), 24, "", 0, "3.1.0", 1, 3600));
    }

    @ParameterizedTest
    @CsvSource({
        "crynux-network/stable-diffusion-v1-5, 8",
        "Runwayml/Stable-Diffusion-v1-5, 8",
        "crynux-network/SDXL-Turbo, 14",
        "stabilityai/stable-diffusion-xl-base-1.0, 14",
        "other/model, 10"
    })
    void askForTheVramOfTheModelInAnyLetterCase(String model, long vram) {
        assertThat(Forms.of(TaskKind.SD, Forms.image("\"" + model + "\"", ""))
                        .terms()
                        .minVram())
                .isEqualTo(vram);
    }

    @Test
    void areWhatTheUserSets() {
        RelayTerms terms = Forms.of(TaskKind.GPT, Forms.text(""), request -> request.vramLimit(48)
                        .gpu("NVIDIA GeForce RTX 4090+Linux", 24)
                        .taskVersion("3.2.1"))
                .terms();

        assertThat(terms)
                .isEqualTo(new RelayTerms(
                        List.of("base:Qwen/Qwen3-8B"), 48, "NVIDIA GeForce RTX 4090+Linux", 24, "3.2.1", 1, 0));
        assertThat(terms.on("NVIDIA A100+Linux", 80))
                .isEqualTo(new RelayTerms(List.of("base:Qwen/Qwen3-8B"), 48, "NVIDIA A100+Linux", 80, "3.2.1", 1, 0));
    }

    @Test
    void areAsLargeAsTheNumberOfImagesThatIsSent() {
        assertThat(Forms.of(TaskKind.SD, "{\"base_model\":\"m\",\"prompt\":\"p\",\"task_config\":{}}")
                        .terms()
                        .size())
                .isEqualTo(6);
    }

    @Test
    void outliveTheProcessAsJson() {
        RelayTerms terms = new RelayTerms(List.of("base:m", "lora:l"), 24, "g", 24, "3.1.0", 1, 60);

        assertThat(JsonView.readWhole(JsonView.tree(terms), RelayTerms.class)).isEqualTo(terms);
    }

    @Test
    void ofAGpuNeedItsVram() {
        assertThatThrownBy(() -> Forms.of(TaskKind.GPT, Forms.text(""), request -> request.gpu("NVIDIA A100+Linux", 0)))
                .isInstanceOf(InvalidTaskException.class)
                .hasMessage(
                        "gpuVram is missing; with a gpuName the Relay chooses only nodes whose GPU has exactly this name"
                                + " and VRAM. Set gpuVram to the VRAM of this GPU in GB, such as 24");
    }

    @Test
    void ofFineTuningNeedAnExecutionTimeout() {
        TaskRequest request = TaskRequest.builder(
                        TaskParameters.ofJson(TaskKind.SD_FT_LORA, Forms.fineTuning("{\"name\":\"m\"}")))
                .fee("15")
                .build();

        assertThatThrownBy(() -> new TaskForms().of(request))
                .isInstanceOf(InvalidTaskException.class)
                .hasMessage(
                        "executionTimeout is missing; the Relay requires it for tasks of kind sd-ft-lora. Set it to the"
                                + " time that a node may take to train, such as 1h");
    }

    @Test
    void haveAFeeThatTheNetworkCanCount() {
        BigInteger most = new BigInteger("9223372036854775808000000000");

        assertThatThrownBy(() -> Forms.of(TaskKind.GPT, Forms.text(""), request -> request.feeWei(most)))
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageStartingWith("taskFee is 2^63 gwei");
        assertThat(Forms.of(TaskKind.GPT, Forms.text(""), request -> request.feeWei(most.subtract(BigInteger.ONE))))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "3.1", "v3.1.0", " 3.1.0", "3.1.0.0", "3..0", "3.1.x", "-3.1.0", "3.1.18446744073709551616"})
    void areNotOfAVersionThatTheRelayRefuses(String version) {
        assertThatThrownBy(() -> Forms.of(TaskKind.GPT, Forms.text(""), request -> request.taskVersion(version)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("taskVersion is '" + version.trim()
                        + "'; it must be three whole numbers separated by dots, such as 3.1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.0", "03.01.00", "0.0.18446744073709551615"})
    void areOfAVersionThatTheRelayAccepts(String version) {
        assertThat(Forms.of(TaskKind.GPT, Forms.text(""), request -> request.taskVersion(version))
                        .terms()
                        .version())
                .isEqualTo(version);
    }

    @Test
    void haveATimeoutForFineTuningOnlyInWholeSeconds() {
        assertThatThrownBy(() -> Forms.of(
                        TaskKind.GPT, Forms.text(""), request -> request.executionTimeout(Duration.ofHours(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "executionTimeout is for tasks of kind sd-ft-lora only; the network decides how long those of"
                                + " kind gpt may run");
        for (Duration timeout : List.of(Duration.ZERO, Duration.ofMillis(1500), Duration.ofDays(36_501))) {
            assertThatThrownBy(() -> Forms.of(
                            TaskKind.SD_FT_LORA,
                            Forms.fineTuning("{\"name\":\"m\"}"),
                            request -> request.executionTimeout(timeout)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("executionTimeout is " + timeout);
        }
    }
}
