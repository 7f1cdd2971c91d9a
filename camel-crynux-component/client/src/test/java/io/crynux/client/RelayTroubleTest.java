// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.RelayException;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import io.crynux.testing.LoggedMessages;
import io.crynux.testing.RelayFault;
import io.crynux.testing.RelayProxy;
import io.crynux.testing.RelayProxy.Call;
import io.crynux.testing.RelayProxy.Seen;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may pass is tried again, for uploads and downloads alike, and a Relay that asks for time gets it. */
@Execution(ExecutionMode.CONCURRENT)
class RelayTroubleTest extends RelayTestSupport {
    private static final Map<String, RelayFault> TROUBLES = Map.of(
            "429", RelayFault.html(429),
            "500", RelayFault.text(500, "{\"message\":\"internal server error\"}"),
            "502", RelayFault.html(502),
            "503", RelayFault.html(503),
            "504", RelayFault.text(504, ""),
            "reset", RelayFault.RESET,
            "silence", RelayFault.SILENCE,
            "truncated", RelayFault.TRUNCATED);

    static Stream<String> troubles() {
        return TROUBLES.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void whatMayPassIsTriedAgain(String trouble) throws Exception {
        proxy.next(Call.UPLOAD, TROUBLES.get(trouble)).next(Call.RESULT, TROUBLES.get(trouble));

        assertThat(run(image().build()).state()).isEqualTo(TaskState.DONE);
        assertThat(proxy.seen(Call.UPLOAD)).hasSize(2);
        assertThat(proxy.seen(Call.RESULT)).hasSize(2);
    }

    @Test
    void theRelaysWordsAreInTheWarning() throws Exception {
        RelayFault words = RelayFault.text(500, "{\"message\":\"database is locked\\u001b[31m\"}");
        proxy.next(Call.UPLOAD, words).next(Call.UPLOAD, words).next(Call.UPLOAD, words);
        try (LoggedMessages logged = new LoggedMessages("io.crynux.client.internal.relayhttp")) {
            upload();

            assertThat(logged.ofThreads(""))
                    .anyMatch(message ->
                            message.contains("has failed 3 times, trying again: HTTP 500: database is locked"));
        }
    }

    @Test
    void aRelayThatAsksForSecondsGetsThem() throws Exception {
        proxy.next(Call.UPLOAD, RelayFault.html(429, "Retry-After", "1"));

        upload();

        assertThat(between(proxy.seen(Call.UPLOAD))).isGreaterThanOrEqualTo(Duration.ofMillis(900));
    }

    @Test
    void aRelayThatNamesATimeGetsIt() throws Exception {
        // Whole seconds: it is at least one from now.
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(60));
        proxy.next(Call.UPLOAD, RelayFault.html(503, "Retry-After", date));

        upload();

        assertThat(between(proxy.seen(Call.UPLOAD)))
                .isGreaterThanOrEqualTo(LONGEST_RETRY_AFTER.minusMillis(100))
                .isLessThan(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"86400", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT", "-5", "soon", "", "1.5e9"})
    void anAbsurdWaitIsBounded(String retryAfter) throws Exception {
        proxy.next(Call.UPLOAD, RelayFault.html(429, "Retry-After", retryAfter));

        assertThat(upload().state()).isEqualTo(TaskState.UPLOADED);
        assertThat(between(proxy.seen(Call.UPLOAD))).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aRedirectIsNotFollowedWithASignature() {
        try (RelayProxy elsewhere = new RelayProxy(devnet.relayUrl())) {
            proxy.always(Call.UPLOAD, RelayFault.text(307, "", "Location", elsewhere.url() + "/v1/inference_tasks"));

            assertThat(failure(image().waitFor(WaitFor.UPLOADED).build(), RelayException.class))
                    .hasMessageContaining("HTTP 307")
                    .hasMessageContaining("set relayUrl");
            assertThat(elsewhere.seen(Call.UPLOAD)).isEmpty();
        }
    }

    private static Duration between(List<Seen> requests) {
        assertThat(requests).hasSize(2);
        return Duration.ofNanos(requests.get(1).nanos() - requests.get(0).nanos());
    }
}
