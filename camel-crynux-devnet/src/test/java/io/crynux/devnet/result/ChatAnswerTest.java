// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChatAnswerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUESTION = "Why do iron bridges have gaps between their deck plates?";

    private static String args(String more) {
        return "{\"model\":\"Qwen/Qwen3-8B\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                + "{\"role\":\"user\",\"content\":\"" + QUESTION + "\"}]" + more + "}";
    }

    private static JsonNode answer(String args) throws TaskImpossibleException, IOException {
        return JSON.readTree(new Workshop().make(TaskKind.GPT, args).files().get(0));
    }

    @Test
    void theFormIsThatOfTheNetwork() throws Exception {
        JsonNode answer = answer(args(""));

        assertThat(answer.properties()).extracting(Map.Entry::getKey).containsExactly("model", "choices", "usage");
        assertThat(answer.path("model").asText()).isEqualTo("Qwen/Qwen3-8B");
        assertThat(answer.path("choices")).hasSize(1);
        JsonNode choice = answer.path("choices").get(0);
        assertThat(choice.path("index").asInt(-1)).isZero();
        assertThat(choice.at("/message/role").asText()).isEqualTo("assistant");
        assertThat(choice.at("/message/content").asText())
                .contains(QUESTION)
                .isEqualTo(choice.at("/message/content").asText().strip());
        assertThat(choice.path("finish_reason").asText()).isEqualTo("stop");
        JsonNode usage = answer.path("usage");
        assertThat(usage.path("prompt_tokens").asInt()).isEqualTo(14);
        assertThat(usage.path("completion_tokens").asInt()).isBetween(20, 256);
        assertThat(usage.path("total_tokens").asInt())
                .isEqualTo(14 + usage.path("completion_tokens").asInt());
    }

    @Test
    void theHashIsThatOfTheFile() throws Exception {
        TaskOutput output = new Workshop().make(TaskKind.GPT, args(""));

        assertThat(output.hash())
                .isEqualTo(MessageDigest.getInstance("SHA-256")
                        .digest(output.files().get(0)));
    }

    @Test
    void theSameRequestGetsTheSameAnswer() throws Exception {
        assertThat(answer(args(""))).isEqualTo(answer(args("")));
        assertThat(answer(args(",\"seed\":1"))).isNotEqualTo(answer(args(",\"seed\":2")));
    }

    @Test
    void aLongAnswerIsCutAtTheLimit() throws Exception {
        JsonNode answer = answer(args(",\"generation_config\":{\"max_new_tokens\":7}"));

        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("length");
        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(7);
        assertThat(answer.at("/choices/0/message/content").asText()).isNotBlank();
    }

    @Test
    void aStopStringEndsTheAnswer() throws Exception {
        JsonNode answer = answer(args(",\"generation_config\":{\"stop_strings\":[\"iron bridges\"]}"));

        assertThat(answer.at("/choices/0/message/content").asText()).doesNotContain("iron bridges");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    }

    @Test
    void eachSequenceIsAChoice() throws Exception {
        JsonNode answer = answer(args(",\"generation_config\":{\"num_return_sequences\":3,\"max_new_tokens\":10}"));

        assertThat(answer.path("choices")).hasSize(3);
        assertThat(answer.at("/choices/2/index").asInt()).isEqualTo(2);
        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(30);
    }

    @Test
    void picturesAndTextsOfAMessageAreBothSeen() throws Exception {
        JsonNode answer = answer("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"Which shapes?\"},{\"type\":\"image\",\"base64\":\"AAAA\"}]}]}");

        assertThat(answer.at("/choices/0/message/content").asText())
                .contains("Which shapes?")
                .contains("picture");
    }

    @Test
    void noMessagesGetAnAnswerToo() throws Exception {
        assertThat(answer("{\"model\":\"m\",\"messages\":[]}")
                        .at("/choices/0/message/content")
                        .asText())
                .isNotBlank();
    }
}
