// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.relaynet.RelayRecording.Exchange;
import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sends the requests of a recording to a devnet, byte by byte as they were and at the same time by the devnet's clock, and
 * compares the answers. A state that the devnet reaches some seconds later counts as reached, since the real Relay's rounds
 * have another phase.
 */
final class RelayReplay implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration STEP = Duration.ofMillis(250);
    private static final Duration BOOKING = Duration.ofSeconds(2);

    private final RelayRecording recording;
    private final RecordedTimeline timeline;
    private final RecordedNetwork setting;
    private final RelayNetwork network;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> differences = new ArrayList<>();
    private final Set<String> balanced = new HashSet<>();
    private final TreeMap<Long, Long> eventIds = new TreeMap<>(Map.of(0L, 0L));
    private final Map<String, String> tokens = new HashMap<>();
    private final List<Instant> starts;
    private int replayed;
    private int skipped;

    RelayReplay(RelayRecording recording) {
        this.recording = recording;
        this.timeline = new RecordedTimeline(recording);
        this.starts = new ArrayList<>(timeline.starts());
        this.setting = new RecordedNetwork(recording, timeline);
        this.network = setting.network();
    }

    /** Replays everything; returns what differs. */
    List<String> run() throws IOException, InterruptedException {
        List<JsonNode> entries = new ArrayList<>();
        recording.json().path("exchanges").forEach(entries::add);
        for (JsonNode entry : successesFirst(entries)) {
            if (entry.has("at")) {
                advanceTo(Instant.ofEpochMilli(Math.round(entry.path("at").doubleValue() * 1000)));
            }
            if (entry.has("request")) {
                replay(new Exchange(recording.name(), entry));
            } else {
                perform(entry.path("event").textValue());
            }
        }
        return differences;
    }

    private void perform(String event) {
        if (!event.contains("up again")) {
            // What is older is booked when a Relay ends, or is copied.
            network.book(BOOKING);
        }
        setting.perform(event);
    }

    /** Of requests sent at once, the recorded order says nothing: those that the real Relay accepted come first. */
    private static List<JsonNode> successesFirst(List<JsonNode> entries) {
        List<JsonNode> sorted = new ArrayList<>();
        for (int from = 0; from < entries.size(); ) {
            JsonNode group = entries.get(from).path("parallel");
            int to = from + 1;
            while (to < entries.size()
                    && !group.isMissingNode()
                    && entries.get(to).path("parallel").equals(group)) {
                to++;
            }
            sorted.addAll(entries.subList(from, to).stream()
                    .sorted(Comparator.comparing(
                            entry -> entry.at("/response/status").intValue() != 200))
                    .toList());
            from = to;
        }
        return sorted;
    }

    /** Number of requests that were sent and compared. */
    int replayed() {
        return replayed;
    }

    /** Number of requests that the recording has not in full, or whose client went away. */
    int skipped() {
        return skipped;
    }

    /** Starts tasks on the way when the recorded ones started. */
    private void advanceTo(Instant end) {
        while (!starts.isEmpty() && !starts.get(0).isAfter(end)) {
            moveTo(starts.remove(0));
            network.dispatch();
        }
        moveTo(end);
    }

    private void moveTo(Instant instant) {
        if (instant.isAfter(network.now())) {
            network.advance(Duration.between(network.now(), instant));
        }
    }

    private void replay(Exchange exchange) throws IOException, InterruptedException {
        if (!timeline.canBeReplayed(exchange)) {
            skipped++;
            if (exchange.answer().path("transport").asText().matches(".*: (late|answer-lost)")) {
                // The Relay did what was asked, and nobody was there for its answer.
                http.send(request(exchange), HttpResponse.BodyHandlers.discarding());
            }
            return;
        }
        if (exchange.json().path("note").asText().startsWith("the task whose VRF")) {
            balanced.clear();
        }
        replayed++;
        Optional<String> difference = send(exchange);
        if (difference.isPresent() && exchange.path().endsWith("/task_fee")) {
            network.book(BOOKING);
            difference = send(exchange);
            if (difference.isPresent()) {
                network.book(Duration.ZERO);
                difference = send(exchange);
            }
        }
        Instant last = exchange.clock().instant().plus(PATIENCE);
        while (difference.isPresent() && mayComeLater(exchange) && network.now().isBefore(last)) {
            network.advance(STEP);
            difference = send(exchange);
        }
        difference.ifPresent(what -> differences.add(
                exchange + " [" + exchange.request().path("method").asText() + " "
                        + exchange.path().replaceAll("(0x[0-9a-fA-F]{6})[0-9a-fA-F]+", "$1") + "] " + what));
    }

    private static boolean mayComeLater(Exchange exchange) {
        return exchange.request().path("method").textValue().equals("GET")
                && exchange.path().matches("/v1/(inference_tasks|events|stats).*");
    }

    private HttpRequest request(Exchange exchange) {
        return new RecordedRequest(exchange, this::query, this::authorization).build(network.url());
    }

    private Optional<String> send(Exchange exchange) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request(exchange), HttpResponse.BodyHandlers.ofByteArray());
        JsonNode recorded = exchange.json().path("response");
        if (response.statusCode() != recorded.path("status").intValue()) {
            return isOtherOrder(exchange, response)
                    ? Optional.empty()
                    : Optional.of("expected " + recorded.path("status") + " " + exchange.answer() + " but was "
                            + response.statusCode() + " " + new String(response.body(), UTF_8));
        }
        String type = response.headers().firstValue("Content-Type").orElse("none");
        String disposition =
                response.headers().firstValue("Content-Disposition").orElse("none");
        if (!recorded.path("contentType").asText("none").replace("null", "none").equals(type)) {
            return Optional.of("content type expected " + recorded.path("contentType") + " but was " + type);
        }
        if (!recorded.path("contentDisposition").asText("none").equals(disposition)) {
            return Optional.of("content disposition was " + disposition);
        }
        return type.startsWith("application/json")
                ? compareJson(exchange, JSON.readTree(response.body()))
                : compareBytes(exchange, response.body());
    }

    /** Where equal requests are sent at once, the database refuses some that the devnet refuses a moment later. */
    private static boolean isOtherOrder(Exchange exchange, HttpResponse<byte[]> response) {
        String body = new String(response.body(), UTF_8);
        return exchange.json().has("parallel")
                && exchange.status() == 500
                && (body.contains("Task already uploaded")
                        || body.contains("Task can no longer be cancelled")
                        || body.contains("illegal task state"));
    }

    private static Optional<String> compareBytes(Exchange exchange, byte[] body) {
        JsonNode recorded = exchange.answer();
        if (recorded.has("text") && !exchange.path().contains("/results/0")) {
            return recorded.path("text").textValue().equals(new String(body, UTF_8))
                    ? Optional.empty()
                    : Optional.of("expected " + recorded.path("text") + " but was " + new String(body, UTF_8));
        }
        boolean bothEmpty = (recorded.path("length").intValue() == 0) == (body.length == 0);
        return bothEmpty
                ? Optional.empty()
                : Optional.of("expected " + recorded + " but was " + body.length + " bytes");
    }

    private Optional<String> compareJson(Exchange exchange, JsonNode actual) {
        JsonNode expected = exchange.answer();
        String path = exchange.path();
        if (path.endsWith("/balance") && actual.path("data").isTextual()) {
            return compareBalance(exchange, expected, actual);
        }
        if (path.equals("/v1/events/current_id") && actual.has("data")) {
            return compareNewest(
                    expected.path("data").longValue(), actual.path("data").longValue());
        }
        if (path.equals("/v1/client/connect_wallet") && actual.at("/data/token").isTextual()) {
            tokens.put(
                    expected.at("/data/token").textValue(),
                    actual.at("/data/token").textValue());
        }
        if (path.equals("/v1/events") && actual.path("data").isArray()) {
            boolean ofAll = exchange.request()
                    .at("/query/task_id_commitment")
                    .asText("")
                    .isEmpty();
            if (ofAll && exchange.request().at("/query/start").asLong(0) == 0) {
                // Mostly rows of tasks that were left out.
                return AnswerComparison.ofForm(expected, actual);
            }
            List<JsonNode> rows = timeline.known(expected.path("data"), "task_id_commitment");
            List<JsonNode> actualRows = timeline.known(actual.path("data"), "task_id_commitment");
            // A full page of the recording has fewer known rows where it has some of tasks that were left out.
            boolean full = ofAll
                    && timeline.size(expected.path("data"))
                            >= exchange.request().at("/query/limit").asInt(50);
            return compareRows(
                    rows, full ? actualRows.subList(0, Math.min(rows.size(), actualRows.size())) : actualRows);
        }
        if (path.endsWith("/task_fee") && actual.at("/data/records").isArray()) {
            List<JsonNode> rows = timeline.known(expected.at("/data/records"), "reason");
            List<JsonNode> actualRows = timeline.known(actual.at("/data/records"), "reason");
            // A page of the recording has fewer known rows where it has some of tasks that were left out.
            return compareRows(rows, actualRows.subList(0, Math.min(rows.size(), actualRows.size())));
        }
        return AnswerComparison.of(expected, actual);
    }

    private Optional<String> compareRows(List<JsonNode> expected, List<JsonNode> actual) {
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            eventIds.put(
                    expected.get(i).path("id").longValue(),
                    actual.get(i).path("id").longValue());
        }
        return AnswerComparison.of(JSON.valueToTree(expected), JSON.valueToTree(actual));
    }

    /** Tasks that were left out of a recording have changed the balance: the first one is taken over. */
    private Optional<String> compareBalance(Exchange exchange, JsonNode expected, JsonNode actual) {
        String account = exchange.pathPart(2);
        BigInteger difference = new BigInteger(expected.path("data").textValue())
                .subtract(new BigInteger(actual.path("data").textValue()));
        if (balanced.add(account) && difference.signum() != 0) {
            network.deposit(account, difference);
            return Optional.empty();
        }
        return AnswerComparison.of(expected, actual);
    }

    private Optional<String> compareNewest(long expected, long actual) {
        if (expected == 0 || actual == 0) {
            return expected == actual ? Optional.empty() : Optional.of("expected " + expected + " but was " + actual);
        }
        eventIds.put(expected, actual);
        return Optional.empty();
    }

    private String query(String name, String value) {
        boolean cursor = name.equals("start") && value.matches("[0-9]{1,9}");
        return cursor ? Long.toString(eventIds.floorEntry(Long.parseLong(value)).getValue()) : value;
    }

    private String authorization(String recorded) {
        String[] parts = recorded.split(" ", -1);
        String last = parts[parts.length - 1];
        String token = tokens.getOrDefault(last, last);
        return parts.length == 1 ? token : parts[0] + " " + token;
    }

    @Override
    public void close() {
        setting.close();
    }
}
