// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The size of an image is what Go's decoders read, whole or damaged. */
class ImageSizeTest {

    static Iterable<JsonNode> images() throws IOException {
        try (InputStream in = ImageSizeTest.class.getResourceAsStream("/go-image-sizes.json")) {
            return new ObjectMapper().readTree(in).path("images");
        }
    }

    @ParameterizedTest
    @MethodSource("images")
    void isWhatTheRelayReads(JsonNode image) {
        int width = image.path("width").asInt();
        int height = image.path("height").asInt();

        assertThat(ImageSize.of(Base64.getDecoder().decode(image.path("base64").asText())))
                .as(image.path("what").asText())
                .isEqualTo(width == 0 || height == 0 ? Optional.empty() : Optional.of(new ImageSize(width, height)));
    }

    @ParameterizedTest
    @MethodSource("images")
    void isNeverReadBeyondTheEnd(JsonNode image) {
        byte[] whole = Base64.getDecoder().decode(image.path("base64").asText());
        for (int length = 0; length < Math.min(whole.length, 200); length++) {
            Optional<ImageSize> size = ImageSize.of(Arrays.copyOf(whole, length));

            assertThat(size).satisfiesAnyOf(read -> assertThat(read).isEmpty(), read -> assertThat(read)
                    .isEqualTo(ImageSize.of(whole)));
        }
    }
}
