// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.internal.json.TaskJson;
import io.crynux.client.internal.schema.TaskSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters win over options, options over the base, the base over the house. */
class ParameterDefaultsTest {

    private static final ParameterDefaults OPTIONS = ParameterDefaults.builder()
            .model("some/model")
            .negativePrompt("fog")
            .numImages(3)
            .steps(20)
            .cfg(7.0)
            .seed(42L)
            .imageWidth(640)
            .imageHeight(384)
            .systemPrompt("Be brief.")
            .build();

    private static JsonNode json(String text) {
        return TaskJson.read(text.replace('\'', '"'));
    }

    private static void assertFilled(TaskParameters filled, String expected) {
        assertThat(TaskJson.read(filled.json())).isEqualTo(json(expected));
    }

    @Test
    void theHouseMakesAPromptATask() {
        TaskParameters image = ParameterDefaults.builtIn().prompt(TaskKind.SD, "a \"cat\"\nat sea");
        TaskParameters text = ParameterDefaults.builtIn().prompt(TaskKind.GPT, "why?");

        assertFilled(
                image,
                """
                {'prompt': 'a \\'cat\\'\\nat sea', 'base_model': {'name': 'crynux-network/sdxl-turbo', 'variant': 'fp16'},
                 'scheduler': {'method': 'EulerAncestralDiscreteScheduler', 'args': {'timestep_spacing': 'trailing'}},
                 'task_config': {'steps': 1, 'cfg': 1, 'num_images': 1}}""");
        assertFilled(
                text,
                """
                {'messages': [{'role': 'user', 'content': 'why?'}], 'model': 'Qwen/Qwen2.5-7B-Instruct'}""");
        assertThat(TaskSchema.of(TaskKind.SD).validate(image.json())).isEmpty();
        assertThat(TaskSchema.of(TaskKind.GPT).validate(text.json())).isEmpty();
    }

    @Test
    void optionsFillAPrompt() {
        TaskParameters image = OPTIONS.prompt(TaskKind.SD, "a cat");
        assertFilled(
                image,
                """
                {'prompt': 'a cat', 'base_model': 'some/model', 'negative_prompt': 'fog',
                 'task_config': {'num_images': 3, 'steps': 20, 'cfg': 7, 'seed': 42, 'image_width': 640, 'image_height': 384}}""");
        assertFilled(
                OPTIONS.prompt(TaskKind.GPT, "why?"),
                """
                {'model': 'some/model', 'seed': 42, 'messages': [{'role': 'system', 'content': 'Be brief.'},
                 {'role': 'user', 'content': 'why?'}]}""");
        assertThat(TaskSchema.of(TaskKind.SD).validate(image.json())).isEmpty();
    }

    @Test
    void parametersWinMemberByMember() {
        assertFilled(
                OPTIONS.fill(
                        TaskKind.SD,
                        json(
                                """
                        {'prompt': 'p', 'base_model': 'other', 'negative_prompt': '', 'extra': [1],
                         'task_config': {'steps': 5, 'seed': 0}}""")),
                """
                {'prompt': 'p', 'base_model': 'other', 'negative_prompt': '', 'extra': [1],
                 'task_config': {'steps': 5, 'seed': 0, 'num_images': 3, 'cfg': 7, 'image_width': 640, 'image_height': 384}}""");
    }

    @Test
    void parametersWinEvenWhereTheyAreWrong() {
        JsonNode filled = TaskJson.read(
                OPTIONS.fill(TaskKind.SD, json("{'prompt': null, 'negative_prompt': null, 'task_config': 'x'}"))
                        .json());
        assertThat(filled.path("prompt").isNull()).isTrue();
        assertThat(filled.path("negative_prompt").isNull()).isTrue();
        assertThat(filled.path("task_config").asText()).isEqualTo("x");
    }

    @Test
    void numbersKeepTheirSpelling() {
        String filled = ParameterDefaults.builtIn()
                .fill(TaskKind.SD, json("{'prompt':'p','task_config':{'steps':20.0,'cfg':7.50,'seed':1e2}}"))
                .json();
        assertThat(filled).contains("\"steps\":20.0,\"cfg\":7.50,\"seed\":1E+2");
    }

    @Test
    void optionsWinOverTheBaseAndTheBaseOverTheHouse() {
        ParameterDefaults defaults = ParameterDefaults.builder()
                .steps(30)
                .baseJson(
                        """
                        {"base_model": {"name": "base/model"}, "prompt": "from base", "dtype": "float16",
                         "scheduler": {"method": "LCMScheduler"}, "task_config": {"steps": 4, "cfg": 2, "num_images": 2}}""")
                .build();
        assertFilled(
                defaults.fill(TaskKind.SD, json("{}")),
                """
                {'base_model': {'name': 'base/model'}, 'prompt': 'from base', 'dtype': 'float16',
                 'scheduler': {'method': 'LCMScheduler'}, 'task_config': {'steps': 30, 'cfg': 2, 'num_images': 2}}""");
        assertThat(defaults.prompt(TaskKind.SD, "mine").json())
                .contains("\"mine\"")
                .doesNotContain("from base");
    }

