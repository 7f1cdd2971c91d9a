// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.golang;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the devnet's Relay takes for a URI is what the Go library of the real one does, whose verdicts the file has. */
class GoUriTest {

    static Iterable<JsonNode> absolute() throws IOException {
        return verdicts("absolute");
    }

    static Iterable<JsonNode> other() throws IOException {
        return verdicts("other");
    }

    private static JsonNode verdicts(String which) throws IOException {
        try (InputStream in = GoUriTest.class.getResourceAsStream("/go-uris.json")) {
            return new ObjectMapper().readTree(in).path(which);
        }
    }

    @ParameterizedTest
    @MethodSource("absolute")
    void isOne(JsonNode text) {
        assertThat(GoUri.isUri(text.textValue())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("other")
    void isNone(JsonNode text) {
        assertThat(GoUri.isUri(text.textValue())).isFalse();
    }
}
