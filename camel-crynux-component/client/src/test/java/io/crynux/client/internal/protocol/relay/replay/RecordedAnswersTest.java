// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.internal.protocol.relay.api.Answer;
import io.crynux.client.internal.protocol.relay.api.CallName;
import io.crynux.client.internal.protocol.relay.api.Refusal;
import io.crynux.client.internal.protocol.relay.api.RelayApi;
import io.crynux.client.task.Content;
import java.io.IOException;
import java.time.Instant;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each answer of a real Relay that was recorded is read: as a value, or as a refusal with a known reaction. */
class RecordedAnswersTest {
    private static ReplayServer server;
    private static ReplayClient client;

    @BeforeAll
    static void start() {
        server = new ReplayServer();
        client = new ReplayClient(server.url());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    static Stream<String> recordings() throws IOException {
        return RecordedRelay.names();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void eachAnswerIsUnderstood(String name) {
        RecordedRelay recording = RecordedRelay.of(name);
        RelayApi api = client.api(recording.hasKeys() ? recording.key("creator") : "0x" + "46".repeat(32));
        SoftAssertions all = new SoftAssertions();
        int calls = 0;
        for (Exchange exchange : recording.exchanges()) {
            if (exchange.call().isPresent()) {
                calls++;
                check(all, exchange, answer(api, exchange.call().get(), exchange));
            }
        }
        all.assertAll();
        assertThat(calls).isPositive();
    }

    private static Answer<?> answer(RelayApi api, CallName call, Exchange exchange) {
        long seconds = (long) exchange.at();
        client.setTime(Instant.ofEpochSecond(seconds));
        server.play(exchange, seconds);
        return ReplayClient.get(RecordedCalls.make(api, call, exchange).thenApply(answer -> answer));
    }

    private static void check(SoftAssertions all, Exchange exchange, Answer<?> answer) {
        Refusal refusal = answer.refusal().orElse(null);
        if (exchange.status() == 0) {
            all.assertThat(refusal).as(exchange.toString()).isInstanceOf(Refusal.NoAnswer.class);
        } else if (exchange.status() == 206) {
            // To a request without Range, a part is no answer.
            all.assertThat(refusal).as(exchange.toString()).isNotNull();
        } else if (exchange.status() == 200) {
            checkValue(all, exchange, answer);
        } else if (exchange.status() == 404 || exchange.status() == 301 || exchange.status() == 307) {
            all.assertThat(refusal).as(exchange.toString()).isInstanceOf(Refusal.NotTheApi.class);
        } else if (exchange.response().path("body").path("length").asInt(-1) == 0) {
            // The handler failed: nothing is said of what was done.
            all.assertThat(refusal).as(exchange.toString()).isInstanceOf(Refusal.Unknown.class);
        } else {
            all.assertThat(refusal)
                    .as(exchange + " " + exchange.response().path("body"))
                    .isNotNull()
                    .isNotInstanceOfAny(Refusal.Unknown.class, Refusal.NotTheApi.class, Refusal.NoAnswer.class);
        }
    }

    private static void checkValue(SoftAssertions all, Exchange exchange, Answer<?> answer) {
        boolean otherCommitment = exchange.call().get() == CallName.CREATE
                && !exchange.commitment().matches("0x[0-9a-f]{64}");
        boolean otherCase = exchange.call().get() == CallName.GET
                && !exchange.commitment()
                        .equals(exchange.data().path("task_id_commitment").asText());
        if (otherCommitment || otherCase) {
            // The client never asks for these, and does not accept them.
            all.assertThat(answer.refusal().orElse(null))
                    .as(exchange.toString())
                    .isInstanceOf(Refusal.NotTheApi.class);
            return;
        }
        all.assertThat(answer.isDone()).as(exchange + " " + answer).isTrue();
        if (answer.value().orElse(null) instanceof Content content) {
            all.assertThat(content.size())
                    .as(exchange.toString())
                    .isEqualTo(exchange.response().path("body").path("length").asLong());
            content.close();
        }
    }
}
