// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.internal.json.TaskJson;
import io.crynux.client.task.TaskKind;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Parameters that are too large for the Relay or its database are refused before anything is paid. */
class SizeLimitsTest {

    static Iterable<JsonNode> bodies() throws IOException {
        try (InputStream in = SizeLimitsTest.class.getResourceAsStream("/go-stored-sizes.json")) {
            return new ObjectMapper().readTree(in).path("bodies");
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void countParametersAsTheRelayWritesThem(JsonNode body) {
        assertThat(StoredParameters.of(TaskJson.read(body.path("body").asText()))
                        .bytes())
                .isEqualTo(body.path("bytes").asLong());
    }

    /** Recording 55b. */
    @ParameterizedTest
    @CsvSource({"1000000, true", "8000000, true", "16700000, true", "16777216, false", "20000000, false"})
    void letPassWhatTheDatabaseStores(int characters, boolean passes) {
        String json = Forms.text("").replace("hi", "x".repeat(characters));

        if (passes) {
            assertThat(Forms.of(TaskKind.GPT, json)).isNotNull();
        } else {
            assertThat(Forms.violations(TaskKind.GPT, json)).singleElement().satisfies(violation -> {
                assertThat(violation.pointer()).isEqualTo("/messages/0/content");
                assertThat(violation.problem())
                        .matches("makes parameters of [\\d,]+ bytes; the Relay's database accepts at most"
                                + " 16,777,216\\. Shorten it, or send fewer or smaller images");
            });
        }
    }

    @Test
    void countWhatTheRelayEscapes() {
        String json = Forms.text("").replace("hi", "<".repeat(3_000_000));

        assertThat(Forms.violations(TaskKind.GPT, json))
                .singleElement()
                .satisfies(violation -> assertThat(violation.problem()).startsWith("makes parameters of 18,000,1"));
    }

    @Test
    void countWhatTheFormEncodes() {
        String json = Forms.text("").replace("hi", "\u00e9".repeat(6_000_000));

        assertThat(Forms.violations(TaskKind.GPT, json)).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEqualTo("/messages/0/content");
            assertThat(violation.problem())
                    .startsWith("makes a request of 36,00")
                    .contains("the Relay accepts at most 33,554,432");
        });
    }

    @Test
    void areCheckedBeforeTheTextIsRead() {
        String json = Forms.text("").replace("hi", "x".repeat(34_000_000));

        assertThatThrownBy(() -> Forms.of(TaskKind.GPT, json))
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining("is longer than 33554432 bytes");
    }
}
