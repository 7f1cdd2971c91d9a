// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.relaynet.node.NodePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the nodes of a recording did and when, taken from the tasks in its answers, so that a devnet's nodes can do the same
 * at the same time.
 */
final class RecordedTimeline {
    /** The devnet validates when a request is sent, the recorded Relay some milliseconds later. */
    private static final Duration ANSWERING = Duration.ofMillis(30);

    private static final Duration COMMIT = Duration.ofMillis(20);

    private final Map<String, JsonNode> newest = new LinkedHashMap<>();
    private final Map<String, String> variants = new HashMap<>();
    private final Map<String, Deque<String>> seeds = new HashMap<>();
    private final String downloads;
    /** Tasks whose creation is not in the recording in full. */
    private final Set<String> lost = new HashSet<>();

    RecordedTimeline(RelayRecording recording) {
        downloads = recording
                .exchanges()
                .flatMap(exchange -> exchange.answer().path("data").valueStream())
                .filter(row -> row.path("type").asText().equals("DownloadModel"))
                .map(row -> row.path("args").textValue())
                .collect(Collectors.joining());
        recording.exchanges().forEach(exchange -> {
            if (exchange.form().isTextual()) {
                lost.add(exchange.pathPart(2));
            }
            JsonNode task = exchange.answer().path("data");
            if (task.has("sampling_seed")) {
                Deque<String> known = seeds.computeIfAbsent(
                        key(task.path("task_id_commitment").textValue()), any -> new ArrayDeque<>());
                if (!task.path("sampling_seed").textValue().equals(known.peekLast())) {
                    known.add(task.path("sampling_seed").textValue());
                }
                // A restored database goes back; what happened first counts.
                newest.merge(key(task.path("task_id_commitment").textValue()), task, RecordedTimeline::further);
            }
        });
        Map<String, List<String>> scores = new HashMap<>();
        newest.forEach((commitment, task) -> {
            String score = task.path("score").textValue();
            List<String> known = scores.computeIfAbsent(task.path("task_args").textValue(), any -> new ArrayList<>());
            if (!score.isEmpty() && !known.contains(score)) {
                known.add(score);
            }
            variants.put(commitment, known.indexOf(score) <= 0 ? "" : score);
        });
    }

    private static JsonNode further(JsonNode a, JsonNode b) {
        return rank(b) >= rank(a) ? b : a;
    }

    private static int rank(JsonNode task) {
        int steps = 0;
        for (String time : List.of("start_time", "score_ready_time", "validated_time", "result_uploaded_time")) {
            steps += task.has(time) ? 1 : 0;
        }
        return 2 * steps + (task.path("status").intValue() >= 7 ? 1 : 0);
    }

    private static String key(String commitment) {
        return commitment.toLowerCase(Locale.ROOT);
    }

    private Optional<JsonNode> task(String commitment) {
        return Optional.ofNullable(newest.get(key(commitment)));
    }

    /**
     * Whether a request can be sent again: the recording has it in full, its client waited for the answer, and the task that it
     * is about can be created again.
     */
    boolean canBeReplayed(RelayRecording.Exchange exchange) {
        return exchange.json().at("/response/status").isNumber()
                && RecordedRequest.isComplete(exchange)
                && lost.stream()
                        .noneMatch(commitment -> exchange.request().toString().contains(commitment));
    }

    /** The rows that are about tasks of the recording, which leaves some out, or about none. */
    List<JsonNode> known(JsonNode rows, String member) {
        return rows.valueStream()
                // Those after rows that the recording has left out have no counterpart at the same place.
                .takeWhile(row -> !row.has("rowsLeftOutHere"))
                .filter(row -> {
                    String text = row.path(member).asText();
                    int at = text.indexOf("0x");
                    boolean ofTask = at >= 0 && text.length() > at + 2;
                    return ofTask
                            ? newest.containsKey(key(text.substring(at)))
                            : row.path("type").asText().equals("DownloadModel");
                })
                .toList();
    }

    /** Number of rows, with those that the recording has left out. */
    int size(JsonNode rows) {
        return rows.valueStream()
                .mapToInt(row -> row.path("rowsLeftOutHere").asInt(1))
                .sum();
    }

    /** The sampling seed of the next creation of a task; a restored Relay creates some twice. */
    Optional<String> nextSeed(String commitment) {
        Deque<String> left = seeds.getOrDefault(key(commitment), new ArrayDeque<>());
        return Optional.ofNullable(left.size() > 1 ? left.poll() : left.peek());
    }

    /** When a task started; empty when it never did, as far as the recording shows. */
    Optional<Instant> started(String commitment) {
        return task(commitment).flatMap(RecordedTimeline::visibleStart);
    }

    /** The time is written before the row can be read. */
    private static Optional<Instant> visibleStart(JsonNode task) {
        return time(task, "start_time").map(start -> start.plus(COMMIT));
    }

    private static Optional<Instant> time(JsonNode task, String name) {
        return Optional.ofNullable(task.path(name).textValue()).map(Instant::parse);
    }

    /** All starts, in order. */
    List<Instant> starts() {
        return newest.values().stream()
                .flatMap(task -> visibleStart(task).stream())
                .sorted()
                .toList();
    }

    /** Address of the node that had the task. */
    Optional<String> node(String commitment) {
        return task(commitment)
                .map(task -> task.path("selected_node").textValue())
                .filter(address -> !address.isEmpty());
    }

    /** Addresses of all nodes that had a task, with one of their tasks. */
    Map<String, JsonNode> nodes() {
        Map<String, JsonNode> nodes = new LinkedHashMap<>();
        newest.values().stream()
                .filter(task -> !task.path("selected_node").textValue().isEmpty())
                .forEach(task -> nodes.merge(
                        task.path("selected_node").textValue(),
                        task,
                        (a, b) -> b.path("required_gpu").textValue().isEmpty() ? a : b));
        return nodes;
    }

    /** All models of tasks that started, without those that a node had to download. */
    Set<String> models() {
        Set<String> models = new LinkedHashSet<>();
        newest.values().stream().filter(task -> task.has("start_time")).forEach(task -> task.path("model_ids")
                .forEach(model -> models.add(model.textValue())));
        models.removeIf(downloads::contains);
        return models;
    }

    /** What the task's node did. */
    NodePlan plan(String commitment, NodePlan usual) {
        JsonNode task = task(commitment).orElseThrow();
        Optional<Instant> ready = time(task, "score_ready_time");
        if (ready.isEmpty()) {
            return usual.hanging();
        }
        NodePlan plan = usual.working(
                Duration.between(visibleStart(task).orElseThrow(), ready.get()).abs());
        if (task.path("task_error").intValue() == 1) {
            return plan.failing();
        }
        plan = plan.cheating(variants.get(key(commitment)));
        Optional<Instant> validated = time(task, "validated_time");
        Optional<Instant> uploaded = time(task, "result_uploaded_time");
        if (uploaded.isPresent()) {
            return plan.uploadingAfter(
                    Duration.between(validated.orElseThrow(), uploaded.get()).plus(ANSWERING));
        }
        // Validated, and not seen with files.
        return task.path("status").intValue() == 8 || task.path("status").intValue() == 11
                ? plan
                : plan.neverUploading();
    }
}
