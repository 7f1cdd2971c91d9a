// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.internal.schema.TaskRefusals;
import io.crynux.client.internal.schema.TaskSchema;
import io.crynux.client.internal.schema.TaskWarnings;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Typed text parameters are valid JSON in a fixed order, with plain numbers and nothing that nobody set. */
class GptParametersTest {
    private static final byte[] GIF = Base64.getDecoder().decode("R0lGODlhAQABAAAAACw=");

    @Test
    void writeWhatWasSetInAFixedOrder() {
        GptParameters parameters = GptParameters.builder()
                .quantizeBits(4)
                .dtype("bfloat16")
                .seed(-1)
                .templateArgs(Map.of("enable_thinking", false))
                .stopStrings(List.of("END"))
                .numReturnSequences(2)
                .repetitionPenalty(1.05)
                .minP(0)
                .topP(0.9)
                .topK(50)
                .typicalP(1)
                .temperature(0.7)
                .numBeams(1)
                .doSample(true)
                .maxNewTokens(120)
                .tools("[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]")
                .system("Be brief.")
                .user("a")
                .assistant("b")
                .message("tool", "c")
                .user("what?", GIF)
                .model("Qwen/Qwen3-8B")
                .build();

        assertThat(parameters.kind()).isEqualTo(TaskKind.GPT);
        assertThat(parameters.json())
                .isEqualTo(parameters.openJson())
                .isEqualTo(
                        "{\"model\":\"Qwen/Qwen3-8B\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                                + "{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"},"
                                + "{\"role\":\"tool\",\"content\":\"c\"},{\"role\":\"user\",\"content\":["
                                + "{\"type\":\"text\",\"text\":\"what?\"},{\"type\":\"image\",\"base64\":\"R0lGODlhAQABAAAAACw=\"}]}],"
                                + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],"
                                + "\"generation_config\":{\"max_new_tokens\":120,\"do_sample\":true,\"num_beams\":1,\"temperature\":0.7,"
                                + "\"typical_p\":1,\"top_k\":50,\"top_p\":0.9,\"min_p\":0,\"repetition_penalty\":1.05,"
                                + "\"num_return_sequences\":2,\"stop_strings\":[\"END\"]},"
                                + "\"template_args\":{\"enable_thinking\":false},\"seed\":-1,\"dtype\":\"bfloat16\",\"quantize_bits\":4}");
        assertThat(TaskSchema.of(TaskKind.GPT).validate(parameters.json())).isEmpty();
        assertThat(TaskWarnings.of(TaskKind.GPT, parameters.json())).isEmpty();
    }

    @Test
    void writeToolCallsAndTheirResults() {
        GptParameters parameters = GptParameters.builder()
                .user("Weather in Oslo?")
                .toolCalls("[{\"id\":\"c1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"weather\",\"arguments\":{\"place\":\"Oslo\"}}}]")
                .toolResult("c1", "4 degrees")
                .build();

        assertThat(parameters.openJson())
                .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":\"Weather in Oslo?\"},"
                        + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"weather\",\"arguments\":{\"place\":\"Oslo\"}}}]},"
                        + "{\"role\":\"tool\",\"content\":\"4 degrees\",\"tool_call_id\":\"c1\"}]}");
        assertThat(TaskSchema.of(TaskKind.GPT).validate(parameters.json())).isEmpty();
        assertThat(TaskWarnings.of(TaskKind.GPT, parameters.json())).isEmpty();
    }

    @Test
    void writeAnyNumberOfImages() {
        GptParameters parameters =
                GptParameters.builder().user("Compare.", List.of(GIF, GIF)).build();

        assertThat(parameters.openJson())
                .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Compare.\"},"
                        + "{\"type\":\"image\",\"base64\":\"R0lGODlhAQABAAAAACw=\"},"
                        + "{\"type\":\"image\",\"base64\":\"R0lGODlhAQABAAAAACw=\"}]}]}");
        assertThat(TaskRefusals.of(TaskKind.GPT, parameters.json())).isEmpty();
    }

    @Test
    void leaveTheRestToTheHouse() {
        GptParameters parameters = GptParameters.builder().user("why?").build();

        assertThat(parameters.openJson()).isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":\"why?\"}]}");
        assertThat(parameters.json())
                .isEqualTo(
                        ParameterDefaults.builtIn().prompt(TaskKind.GPT, "why?").json());
        assertThat(TaskSchema.of(TaskKind.GPT).validate(parameters.json())).isEmpty();
    }

    @Test
    void withoutMessagesAreInvalidRatherThanEmpty() {
        assertThat(TaskSchema.of(TaskKind.GPT)
                        .validate(GptParameters.builder().build().json()))
                .hasSize(1);
    }

    @Test
    void takeMembersThatTheBuilderDoesNotKnow() {
        assertThat(GptParameters.builder()
                        .user("ignored")
                        .set("messages", List.of(Map.of("role", "user")))
                        .set("later", 1)
                        .build()
                        .openJson())
                .isEqualTo("{\"messages\":[{\"role\":\"user\"}],\"later\":1}");
    }

    @Test
    void refuseWhatIsNoImageAndNoJson() {
        assertThatThrownBy(() -> GptParameters.builder().user("t", new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GptParameters.builder().user("t", Arrays.copyOf(GIF, 8)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GptParameters.builder().toolCalls("[")).isInstanceOf(InvalidTaskException.class);
        assertThatThrownBy(() -> GptParameters.builder().tools("[")).isInstanceOf(InvalidTaskException.class);
    }

    @Test
    void compareByContentAndKeepMessagesToThemselves() {
        GptParameters one =
                GptParameters.builder().user("secret").seed(1).model("m").build();
        GptParameters same =
                GptParameters.builder().model("m").seed(1).user("secret").build();

        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(one.toString()).doesNotContain("secret");
    }
}
