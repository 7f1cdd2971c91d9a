// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.devnet.fake.RelayCalls;
import io.crynux.devnet.fake.TestRelay;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RelayServerTest {
    @Test
    void unknownPathsAndMethodsAreTold() {
        try (var relay = new TestRelay()) {
            assertThat(relay.calls().get("/v2/now").status()).isEqualTo(404);
            assertThat(relay.calls().get("/v1/inference_tasks").status()).isEqualTo(405);
        }
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() {
        try (var relay = new TestRelay()) {
            byte[] large = new byte[Relay.MAX_BODY_BYTES + 1];
            RelayCalls.Answer answer;
            try {
                answer = relay.calls().post("/v1/inference_tasks", "application/json", large);
            } catch (UncheckedIOException e) {
                // The connection may end before the client has sent everything and reads the answer.
                assertThat(relay.calls().get("/v1/now").status()).isEqualTo(200);
                return;
            }
            assertThat(answer.status()).as(answer.text()).isEqualTo(413);
        }
    }

    @Test
    void aBodyThatDoesNotTellItsLengthIsLimitedToo() {
        try (var relay = new TestRelay()) {
            byte[] large = new byte[Relay.MAX_BODY_BYTES + 1];
            try {
                // Undertow answers for itself when it cuts a body: with 400 and nothing more.
                assertThat(relay.calls()
                                .postInChunks("/v1/inference_tasks", "application/json", large)
                                .status())
                        .isIn(400, 413);
            } catch (UncheckedIOException e) {
                assertThat(relay.calls().get("/v1/now").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void requestsAreCountedByEndpointAndStatus() {
        try (var relay = new TestRelay()) {
            relay.calls().get("/v1/now");
            relay.calls().get("/v1/now");
            relay.calls().get("/v1/inference_tasks/5");

            assertThat(relay.relay().requestCounts())
                    .containsEntry("GET /v1/now", new TreeMap<>(Map.of(200, 2L)))
                    .containsEntry("GET /v1/inference_tasks/{task_id}", new TreeMap<>(Map.of(400, 1L)));
        }
    }

    @Test
    void nothingListensOnceItIsClosed() {
        RelayCalls calls;
        try (var relay = new TestRelay()) {
            calls = relay.calls();
            assertThat(calls.get("/v1/now").status()).isEqualTo(200);
        }
        assertThatThrownBy(() -> new RelayCalls(calls.url()).get("/v1/now")).isInstanceOf(UncheckedIOException.class);
    }
}
