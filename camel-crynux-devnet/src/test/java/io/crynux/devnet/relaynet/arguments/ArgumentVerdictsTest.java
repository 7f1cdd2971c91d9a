// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parameters of tasks get the verdict that the Relay's own code gave them, word for word. */
class ArgumentVerdictsTest {
    private static final Map<String, Integer> STATUS_OF_VERDICT =
            Map.of("accepted", 200, "schema", 400, "pricing", 500, "unreadable", 500);

    /** Accepted in the corpus, which did not look at the model's configuration: the Relay reads 8.0 bits as no whole number. */
    private static final String EIGHT_POINT_ZERO_BITS = "gpt/valid-quantize-8-point-0";

    record Case(JsonNode json) {
        String text(String name) {
            return json.path(name).textValue();
        }

        BigInteger number(String name) {
            return json.path(name).bigIntegerValue();
        }

        int status() {
            return json.path("status").intValue();
        }

        long type() {
            return json.path("type").longValue();
        }

        List<String> messages() {
            return json.path("messages").valueStream().map(JsonNode::textValue).toList();
        }

        @Override
        public String toString() {
            return text("name");
        }
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream in = ArgumentVerdictsTest.class.getResourceAsStream("/relaynet/task-args.json")) {
            return new ObjectMapper()
                    .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                    .readTree(in)
                    .path("cases")
                    .valueStream()
                    .map(Case::new);
        }
    }

    static Stream<Case> ofTheCorpus() throws IOException {
        return cases().filter(body ->
                body.json().has("relayCreate") && !body.text("name").equals(EIGHT_POINT_ZERO_BITS));
    }

    static Stream<Case> accepted() throws IOException {
        return cases().filter(body -> body.status() == 200);
    }

    static Stream<Case> refused() throws IOException {
        return cases().filter(body -> body.status() != 200);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void isRewrittenAndMeasured(Case body) throws RequestRefusedException {
        String rewritten = ArgumentCheck.rewritten(body.type(), body.text("text"));
        Workload workload = ArgumentCheck.workload(body.type(), rewritten);

        assertThat(rewritten).isEqualTo(body.text("rewritten"));
        assertThat(workload)
                .isEqualTo(new Workload(
                        body.number("units"),
                        body.number("textBytes").longValue(),
                        body.number("images").longValue(),
                        body.number("pixels"),
                        body.number("maxNewTokens")));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefused(Case body) {
        assertThatThrownBy(() ->
                        ArgumentCheck.workload(body.type(), ArgumentCheck.rewritten(body.type(), body.text("text"))))
                .isInstanceOfSatisfying(RequestRefusedException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(body.status());
                    assertThat(refused.field().orElse(null)).isEqualTo(body.status() == 400 ? "task_args" : null);
                    assertThat(refused.getMessage().replaceFirst("https://[^#]*#", "<url>#"))
                            .isIn(body.messages());
                });
    }

    @ParameterizedTest
    @MethodSource("ofTheCorpus")
    void isTheVerdictOfTheCorpus(Case body) {
        assertThat(body.status()).isEqualTo(STATUS_OF_VERDICT.get(body.text("relayCreate")));
    }

    @Test
    void allAreHere() throws IOException {
        assertThat(ofTheCorpus()).hasSize(343);
        assertThat(cases()).hasSizeGreaterThan(650);
    }
}
