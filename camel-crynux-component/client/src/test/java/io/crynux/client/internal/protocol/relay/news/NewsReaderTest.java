// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.news;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.crynux.client.internal.protocol.relay.replay.ReplayClient;
import io.crynux.client.internal.protocol.relay.replay.ScriptedRelay;
import io.crynux.client.internal.protocol.relay.task.RelayEvent;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The event log is read by one cursor: each row once, and doubt is reported when rows may be missing. */
class NewsReaderTest {
    private final NavigableMap<Long, String> log = new ConcurrentSkipListMap<>();
    private final List<Long> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger doubts = new AtomicInteger();
    private final AtomicInteger withoutEvents = new AtomicInteger();
    private final AtomicInteger polls = new AtomicInteger();
    private volatile boolean away;
    private ScriptedRelay relay;
    private ReplayClient client;
    private NewsReader reader;

    private final NewsListener listener = new NewsListener() {
        @Override
        public void onEvent(RelayEvent event) {
            events.add(event.id());
        }

        @Override
        public void onDoubt() {
            doubts.incrementAndGet();
        }

        @Override
        public void onNoEvents() {
            withoutEvents.incrementAndGet();
        }
    };

    @BeforeEach
    void start() {
        relay = new ScriptedRelay();
        client = new ReplayClient(relay.url());
        reader = new NewsReader(
                client.api(null), Duration.ofMillis(20), listener, client.executor(), client.scheduler());
    }

    @AfterEach
    void stop() {
        reader.stop();
        client.close();
        relay.close();
    }

    private void serveLog() {
        relay.on("/v1/events/current_id", exchange -> String.valueOf(log.isEmpty() ? 0 : log.lastKey()));
        relay.on("/v1/events", this::rows);
    }

    private String rows(HttpExchange exchange) {
        polls.incrementAndGet();
        if (away) {
            throw new ScriptedRelay.Refused(500, "dial tcp 127.0.0.1:3306: connect: connection refused");
        }
        return log.tailMap(ScriptedRelay.number(exchange, "start"), false).entrySet().stream()
                .limit(ScriptedRelay.number(exchange, "limit"))
                .map(row -> "{\"id\":" + row.getKey()
                        + ",\"type\":\"TaskStarted\",\"node_address\":\"\",\"task_id_commitment\":\"" + row.getValue()
                        + "\",\"args\":\"{}\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private void add(long from, long to) {
        LongStream.rangeClosed(from, to).forEach(id -> log.put(id, "0x" + id));
    }

    private static void eventually(ThrowingRunnable check) {
        await().atMost(ReplayClient.PATIENCE).untilAsserted(check);
    }

    @Test
    void rowsAfterTheStartAreReportedOnce() {
        add(1, 500);
        serveLog();
        reader.start();
        eventually(() -> assertThat(doubts).hasValue(1));
        add(501, 503);
        eventually(() -> assertThat(events).contains(501L, 502L, 503L));
        int seen = polls.get();
        eventually(() -> assertThat(polls.get()).isGreaterThan(seen + 3));

        assertThat(events).doesNotHaveDuplicates();
        assertThat(doubts).hasValue(1);
    }

    @Test
    void moreThanAPageIsReadAtOnce() {
        add(1, 1);
        serveLog();
        reader.start();
        eventually(() -> assertThat(doubts).hasValue(1));
        add(2, 2501);

        eventually(() -> assertThat(events).hasSize(2501));
        assertThat(events).doesNotHaveDuplicates().isSorted();
        assertThat(doubts).hasValue(1);
    }

    @Test
    void aRestoredRelayIsNoticed() {
        add(1, 600);
        serveLog();
        reader.start();
        eventually(() -> assertThat(doubts).hasValue(1));
        log.tailMap(300L).clear();

        eventually(() -> assertThat(doubts).hasValue(2));
        add(300, 310);
        eventually(() -> assertThat(events).contains(310L));
    }

    @Test
    void aRestoredRelayWhoseIdsWentOnIsNoticed() {
        add(1, 600);
        serveLog();
        reader.start();
        eventually(() -> assertThat(events).contains(600L));
        log.replaceAll((id, commitment) -> id > 500 ? "0xother" + id : commitment);

        eventually(() -> assertThat(doubts).hasValue(2));
    }

    @Test
    void aPurgedLogIsNoticedOnce() {
        add(1, 600);
        serveLog();
        reader.start();
        eventually(() -> assertThat(doubts).hasValue(1));
        log.clear();

        eventually(() -> assertThat(doubts).hasValue(2));
        int seen = polls.get();
        eventually(() -> assertThat(polls.get()).isGreaterThan(seen + 3));
        assertThat(doubts).hasValue(2);
        add(601, 602);
        eventually(() -> assertThat(events).contains(602L));
    }

    @Test
    void afterAFailureReadingGoesOn() {
        add(1, 10);
        serveLog();
        reader.start();
        eventually(() -> assertThat(doubts).hasValue(1));
        away = true;
        int seen = polls.get();
        eventually(() -> assertThat(polls.get()).isGreaterThan(seen));
        add(11, 12);
        away = false;

        eventually(() -> assertThat(events).contains(12L));
        assertThat(doubts).hasValue(1);
    }

    @Test
    void aRelayWithoutEventsIsReported() {
        reader.start();

        eventually(() -> assertThat(withoutEvents).hasValue(1));
        assertThat(doubts).hasValue(0);
    }

    @Test
    void aStoppedReaderReadsNoMoreAndGoesOnWhereItStopped() {
        add(1, 10);
        serveLog();
        reader.start();
        eventually(() -> assertThat(events).contains(10L));
        reader.stop();
        add(11, 11);
        reader.start();
        eventually(() -> assertThat(events).contains(11L));

        assertThat(doubts).hasValue(1);
    }
}
