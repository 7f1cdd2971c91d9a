// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.task.TaskKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A violation says where, what is wrong and what is allowed. */
class ViolationTest {

    private static List<Violation> sd(String member) {
        return TaskSchema.of(TaskKind.SD)
                .validate("{\"base_model\":\"m\",\"prompt\":\"p\",\"task_config\":{}," + member + "}");
    }

    private static List<Violation> config(String config) {
        return TaskSchema.of(TaskKind.SD)
                .validate("{\"base_model\":\"m\",\"prompt\":\"p\",\"task_config\":{" + config + "}}");
    }

    private static List<Violation> content(String content) {
        return TaskSchema.of(TaskKind.GPT)
                .validate("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":" + content + "}]}");
    }

    @Test
    void namesTypeAndValue() {
        assertThat(config("\"steps\":\"20\""))
                .containsExactly(new Violation("/task_config/steps", "must be an integer, but is \"20\""));
        assertThat(config("\"steps\":20.5"))
                .containsExactly(new Violation("/task_config/steps", "must be an integer, but is 20.5"));
        assertThat(config("\"safety_checker\":null"))
                .containsExactly(new Violation("/task_config/safety_checker", "must be true or false, but is null"));
        assertThat(sd("\"base_model2\":1,\"lora\":[]"))
                .containsExactly(new Violation("/lora", "must be an object or null, but is an array of 0"));
    }

    @Test
    void namesTheBounds() {
        assertThat(config("\"steps\":101"))
                .containsExactly(new Violation("/task_config/steps", "must be at most 100, but is 101"));
        assertThat(config("\"num_images\":0"))
                .containsExactly(new Violation("/task_config/num_images", "must be at least 1, but is 0"));
        assertThat(config("\"cfg\":20.00000000000001"))
                .containsExactly(new Violation("/task_config/cfg", "must be at most 20, but is 20.00000000000001"));
    }

    @Test
    void namesWhatIsAllowed() {
        assertThat(sd("\"dtype\":\"int8\""))
                .containsExactly(new Violation(
                        "/dtype", "must be one of \"auto\", \"float16\", \"bfloat16\", \"float32\", but is \"int8\""));
    }

    @Test
    void namesWhatIsMissingAtItsParent() {
        assertThat(TaskSchema.of(TaskKind.SD).validate("{}"))
                .containsExactlyInAnyOrder(
                        new Violation("", "lacks the required member \"base_model\""),
                        new Violation("", "lacks the required member \"prompt\""),
                        new Violation("", "lacks the required member \"task_config\""));
    }

    @Test
    void speaksOfTheChosenSchedulerOnly() {
        assertThat(
                        sd(
                                "\"scheduler\":{\"method\":\"LCMScheduler\",\"args\":{\"clip_samples\":true,\"solver_order\":\"x\"}}"))
                .containsExactly(
                        new Violation("/scheduler/args/clip_samples", "must be an integer or null, but is true"));
        assertThat(sd("\"scheduler\":{\"method\":\"LCM\",\"args\":{\"clip_samples\":true}}"))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.pointer()).isEqualTo("/scheduler/method");
                    assertThat(violation.problem()).contains("LCMScheduler").endsWith("but is \"LCM\"");
                });
        assertThat(sd("\"scheduler\":{}"))
                .containsExactly(new Violation("/scheduler", "lacks the required member \"method\""));
    }

    @Test
    void speaksOfTheChosenPreprocessorOnly() {
        assertThat(
                        sd(
                                "\"controlnet\":{\"model\":\"m\",\"preprocess\":{\"method\":\"mlsd\",\"args\":{\"thr_v\":0,\"low_threshold\":\"x\"}}}"))
                .containsExactly(new Violation("/controlnet/preprocess/args/thr_v", "must be at least 1, but is 0"));
    }

    @Test
    void speaksOfTheChosenContentBlockOnly() {
        assertThat(content("[{\"type\":\"text\",\"text\":\"a\",\"base64\":\"b\"}]"))
                .containsExactly(
                        new Violation("/messages/0/content/0", "has the member \"base64\", which is not allowed here"));
        assertThat(content("[{\"type\":\"image\"}]"))
                .containsExactly(new Violation("/messages/0/content/0", "lacks the required member \"base64\""));
        assertThat(content("[\"hello\"]"))
                .containsExactly(new Violation("/messages/0/content/0", "must be an object, but is \"hello\""));
    }

    @Test
    void keepsLongValuesOut() {
        assertThat(content("[{\"type\":\"text\",\"text\":[]},{\"type\":\"" + "x".repeat(5000) + "\"}]"))
                .allSatisfy(violation -> assertThat(violation.problem()).hasSizeLessThan(200))
                .extracting(Violation::problem)
                .anySatisfy(problem -> assertThat(problem).contains("(5,000 characters)"));
        assertThat(config("\"steps\":\"data:image/png;base64," + "A".repeat(5000) + "\""))
                .containsExactly(new Violation(
                        "/task_config/steps", "must be an integer, but is a data URL of 5,022 characters"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"18446744073709551626.0", "18446744073709551626", "1.8446744073709551626e19", "1e300"})
    void boundsHoldForNumbersOfAnySize(String number) {
        assertThat(config("\"steps\":" + number + ",\"cfg\":" + number + ",\"seed\":-" + number))
                .extracting(Violation::pointer)
                .containsExactly("/task_config/steps", "/task_config/cfg", "/task_config/seed");
    }

    @Test
    void neverCutsACharacterInHalf() {
        assertThat(sd("\"dtype\":\"" + "a" + "\uD83D\uDE80".repeat(60) + "\""))
                .singleElement()
                .satisfies(violation -> assertThat(violation.problem())
                        .doesNotContain("\uD83D...")
                        .contains("\uDE80..."));
    }

    @Test
    void comesInDocumentOrder() {
        String json =
                "{\"version\":\"9\",\"task_config\":{\"seed\":-1,\"steps\":0},\"prompt\":\"\",\"base_model\":{\"name\":1}}";
        assertThat(TaskSchema.of(TaskKind.SD).validate(json))
                .extracting(Violation::pointer)
                .containsExactly("/version", "/task_config/seed", "/task_config/steps", "/prompt", "/base_model/name");
    }

    @Test
    void endsAfterFifty() {
        String messages = "1,".repeat(100_000) + "1";
        List<Violation> violations =
                TaskSchema.of(TaskKind.GPT).validate("{\"model\":\"m\",\"messages\":[" + messages + "]}");

        assertThat(violations).hasSize(51).startsWith(new Violation("/messages/0", "must be an object, but is 1"));
        assertThat(violations.get(50)).isEqualTo(new Violation("", "has 99951 more violations"));
    }

    @Test
    void escapesNamesInPointers() {
        TaskSchema schema = TaskSchema.fromJson("{\"additionalProperties\":{\"type\":\"integer\"}}");
        assertThat(schema.validate("{\"a/b~c\":\"\",\"d.e f\":\"\",\"\":null}"))
                .extracting(Violation::pointer)
                .containsExactly("/a~1b~0c", "/d.e f", "/");
    }

    @Test
    void isFoundInTreesAsTheyWouldBeSent() {
        ObjectNode tree =
                JsonNodeFactory.instance.objectNode().put("base_model", "m").put("prompt", "p");
        tree.putObject("task_config").put("cfg", Double.NaN);
        assertThat(TaskSchema.of(TaskKind.SD).validate(tree))
                .containsExactly(new Violation("/task_config/cfg", "must be a number, but is \"NaN\""));
    }

    @Test
    void isThrownWithAllOthers() {
        TaskSchema schema = TaskSchema.of(TaskKind.SD);
        assertThatThrownBy(() -> schema.check("{\"base_model\":\"m\",\"prompt\":\"\",\"task_config\":{\"steps\":0}}"))
                .isInstanceOfSatisfying(InvalidTaskException.class, e -> assertThat(e.violations())
                        .hasSize(2))
                .hasMessage("The task's parameters are invalid; nothing was sent: /prompt must not be empty;"
                        + " /task_config/steps must be at least 1, but is 0");
        assertThatCode(() -> schema.check(Resources.example("sd15"))).doesNotThrowAnyException();
    }
}