    @Test
    void thingsThatBelongTogetherAreNotMixed() {
        ParameterDefaults defaults = ParameterDefaults.builder()
                .baseJson(
                        """
                        {"base_model": {"name": "m", "variant": "fp16"},
                         "scheduler": {"method": "DPMSolverMultistepScheduler", "args": {"solver_order": 2}}}""")
                .build();
        assertFilled(
                defaults.fill(
                        TaskKind.SD,
                        json("{'prompt':'p','base_model':{'name':'n'},'scheduler':{'method':'LCMScheduler'}}")),
                "{'prompt':'p','base_model':{'name':'n'},'scheduler':{'method':'LCMScheduler'},'task_config':{'num_images':1}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"crynux-network/sdxl-turbo", "stabilityai/sdxl-turbo", "crynux-ai/sdxl-turbo"})
    void theRecipeOfTurboFillsWhatIsOpen(String model) {
        assertFilled(
                ParameterDefaults.builtIn()
                        .fill(
                                TaskKind.SD,
                                json("{'prompt':'p','base_model':'" + model + "','task_config':{'steps':4}}")),
                "{'prompt':'p','base_model':'" + model + "','task_config':{'steps':4,'cfg':1,'num_images':1},"
                        + "'scheduler':{'method':'EulerAncestralDiscreteScheduler','args':{'timestep_spacing':'trailing'}}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stabilityai/sdxl-turbo", "runwayml/stable-diffusion-v1-5", "some/model"})
    void aModelByNameMakesATaskThatTheSchemaOfJuly2024Takes(String model) throws IOException {
        String parameters = ParameterDefaults.builder()
                .model(model)
                .build()
                .prompt(TaskKind.SD, "p")
                .json();

        try (InputStream schema =
                TaskSchema.class.getResourceAsStream("/io/crynux/client/schema/sd-2024-07.schema.json")) {
            String rules = new String(schema.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(TaskSchema.fromJson(rules).validate(parameters)).isEmpty();
        }
        assertThat(TaskSchema.of(TaskKind.SD).validate(parameters)).isEmpty();
    }

    @Test
    void theRecipeOfTurboStaysAwayFromOtherModels() {
        assertFilled(
                ParameterDefaults.builder()
                        .model("crynux-network/stable-diffusion-v1-5")
                        .build()
                        .prompt(TaskKind.SD, "p"),
                "{'prompt':'p','base_model':{'name':'crynux-network/stable-diffusion-v1-5','variant':'fp16'},"
                        + "'task_config':{'num_images':1}}");
    }

    @Test
    void aListIsTheMessages() {
        assertFilled(
                OPTIONS.fill(TaskKind.GPT, json("[{'role':'user','content':'a'},{'role':'assistant','content':'b'}]")),
                "{'messages':[{'role':'system','content':'Be brief.'},{'role':'user','content':'a'},"
                        + "{'role':'assistant','content':'b'}],'model':'some/model','seed':42}");
    }

    @Test
    void aSystemMessageOfTheParametersStays() {
        assertFilled(
                OPTIONS.fill(
                        TaskKind.GPT,
                        json(
                                "{'model':'m','messages':[{'role':'user','content':'a'},{'role':'system','content':'own'}]}")),
                "{'model':'m','messages':[{'role':'user','content':'a'},{'role':'system','content':'own'}],'seed':42}");
    }

    @Test
    void theBaseMayHoldTheConversationSoFar() {
        String base =
                """
                {"messages": [{"role": "system", "content": "From base."}, {"role": "user", "content": "1+1?"},
                              {"role": "assistant", "content": "2"}], "generation_config": {"max_new_tokens": 9, "top_k": 3}}""";
        ParameterDefaults defaults =
                ParameterDefaults.builder().model("m").baseJson(base).build();
        ParameterDefaults prompted = ParameterDefaults.builder()
                .model("m")
                .systemPrompt("Be brief.")
                .baseJson(base)
                .build();

        assertFilled(
                defaults.prompt(TaskKind.GPT, "2+2?"),
                """
                {'messages': [{'role': 'system', 'content': 'From base.'}, {'role': 'user', 'content': '1+1?'},
                 {'role': 'assistant', 'content': '2'}, {'role': 'user', 'content': '2+2?'}], 'model': 'm',
                 'generation_config': {'max_new_tokens': 9, 'top_k': 3}}""");
        assertFilled(
                prompted.prompt(TaskKind.GPT, "2+2?"),
                """
                {'messages': [{'role': 'system', 'content': 'Be brief.'}, {'role': 'user', 'content': '1+1?'},
                 {'role': 'assistant', 'content': '2'}, {'role': 'user', 'content': '2+2?'}], 'model': 'm',
                 'generation_config': {'max_new_tokens': 9, 'top_k': 3}}""");
        assertFilled(
                defaults.fill(
                        TaskKind.GPT,
                        json("{'messages':[{'role':'user','content':'x'}],'generation_config':{'top_k':1}}")),
                """
                {'messages': [{'role': 'system', 'content': 'From base.'}, {'role': 'user', 'content': 'x'}], 'model': 'm',
                 'generation_config': {'max_new_tokens': 9, 'top_k': 1}}""");
    }

    @Test
    void fineTuningIsFilledToo() {
        ParameterDefaults defaults = ParameterDefaults.builder()
                .model("m")
                .seed(1L)
                .numImages(2)
                .baseJson("{\"train_args\":{\"batch_size\":1,\"resolution\":256}}")
                .build();
        assertFilled(
                defaults.fill(TaskKind.SD_FT_LORA, json("{'dataset':{'name':'d'},'train_args':{'batch_size':4}}")),
                "{'dataset':{'name':'d'},'train_args':{'batch_size':4,'resolution':256},'model':{'name':'m'},'seed':1,"
                        + "'validation':{'num_images':2}}");
        assertThatThrownBy(() -> defaults.prompt(TaskKind.SD_FT_LORA, "p")).isInstanceOf(InvalidTaskException.class);
    }

    @Test
    void typedParametersAreFilledFromWhatWasSet() {
        TaskParameters filled = OPTIONS.fill(SdParameters.builder("p").steps(9).build());
        assertFilled(
                filled,
                """
                {'prompt': 'p', 'base_model': 'some/model', 'negative_prompt': 'fog',
                 'task_config': {'steps': 9, 'num_images': 3, 'cfg': 7, 'seed': 42, 'image_width': 640, 'image_height': 384}}""");
    }

    @Test
    void rawJsonStaysAsItIs() {
        TaskParameters raw = TaskParameters.ofJson(TaskKind.SD, "{ \"prompt\" : \"p\" }");
        assertThat(OPTIONS.fill(raw)).isSameAs(raw);
    }

    @Test
    void whatIsGivenIsNotChanged() {
        JsonNode parameters = json("{'prompt':'p','task_config':{'steps':5}}");
        JsonNode before = parameters.deepCopy();
        ParameterDefaults.Builder builder = ParameterDefaults.builder().steps(1);
        ParameterDefaults built = builder.build();
        builder.steps(99).model("late");

        assertThat(built.fill(TaskKind.SD, parameters).json())
                .doesNotContain("late")
                .doesNotContain("99");
        assertThat(built.fill(TaskKind.SD, parameters)).isEqualTo(built.fill(TaskKind.SD, parameters));
        assertThat(parameters).isEqualTo(before);
    }

    @Test
    void nullLeavesAnOptionOpen() {
        ParameterDefaults none = ParameterDefaults.builder()
                .model("m")
                .model(null)
                .negativePrompt("n")
                .negativePrompt(null)
                .numImages(2)
                .numImages(null)
                .steps(null)
                .cfg(null)
                .seed(null)
                .imageWidth(null)
                .imageHeight(null)
                .systemPrompt(null)
                .base(null)
                .baseJson(null)
                .build();
        assertThat(none.prompt(TaskKind.SD, "p"))
                .isEqualTo(ParameterDefaults.builtIn().prompt(TaskKind.SD, "p"));
        assertThat(none.prompt(TaskKind.GPT, "p"))
                .isEqualTo(ParameterDefaults.builtIn().prompt(TaskKind.GPT, "p"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "3", "null", "'p'"})
    void onlyObjectsAreParametersOfImages(String parameters) {
        assertThatThrownBy(() -> OPTIONS.fill(TaskKind.SD, json(parameters)))
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining("must be an object");
    }

    @Test
    void bottomlessTreesAreRefused() {
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 100_000; i++) {
            messages = JsonNodeFactory.instance.arrayNode().add(messages);
        }
        JsonNode bottomless = messages;
        assertThatThrownBy(() -> OPTIONS.fill(TaskKind.GPT, bottomless))
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining("depth");
    }

    @Test
    void onlyAnObjectIsABase() {
        assertThatThrownBy(() -> ParameterDefaults.builder().baseJson("[]")).isInstanceOf(InvalidTaskException.class);
        assertThatThrownBy(() -> ParameterDefaults.builder().baseJson("{")).isInstanceOf(InvalidTaskException.class);
    }
}
