// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ImageTest {
    @TestHTTPResource("/image")
    URI image;

    @Test
    void aPromptOverHttpIsAnsweredWithAnImage() throws Exception {
        HttpResponse<byte[]> answer = get(image + "?prompt=a+lighthouse+at+dawn");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(answer.body()).startsWith(0x89, 'P', 'N', 'G');
        Files.write(Path.of("target", "lighthouse.png"), answer.body());
    }

    @Test
    void noPromptCostsNothing() throws Exception {
        assertThat(get(image.toString()).statusCode()).isEqualTo(400);
    }

    private static HttpResponse<byte[]> get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
