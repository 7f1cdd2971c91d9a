// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.relaynet.engine.RelayOperations.Backup;
import io.crynux.devnet.relaynet.node.RelayNode;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import io.crynux.devnet.relaynet.task.TaskVersion;
import io.crynux.devnet.result.Workshop;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A devnet like the network of a recording: with its settings, accounts and nodes, and the recorded sampling seeds, so that
 * recorded signatures and proofs are right. Its nodes do what the recorded ones did.
 */
final class RecordedNetwork implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration NEVER = Duration.ofDays(1_000);
    private static final BigInteger FUNDS = RelayTestNetwork.CNX.multiply(BigInteger.valueOf(10_000));

    private final RelayRecording recording;
    private final RecordedTimeline timeline;
    private final RelayTestNetwork test;
    private final RelayNetwork network;
    private Optional<Backup> dump = Optional.empty();
    private Optional<Fault> databaseFault = Optional.empty();

    RecordedNetwork(RelayRecording recording, RecordedTimeline timeline) {
        this.recording = recording;
        this.timeline = timeline;
        JsonNode config = recording.json().path("config");
        test = new RelayTestNetwork(
                settings(config),
                0,
                recording.exchanges().findFirst().orElseThrow().clock().instant(),
                new Workshop(),
                commitment -> timeline.nextSeed(commitment).orElseGet(() -> RelayTestNetwork.randomSeed(commitment)));
        network = test.network();
        network.whitelistOnly(config.path("task_whitelist_enabled").asBoolean());
        joinNodes();
        recording
                .json()
                .path("keys")
                .forEach(key -> network.deposit(key.path("address").textValue(), FUNDS));
        network.faults().nodes().hold(task -> timeline.started(task.commitment())
                .map(begin -> network.now().isBefore(begin))
                .orElse(true));
        network.faults().nodes().choose(task -> timeline.node(task.commitment()));
        network.faults().nodes().script((task, usual) -> timeline.plan(task.commitment(), usual));
    }

    RelayNetwork network() {
        return network;
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
                // The replay says when: the real Relay's rounds have another phase.
                .withBookingInterval(NEVER)
                .withTick(Duration.ofMillis(250))
                .withNodes("3.5.0", List.copyOf(timeline.models()), Duration.ZERO);
    }

    private static Duration seconds(JsonNode config, String name) {
        return Duration.ofSeconds(config.path(name).longValue());
    }

    private void joinNodes() {
        Map<String, JsonNode> described = new LinkedHashMap<>();
        recording.exchanges().forEach(exchange -> {
            for (String name : List.of("data", "Data")) {
                JsonNode node = exchange.answer().path(name);
                node.valueStream()
                        .filter(row -> row.has("card_model"))
                        .forEach(row -> described.put(
                                row.path("address").textValue(),
                                JSON.createObjectNode()
                                        .put("gpu_name", row.path("card_model").textValue())
                                        .put("gpu_vram", row.path("v_ram").longValue())));
                if (!node.path("gpu_name").asText("").isEmpty()) {
                    described.merge(node.path("address").textValue(), node, (a, b) -> a.has("model_ids") ? a : b);
                }
            }
        });
        Map<String, JsonNode> nodes = timeline.nodes();
        Set<String> addresses = new LinkedHashSet<>(nodes.keySet());
        addresses.addAll(described.keySet());
        for (String address : addresses) {
            network.join(node(address, described.get(address), nodes.get(address)));
        }
    }

    private RelayNode node(String address, JsonNode node, JsonNode task) {
        boolean named = task != null && !task.path("required_gpu").textValue().isEmpty();
        String gpu = named ? task.path("required_gpu").textValue() : "NVIDIA GeForce RTX 4090+Linux";
        long vram = named ? task.path("required_gpu_vram").longValue() : 24;
        Set<String> models = timeline.models();
        if (node != null) {
            gpu = node.path("gpu_name").textValue();
            vram = node.path("gpu_vram").longValue();
            if (node.has("model_ids")) {
                models = new LinkedHashSet<>();
                for (JsonNode model : node.path("model_ids")) {
                    models.add(model.textValue());
                }
            }
        }
        return RelayNode.idle(address, gpu, vram, TaskVersion.parse("3.5.0").orElseThrow(), models);
    }

    /** Does what a recording says was done from outside. */
    void perform(String event) {
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

    @Override
    public void close() {
        test.close();
    }
}
