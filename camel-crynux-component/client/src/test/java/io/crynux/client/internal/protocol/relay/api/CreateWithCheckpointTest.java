// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.internal.protocol.relay.limit.Priority;
import io.crynux.client.internal.protocol.relay.replay.Exchange;
import io.crynux.client.internal.protocol.relay.replay.RecordedCalls;
import io.crynux.client.internal.protocol.relay.replay.RecordedRelay;
import io.crynux.client.internal.protocol.relay.replay.ReplayClient;
import io.crynux.client.internal.protocol.relay.replay.ReplayServer;
import io.crynux.client.internal.protocol.relay.task.RelayTask;
import io.crynux.client.task.Content;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Creations: their body with a checkpoint, what is refused before anything is sent, and the journal's word before the request. */
class CreateWithCheckpointTest {
    private static final String WORD = "0x" + "11".repeat(32);

    private static CreateFields fields(String commitment, BigInteger fee) {
        return new CreateFields(commitment, WORD, "{}", 0, List.of("base:m"), 8, "", 0, "3.1.0", 1, fee, 0);
    }

    @Test
    void theCheckpointIsAPartOfTheForm() {
        Exchange recorded = RecordedRelay.of("53-fine-tune-with-checkpoint").exchanges().stream()
                .filter(exchange -> exchange.request()
                                .path("body")
                                .path("multipart")
                                .path("files")
                                .size()
                        == 1)
                .filter(exchange -> exchange.status() == 200)
                .findFirst()
                .orElseThrow();
        try (ReplayServer server = new ReplayServer();
                ReplayClient client = new ReplayClient(server.url())) {
            RelayApi api =
                    client.api(RecordedRelay.of("53-fine-tune-with-checkpoint").key("creator"));
            long seconds = recorded.signed().path("timestamp").asLong();
            client.setTime(Instant.ofEpochSecond(seconds));
            server.play(recorded, seconds);
            Content checkpoint = Content.of("zip-bytes".getBytes(StandardCharsets.UTF_8));

            ReplayClient.get(api.create(
                    RecordedCalls.fields(recorded),
                    checkpoint,
                    Priority.CREATE,
                    at -> CompletableFuture.completedFuture(null)));

            String body = server.received().body();
            assertThat(server.received().contentType()).startsWith("multipart/form-data; boundary=");
            assertThat(body)
                    .contains(
                            "name=\"checkpoint\"; filename=\"checkpoint.zip\"\r\nContent-Type: application/zip\r\n\r\nzip-bytes\r\n--");
            recorded.request().path("body").path("multipart").path("fields").forEach(field -> assertThat(body)
                    .contains("name=\"" + field.path(0).asText() + "\"\r\n\r\n"
                            + field.path(1).asText() + "\r\n"));
        }
    }

    @Test
    void nothingIsSentBeforeTheJournalKnowsTheSignaturesTime() {
        Exchange recorded = RecordedRelay.of("01-sd-one-image").exchanges().get(1);
        try (ReplayServer server = new ReplayServer();
                ReplayClient client = new ReplayClient(server.url())) {
            RelayApi api = client.api("0x" + "46".repeat(32));
            client.setTime(Instant.ofEpochSecond(77));
            server.play(recorded, 77);
            AtomicReference<Instant> journaled = new AtomicReference<>();

            CompletableFuture<?> call = api.create(fields(WORD, BigInteger.ONE), null, Priority.CREATE, at -> {
                journaled.set(at);
                return CompletableFuture.failedFuture(new IllegalStateException("the disk is full"));
            });

            assertThatThrownBy(() -> ReplayClient.get(call))
                    .isInstanceOf(CompletionException.class)
                    .hasRootCauseMessage("the disk is full");
            assertThat(journaled.get()).isEqualTo(Instant.ofEpochSecond(77));
            assertThat(server.received()).isNull();
        }
    }

    @Test
    void whatWouldBeChargedInVainIsRefused() {
        for (String commitment : new String[] {WORD.toUpperCase(Locale.ROOT), WORD.substring(2), "0x11", ""}) {
            assertThatThrownBy(() -> fields(commitment, BigInteger.ONE)).isInstanceOf(IllegalArgumentException.class);
        }
        BigInteger tooMuch = BigInteger.ONE.shiftLeft(63).multiply(BigInteger.valueOf(1_000_000_000));
        for (BigInteger fee : new BigInteger[] {BigInteger.ZERO, BigInteger.ONE.negate(), tooMuch}) {
            assertThatThrownBy(() -> fields(WORD, fee)).hasMessageContaining("fee");
        }
        assertThat(fields(WORD, tooMuch.subtract(BigInteger.ONE)).toString()).doesNotContain("11");
    }

    @Test
    void anotherTaskInTheAnswerIsNotAccepted() {
        Exchange recorded = RecordedRelay.of("01-sd-one-image").exchanges().get(1);
        try (ReplayServer server = new ReplayServer();
                ReplayClient client = new ReplayClient(server.url())) {
            server.play(recorded, 1);

            Answer<?> answer =
                    ReplayClient.get(client.api("0x" + "46".repeat(32)).get(WORD, Priority.SWEEP));

            assertThat(answer.refusal().orElseThrow()).isInstanceOf(Refusal.NotTheApi.class);
        }
    }

    @Test
    void numbersOfTheFutureAreKept() {
        Exchange recorded = RecordedRelay.of("01-sd-one-image").exchanges().get(1);
        ObjectNode data = recorded.data().deepCopy();
        data.put("status", 17).put("abort_reason", 23);

        RelayTask task = RelayTask.of(data);

        assertThat(task.status().toString()).isEqualTo("UNKNOWN (17)");
        assertThat(task.abortReason().number()).isEqualTo(23);
    }
}
