// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.internal.schema.TaskSchema;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request becomes what the Relay accepts, or an error that says where and why it would not. */
class TaskFormsTest {

    @Test
    void refuseWhatTheSchemaRefuses() {
        assertThatThrownBy(() -> Forms.of(TaskKind.GPT, Forms.text(",\"quantize_bits\":3")))
                .isInstanceOf(InvalidTaskException.class)
                .hasMessage(
                        "The task's parameters are invalid; nothing was sent: /quantize_bits must be one of 4, 8, null,"
                                + " but is 3");
    }

    @Test
    void refuseWhatOnlyThePriceCalculationRefuses() {
        assertThatThrownBy(() -> Forms.of(TaskKind.GPT, Forms.text(",\"generation_config\":{\"max_new_tokens\":30.0}")))
                .isInstanceOf(InvalidTaskException.class)
                .hasMessage(
                        "The Relay would refuse these parameters; nothing was sent: /generation_config/max_new_tokens is"
                                + " written as 30.0; the Relay requires a whole number, 0 or more, without point or exponent");
        assertThat(
                        Forms.violations(
                                TaskKind.SD,
                                "{\"base_model\":\"m\",\"prompt\":\"p\",\"task_config\":{\"image_width\":0,\"Image_Height\":-8}}"))
                .containsExactlyInAnyOrder(
                        new Violation("/task_config/Image_Height", "is -8; the Relay requires 1 or more"),
                        new Violation("/task_config/image_width", "is 0; the Relay requires 1 or more"));
    }

    @Test
    void refuseImagesWithoutASize() {
        String content = "[{\"type\":\"image\",\"base64\":\"R0lGODlhAAABAAAAACw=\"}]";

        assertThat(Forms.violations(
                        TaskKind.GPT,
                        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":" + content + "}]}"))
                .containsExactly(
                        new Violation(
                                "/messages/0/content/0/base64",
                                "starts as a GIF image, but its width and height cannot be read, or are 0; the Relay refuses it"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "-1", "4.0", "9223372036854775808"})
    void refuseBitsThatTheRelayCannotReadAlsoWhereNobodyUsesThem(String bits) {
        assertThat(Forms.violations(TaskKind.SD, Forms.image("\"m\"", ",\"quantize_bits\":" + bits)))
                .containsExactly(new Violation(
                        "/quantize_bits",
                        "is " + bits
                                + "; the Relay requires a whole number, 0 or more, without point or exponent. Leave"
                                + " it out, because only text tasks use it"));
        assertThat(Forms.of(TaskKind.SD, Forms.image("\"m\"", ",\"quantize_bits\":\"" + bits + "\"")))
                .isNotNull();
    }

    @Test
    void refuseMoreThanOneThingAtOnce() {
        assertThat(Forms.violations(
                        TaskKind.SD, "{\"base_model\":\"a;b\",\"prompt\":\"p\",\"task_config\":{\"image_width\":0}}"))
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder("/base_model", "/task_config/image_width");
    }

    @Test
    void followTheCheckOfTheUser() {
        TaskSchema onlyCats = TaskSchema.fromJson("{\"properties\":{\"prompt\":{\"const\":\"cat\"}}}");

        assertThatThrownBy(() ->
                        Forms.of(TaskKind.SD, Forms.image("\"m\"", ""), request -> request.check(onlyCats::check)))
                .hasMessageContaining("/prompt must be \"cat\"");
    }

    @Test
    void onlyWarnWithoutAnyCheck() {
        TaskForm form = Forms.of(
                TaskKind.SD,
                "{\"base_model\":\"m\",\"prompt\":\"p\",\"task_config\":{\"image_width\":0}}",
                request -> request.check(TaskParameters.Check.NONE));

        assertThat(form.warnings())
                .contains(new Violation("/task_config/image_width", "is 0; the Relay requires 1 or more"));
    }

    @Test
    void warnOfWhatNodesFailOn() {
        assertThat(Forms.of(TaskKind.SD, Forms.image("\"m\"", ",\"vae\":\"v\"")).warnings())
                .extracting(Violation::pointer)
                .containsExactly("/vae");
        assertThat(Forms.of(TaskKind.SD, Forms.image("\"m\"", "")).warnings()).isEmpty();
    }

    @Test
    void keepPromptsToThemselves() {
        assertThat(Forms.of(TaskKind.GPT, Forms.text("")).toString()).doesNotContain("hi");
    }
}
