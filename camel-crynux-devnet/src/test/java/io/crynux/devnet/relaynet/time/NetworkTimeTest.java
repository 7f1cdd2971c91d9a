// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The network's clock and agenda. */
class NetworkTimeTest {
    private static final Instant START = Instant.parse("2026-11-30T00:00:00Z");

    private final NetworkTime time = new NetworkTime(Clock.fixed(START, ZoneOffset.UTC));
    private final List<String> done = new ArrayList<>();

    @AfterEach
    void close() {
        time.close();
    }

    private void note(String name) {
        done.add(name + " at " + Duration.between(START, time.now()).toSeconds());
    }

    @Test
    void whatBecomesDueHappensInOrderAndAtItsTime() {
        time.after(Duration.ofSeconds(20), () -> note("b"));
        time.after(Duration.ofSeconds(10), () -> {
            note("a");
            time.after(Duration.ofSeconds(5), () -> note("between"));
        });
        time.after(Duration.ofSeconds(40), () -> note("later"));

        time.advance(Duration.ofSeconds(30));

        assertThat(done).containsExactly("a at 10", "between at 15", "b at 20");
        assertThat(time.now()).isEqualTo(START.plusSeconds(30));
    }

    @Test
    void whatFailsDoesNotKeepTheRestFromHappening() {
        time.after(Duration.ofSeconds(1), () -> {
            throw new IllegalStateException("expected by NetworkTimeTest");
        });
        time.after(Duration.ofSeconds(2), () -> note("next"));
        time.advance(Duration.ofSeconds(3));
        assertThat(done).containsExactly("next at 2");
    }

    @Test
    void advancingWaitsForWhatIsComputed() {
        CompletableFuture<Void> computed = new CompletableFuture<>();
        time.after(Duration.ofSeconds(1), computed, () -> note("ready"));
        CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS).execute(() -> computed.complete(null));
        time.advance(Duration.ofSeconds(1));
        assertThat(done).containsExactly("ready at 1");
    }

    @Test
    void timeDoesNotGoBack() {
        assertThatThrownBy(() -> time.advance(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withAClockThatRunsThingsHappenByThemselves() {
        try (var running = new NetworkTime(Clock.systemUTC())) {
            var happened = new CountDownLatch(2);
            CompletableFuture<Void> computed = new CompletableFuture<>();
            running.start();
            running.after(Duration.ofMillis(1), happened::countDown);
            running.after(Duration.ofMillis(1), computed, happened::countDown);
            computed.complete(null);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> happened.getCount() == 0);
        }
    }

    @Test
    void anEndlessDelayIsNoError() {
        time.after(Duration.ofSeconds(Long.MAX_VALUE), () -> note("never"));
        time.advance(Duration.ofDays(1));
        assertThat(done).isEmpty();
    }
}
