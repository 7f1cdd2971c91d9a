// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.crynux.client.internal.protocol.relay.api.RelayApi;
import io.crynux.client.internal.protocol.relay.replay.ReplayClient;
import io.crynux.client.internal.protocol.relay.replay.ScriptedRelay;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger says what became of a fee, once its records must be there. */
class LedgerReaderTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_796_000_000);
    private static final String TASK = "0x" + "aa".repeat(32);
    private final List<String> records = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicInteger pages = new AtomicInteger();
    private volatile String validToken = "t1";
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean away;
    private ScriptedRelay relay;
    private ReplayClient client;
    private RelayApi api;

    @BeforeEach
    void start() {
        relay = new ScriptedRelay();
        client = new ReplayClient(relay.url());
        client.setTime(NOW);
        api = client.api("0x" + "46".repeat(32));
        relay.on("/v1/now", exchange -> "{\"now\":" + NOW.getEpochSecond() + "}");
        relay.on("/v1/client/connect_wallet", exchange -> {
            logins.incrementAndGet();
            return "{\"token\":\"" + validToken + "\",\"expires_at\":" + (NOW.getEpochSecond() + 3600) + "}";
        });
        relay.on("/v1/relay_account/" + api.address() + "/task_fee", this::page);
    }

    @AfterEach
    void stop() {
        client.close();
        relay.close();
    }

    private String page(HttpExchange exchange) {
        pages.incrementAndGet();
        pass(gate);
        if (away) {
            throw new ScriptedRelay.Refused(500, "context deadline exceeded");
        }
        if (!exchange.getRequestHeaders().getFirst("Authorization").equals("Bearer " + validToken)) {
            throw new ScriptedRelay.Refused(401, "Invalid or expired token");
        }
        long size = ScriptedRelay.number(exchange, "page_size");
        return records.stream()
                .skip((ScriptedRelay.number(exchange, "page") - 1) * size)
                .limit(size)
                .collect(Collectors.joining(",", "{\"total\":" + records.size() + ",\"records\":[", "]}"));
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String record(int id, int type, String commitment, Instant time) {
        return "{\"id\":" + id + ",\"created_at\":" + time.getEpochSecond()
                + ",\"address\":\"x\",\"amount\":\"10\",\"type\":" + type + ",\"reason\":\"" + type + "-" + commitment
                + "\"}";
    }

    private LedgerFate fate(LedgerReader reader, String commitment, Instant settledAt) {
        return ReplayClient.get(reader.fateOf(commitment, NOW.minusSeconds(3600), settledAt));
    }

    private LedgerReader reader() {
        return new LedgerReader(relay.url(), api);
    }

    @Test
    void paymentAndRefundAreFound() {
        records.add(record(3, 5, TASK, NOW.minusSeconds(200)));
        records.add(record(2, 4, "0x" + "bb".repeat(32), NOW.minusSeconds(250)));
        records.add(record(1, 4, TASK, NOW.minusSeconds(300)));

        LedgerFate fate = fate(reader(), TASK, NOW.minusSeconds(100));

        assertThat(fate).isEqualTo(new LedgerFate(LedgerFate.State.COMPLETE, BigInteger.TEN, BigInteger.TEN));
        assertThat(fate.isPaid()).isTrue();
    }

    @Test
    void aMissingRecordProvesNothingForAMinute() {
        assertThat(fate(reader(), TASK, NOW.minusSeconds(59)).state()).isEqualTo(LedgerFate.State.INCOMPLETE);
        assertThat(fate(reader(), TASK, NOW.minusSeconds(60)).state()).isEqualTo(LedgerFate.State.COMPLETE);
        assertThat(fate(reader(), TASK, NOW.minusSeconds(60)).isPaid()).isFalse();
    }

    @Test
    void itReadsPagesUntilTheTimeOfTheTask() {
        for (int id = 2000; id > 0; id--) {
            records.add(record(id, 4, id == 700 ? TASK : "0x" + "bb".repeat(32), NOW.minusSeconds(4L * (2000 - id))));
        }

        assertThat(fate(reader(), TASK, NOW.minusSeconds(100)).isPaid()).isFalse();
        assertThat(pages.get()).as("older records are not read").isEqualTo(2);
        LedgerFate older = ReplayClient.get(reader().fateOf(TASK, NOW.minusSeconds(6000), NOW.minusSeconds(100)));
        assertThat(older.isPaid()).isTrue();
    }

    @Test
    void oneLoginServesAllAndIsRenewedWhenItIsRefused() {
        LedgerReader reader = reader();
        fate(reader, TASK, NOW);
        fate(reader, TASK, NOW);
        assertThat(logins).hasValue(1);

        validToken = "t2";
        assertThat(fate(reader, TASK, NOW.minusSeconds(100)).state()).isEqualTo(LedgerFate.State.COMPLETE);
        assertThat(logins).hasValue(2);
    }

    @Test
    void aTokenIsRenewedBeforeItExpires() {
        LedgerReader reader = reader();
        fate(reader, TASK, NOW);
        relay.on("/v1/now", exchange -> "{\"now\":" + (NOW.getEpochSecond() + 3550) + "}");
        client.setTime(NOW.plusSeconds(3550));
        ReplayClient.get(api.clock().ready());

        fate(reader, TASK, NOW);
        assertThat(logins).hasValue(2);
    }

    @Test
    void questionsShareOneReading() {
        LedgerReader reader = reader();
        gate = new CountDownLatch(1);
        List<CompletableFuture<LedgerFate>> fates = new ArrayList<>();
        fates.add(reader.fateOf(TASK, NOW, NOW));
        await().atMost(ReplayClient.PATIENCE).until(() -> pages.get() == 1);
        for (int i = 0; i < 50; i++) {
            fates.add(reader.fateOf("0x" + i, NOW, NOW));
        }
        gate.countDown();
        fates.forEach(ReplayClient::get);

        assertThat(pages).hasValue(2);
    }

    @Test
    void anUnavailableLedgerProvesNothing() {
        away = true;

        assertThat(fate(reader(), TASK, NOW.minusSeconds(100)).state()).isEqualTo(LedgerFate.State.INCOMPLETE);
    }

    @Test
    void noTokenTravelsInTheClear() {
        LedgerReader reader = new LedgerReader(URI.create("http://relay.example.org"), api);

        assertThat(fate(reader, TASK, NOW.minusSeconds(100)).state()).isEqualTo(LedgerFate.State.UNREADABLE);
        assertThat(logins).hasValue(0);
        assertThat(TokenKeeper.isSafe(URI.create("https://relay.example.org"))).isTrue();
        assertThat(TokenKeeper.isSafe(URI.create("http://localhost:8080"))).isTrue();
        assertThat(TokenKeeper.isSafe(URI.create("http://127.0.0.1.example.org")))
                .isFalse();
    }

    @Test
    void afterTheLossOfAJournalItNamesEachPaidTask() {
        records.add(record(4, 5, TASK, NOW.minusSeconds(10)));
        records.add(record(3, 4, TASK, NOW.minusSeconds(20)));
        records.add(record(2, 4, "0x" + "bb".repeat(32), NOW.minusSeconds(30)));
        records.add(record(1, 4, "0x" + "cc".repeat(32), NOW.minusSeconds(5000)));

        assertThat(ReplayClient.get(reader().paidSince(NOW.minusSeconds(3600))).orElseThrow())
                .containsExactly(TASK, "0x" + "bb".repeat(32));
    }
}
