// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.relaynet.RelayRecording.Exchange;
import io.crynux.devnet.relaynet.engine.RelayOperations.Backup;
import io.crynux.devnet.relaynet.node.RelayNode;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import io.crynux.devnet.relaynet.task.TaskVersion;
import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sends the requests of a recording to a devnet, byte by byte as they were and at the same time by the devnet's clock, and
 * compares the answers. The devnet has the recorded sampling seeds, so that recorded signatures and proofs are right; its
 * nodes do what the recorded ones did. A state that the devnet reaches some seconds later counts as reached, since the real
 * Relay's rounds have another phase.
 */
final class RelayReplay implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration STEP = Duration.ofMillis(250);

    private final RelayRecording recording;
    private final RecordedTimeline timeline;
    private final RelayTestNetwork test;
    private final RelayNetwork network;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> differences = new ArrayList<>();
    private final Set<String> balanced = new HashSet<>();
    private final TreeMap<Long, Long> eventIds = new TreeMap<>(Map.of(0L, 0L));
    private final Map<String, String> tokens = new HashMap<>();
    private final List<Instant> starts;
    private Optional<Backup> dump = Optional.empty();
    private Optional<Fault> databaseFault = Optional.empty();
    private int replayed;
    private int skipped;

    RelayReplay(RelayRecording recording) {
        this.recording = recording;
        this.timeline = new RecordedTimeline(recording);
        this.starts = new ArrayList<>(timeline.starts());
        JsonNode config = recording.json().path("config");
        Instant start = recording.exchanges().findFirst().orElseThrow().clock().instant();
        test = new RelayTestNetwork(settings(config), 0, start, commitment -> timeline.seed(commitment)
                .orElseGet(() -> RelayTestNetwork.randomSeed(commitment)));
        network = test.network();
        network.whitelistOnly(config.path("task_whitelist_enabled").asBoolean());
        joinNodes();
        recording
                .json()
                .path("keys")
                .forEach(key -> network.deposit(
                        key.path("address").textValue(), RelayTestNetwork.CNX.multiply(BigInteger.valueOf(10_000))));
        network.faults().nodes().hold(task -> timeline.started(task.commitment())
                .map(begin -> network.now().isBefore(begin))
                .orElse(true));
        network.faults().nodes().choose(task -> timeline.node(task.commitment()));
        network.faults().nodes().script((task, usual) -> timeline.plan(task.commitment(), usual));
    }

    private RelayNetworkSettings settings(JsonNode config) {
        return RelayNetworkSettings.defaults()
                .withQueueTimeout(seconds(config, "queue_timeout_seconds"))
                .withExecutionTimeout(
                        seconds(config, "min_execution_timeout_seconds"),
                        seconds(config, "max_execution_timeout_seconds"))
                .withValidationTimeout(seconds(config, "app_validation_timeout_seconds"))
                .withUploadTimeout(seconds(config, "result_upload_timeout_seconds"))
                .withMaxBodyBytes(config.path("max_body_bytes").intValue())
                .withNodes("3.5.0", List.copyOf(timeline.models()), Duration.ofSeconds(5));
    }

    private static Duration seconds(JsonNode config, String name) {
        return Duration.ofSeconds(config.path(name).longValue());
    }

    private void joinNodes() {
        Map<String, JsonNode> described = new HashMap<>();
        recording.exchanges().forEach(exchange -> {
            for (String name : List.of("data", "Data")) {
                JsonNode node = exchange.answer().path(name);
                if (node.has("gpu_name") && !node.path("gpu_name").asText().isEmpty()) {
                    described.put(node.path("address").textValue(), node);
                }
            }
        });
        Map<String, JsonNode> nodes = timeline.nodes();
        Set<String> addresses = new LinkedHashSet<>(nodes.keySet());
        addresses.addAll(described.keySet());
        for (String address : addresses) {
            JsonNode node = described.get(address);
            JsonNode task = nodes.get(address);
            boolean named =
                    task != null && !task.path("required_gpu").textValue().isEmpty();
            String gpu = node != null
                    ? node.path("gpu_name").textValue()
                    : named ? task.path("required_gpu").textValue() : "NVIDIA GeForce RTX 4090+Linux";
            long vram = node != null
                    ? node.path("gpu_vram").longValue()
                    : named ? task.path("required_gpu_vram").longValue() : 24;
            network.join(RelayNode.idle(
                    address, gpu, vram, TaskVersion.parse("3.5.0").orElseThrow(), timeline.models()));
        }
    }

    private static Instant at(double seconds) {
        return Instant.ofEpochMilli(Math.round(seconds * 1000));
    }

    /** Replays everything; returns what differs. */
    List<String> run() throws IOException, InterruptedException {
        for (JsonNode entry : recording.json().path("exchanges")) {
            if (entry.has("at")) {
                advanceTo(at(entry.path("at").doubleValue()));
            }
            if (entry.has("request")) {
                replay(new Exchange(recording.name(), entry));
            } else {
                perform(entry.path("event").textValue());
            }
        }
        return differences;
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

    private void perform(String event) {
        if (event.contains("up again") || event.contains("stopped and started again")) {
            network.restart();
        } else if (event.contains("whitelist is on") || event.contains("whitelist is switched on")) {
            network.whitelistOnly(true);
        } else if (event.contains("whitelist is switched off")) {
            network.whitelistOnly(false);
        } else if (event.contains("the creator to the whitelist")) {
            network.whitelist(recording.address("creator"), true);
        } else if (event.contains("the creator off the whitelist")) {
            network.whitelist(recording.address("creator"), false);
        } else if (event.startsWith("the administrator slashes the node")) {
            network.tasks().stream()
                    .filter(task ->
                            !task.work().node().isEmpty() && !task.status().isEnd())
                    .reduce((a, b) -> b)
                    .ifPresent(task -> network.slash(task.work().node()));
        } else if (event.contains("CNX") && event.contains("chain")) {
            String role = event.contains("depositor") ? "depositor" : "creator";
            int amount = Integer.parseInt(event.replaceAll("\\D*(\\d+) CNX.*", "$1"));
            network.deposit(recording.address(role), RelayTestNetwork.CNX.multiply(BigInteger.valueOf(amount)));
        } else if (event.equals("the database process is killed")) {
            databaseFault = Optional.of(network.faults().databaseAway());
        } else if (event.equals("the database is there again")) {
            databaseFault.orElseThrow().end();
        } else if (event.equals("a dump of the database is taken")) {
            dump = Optional.of(network.backup());
        } else if (event.contains("the dump put back")) {
            network.restore(dump.orElseThrow());
        } else if (event.contains("made two days old")) {
            Set<String> old = new HashSet<>();
            for (String name : List.of("finished", "cancelled", "queued", "score-ready")) {
                old.add(recording.json().at("/tasks/" + name + "/commitment").textValue());
            }
            network.age(old, Duration.ofDays(2));
        } else if (event.startsWith("history_retention_days")) {
            network.purge(Duration.ofDays(1));
        }
    }

    private void replay(Exchange exchange) throws IOException, InterruptedException {
        boolean answered = exchange.json().at("/response/status").isNumber();
        if (!answered || !RecordedRequest.isComplete(exchange)) {
            skipped++;
            return;
        }
        replayed++;
        Optional<String> difference = send(exchange);
        Instant last = network.now().plus(PATIENCE);
        boolean read = exchange.request().path("method").textValue().equals("GET");
        while (read && difference.isPresent() && network.now().isBefore(last)) {
            network.advance(STEP);
            difference = send(exchange);
        }
        difference.ifPresent(what -> differences.add(
                exchange + " [" + exchange.request().path("method").asText() + " "
                        + exchange.path().replaceAll("(0x[0-9a-fA-F]{6})[0-9a-fA-F]+", "$1") + "] " + what));
    }

    private Optional<String> send(Exchange exchange) throws IOException, InterruptedException {
        var request = new RecordedRequest(exchange, this::query, this::authorization);
        HttpResponse<byte[]> response =
                http.send(request.build(network.url()), HttpResponse.BodyHandlers.ofByteArray());
        JsonNode recorded = exchange.json().path("response");
        if (response.statusCode() != recorded.path("status").intValue()) {
            return Optional.of("expected " + recorded.path("status") + " " + exchange.answer() + " but was "
                    + response.statusCode() + " " + new String(response.body()));
        }
        String type = response.headers().firstValue("Content-Type").orElse(null);
        if (!recorded.path("contentType").isNull()
                && !recorded.path("contentType").asText().equals(type)) {
            return Optional.of("content type expected " + recorded.path("contentType") + " but was " + type);
        }
        if (recorded.has("contentDisposition")
                && !recorded.path("contentDisposition")
                        .asText()
                        .equals(response.headers()
                                .firstValue("Content-Disposition")
                                .orElse("none"))) {
            return Optional.of("content disposition " + response.headers().map());
        }
        if (type == null || !type.startsWith("application/json")) {
            return compareBytes(exchange, response.body());
        }
        JsonNode actual = JSON.readTree(response.body());
        return compareJson(exchange, actual);
    }

    private static Optional<String> compareBytes(Exchange exchange, byte[] body) {
        JsonNode recorded = exchange.answer();
        if (recorded.has("text")) {
            return recorded.path("text").textValue().equals(new String(body))
                    ? Optional.empty()
                    : Optional.of("expected " + recorded.path("text") + " but was " + new String(body));
        }
        boolean bothEmpty = (recorded.path("length").intValue() == 0) == (body.length == 0);
        return bothEmpty
                ? Optional.empty()
                : Optional.of("expected " + recorded + " but was " + body.length + " bytes");
    }

    private Optional<String> compareJson(Exchange exchange, JsonNode actual) {
        JsonNode expected = exchange.answer();
        if (exchange.path().endsWith("/balance") && actual.path("data").isTextual()) {
            return compareBalance(exchange, expected, actual);
        }
        if (exchange.path().equals("/v1/events/current_id") && actual.has("data")) {
            return compareNewest(
                    exchange,
                    expected.path("data").longValue(),
                    actual.path("data").longValue());
        }
        if (exchange.path().equals("/v1/client/connect_wallet")
                && actual.at("/data/token").isTextual()) {
            tokens.put(
                    expected.at("/data/token").textValue(),
                    actual.at("/data/token").textValue());
        }
        if (exchange.path().equals("/v1/events") && actual.path("data").isArray()) {
            for (int i = 0;
                    i
                            < Math.min(
                                    expected.path("data").size(),
                                    actual.path("data").size());
                    i++) {
                eventIds.put(
                        expected.path("data").path(i).path("id").longValue(),
                        actual.path("data").path(i).path("id").longValue());
            }
        }
        return AnswerComparison.of(expected, actual);
    }

    /** Tasks that were left out of a recording have changed the balance: the first one is taken over. */
    private Optional<String> compareBalance(Exchange exchange, JsonNode expected, JsonNode actual) {
        String account = exchange.pathPart(2);
        if (balanced.add(account)) {
            BigInteger wanted = new BigInteger(expected.path("data").textValue());
            network.deposit(
                    account, wanted.subtract(new BigInteger(actual.path("data").textValue())));
            return Optional.empty();
        }
        return AnswerComparison.of(expected, actual);
    }

    private Optional<String> compareNewest(Exchange exchange, long expected, long actual) {
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
        String[] parts = recorded.split(" ");
        String last = parts[parts.length - 1];
        String token = tokens.getOrDefault(last, last);
        return parts.length == 1 ? token : parts[0] + " " + token;
    }

    @Override
    public void close() {
        test.close();
    }
}
