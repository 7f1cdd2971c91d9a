// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.fake.RelayCalls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page gives nothing away, loads nothing from elsewhere, and lets no other page act. */
class StatusPageSafetyTest {
    private static final CrynuxDevnet DEVNET =
            CrynuxDevnet.builder().blockTime(Duration.ofMillis(50)).start();

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterAll
    static void close() {
        DEVNET.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(DEVNET.relayUrl() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The page and every file that it or another names. */
    private List<String> files() throws IOException, InterruptedException {
        String page = get("/devnet/").body();
        assertThat(page).contains("main.js");
        Stream<String> named = matches("(?:href|src)=\"([a-z-]+[.][a-z]+)\"", page);
        Stream<String> imported =
                matches("from \"./([a-z-]+[.]js)\"", get("/devnet/main.js").body());
        return Stream.concat(named, imported).distinct().toList();
    }

    private static Stream<String> matches(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map((MatchResult found) -> found.group(1));
    }

    @Test
    void everyFileIsThereAndNamesNoOtherHost() throws Exception {
        assertThat(files()).hasSizeGreaterThan(8);
        for (String file : files()) {
            HttpResponse<String> answer = get("/devnet/" + file);
            assertThat(answer.statusCode()).as(file).isEqualTo(200);
            assertThat(answer.body().replace("http://www.w3.org/2000/svg", ""))
                    .as(file)
                    .doesNotContainPattern("https?://[a-z]");
        }
    }

    @Test
    void onlyItsOwnFilesMayRunOrBeLoaded() throws Exception {
        for (String path : List.of("/devnet/", "/devnet/status", "/devnet/main.js", "/devnet/tasks/1")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; ")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy"))
                    .contains("same-origin");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    @Test
    void scriptsPutNoTextInAsMarkup() throws Exception {
        for (String file : files()) {
            if (file.endsWith(".js")) {
                assertThat(get("/devnet/" + file).body())
                        .as(file)
                        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
            }
        }
    }

    @Test
    void noPrivateKeyIsToldAnywhere() throws Exception {
        List<String> texts = Stream.concat(Stream.of("", "status"), files().stream())
                .map(path ->
                        new RelayCalls(DEVNET.relayUrl()).get("/devnet/" + path).text())
                .toList();
        for (DevnetAccount account : Stream.concat(DEVNET.accounts().stream(), DEVNET.nodes().stream())
                .toList()) {
            assertThat(texts)
                    .noneMatch(text -> text.contains(account.privateKey().substring(2)));
        }
        assertThat(texts).anyMatch(text -> text.contains(DEVNET.account(0).address()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/faults",
                "/chain/mine",
                "/chain/reorg",
                "/chain/pauseBlocks",
                "/chain/advanceTime",
                "/chain/fund"
            })
    void aFormOfAStrangerIsRefused(String path) {
        RelayCalls http = new RelayCalls(DEVNET.relayUrl());
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
            assertThat(http.post("/devnet" + path, type, "{}".getBytes(StandardCharsets.UTF_8))
                            .status())
                    .isEqualTo(415);
        }
    }

    @Test
    void thePageIsFoundFromTheRoot() throws Exception {
        for (String path : List.of("/", "/devnet")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location")).contains("/devnet/");
        }
        HttpResponse<String> page = client.send(
                HttpRequest.newBuilder(URI.create(DEVNET.pageUrl())).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tasks/99",
                "/tasks/x",
                "/tasks/-1",
                "/tasks/1e9",
                "/tasks/99/files/0",
                "/tasks/99/files/99999999999",
                "/index.html",
                "/StatusPage.class"
            })
    void whatThereIsNotIsNotFound(String path) throws Exception {
        assertThat(get("/devnet" + path).statusCode()).isEqualTo(404);
    }

    @Test
    void theRelaysFaultsSpareThePage() throws Exception {
        DEVNET.faults().relay().down();
        try {
            assertThat(get("/devnet/status").statusCode()).isEqualTo(200);
        } finally {
            DEVNET.faults().clear();
        }
    }
}
