// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.internal.protocol.relay.api.CallName;
import io.crynux.client.internal.protocol.relay.replay.Exchange;
import io.crynux.client.internal.protocol.relay.replay.RecordedRelay;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One request in a recording: its tasks, in the order of members. */
final class RecordedLife {
    private static final String PADDING = "0x" + "ee".repeat(31) + "0";

    private final RecordedRelay recording;
    private final String label;
    /** Commitments of all five members; those that the recording does not have are made up. */
    private final List<String> commitments;

    private final Map<String, Integer> members;

    private RecordedLife(RecordedRelay recording, String label, Map<String, Integer> members) {
        this.recording = recording;
        this.label = label;
        this.members = members;
        this.commitments = new ArrayList<>();
        for (int index = 0; index < 5; index++) {
            commitments.add(PADDING + index);
        }
        members.forEach((commitment, index) -> commitments.set(index, commitment));
    }

    /** The requests of a recording: tasks with the same task id belong together. */
    static List<RecordedLife> of(RecordedRelay recording) {
        Map<String, String> taskIds = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        recording.tasks().forEach(task -> {
            String commitment = task.getValue().path("commitment").asText();
            taskIds.put(commitment, task.getValue().path("taskId").asText());
            names.put(commitment, task.getKey());
        });
        Map<String, Set<String>> created = new LinkedHashMap<>();
        for (Exchange exchange : recording.exchanges()) {
            if (exchange.call().filter(CallName.CREATE::equals).isPresent()
                    && taskIds.containsKey(exchange.commitment())
                    && exchange.commitment().matches("0x[0-9a-f]{64}")) {
                created.computeIfAbsent(taskIds.get(exchange.commitment()), id -> new LinkedHashSet<>())
                        .add(exchange.commitment());
            }
        }
        return created.values().stream()
                .map(group -> life(recording, new ArrayList<>(group), names))
                .toList();
    }

    private static RecordedLife life(RecordedRelay recording, List<String> group, Map<String, String> names) {
        Map<String, Integer> members = new LinkedHashMap<>();
        for (String commitment : group) {
            boolean fresh = names.get(commitment).startsWith("fresh");
            long others = members.values().stream()
                    .filter(index -> index >= 3 == fresh)
                    .count();
            members.put(commitment, (int) others + (fresh ? 3 : 0));
        }
        return new RecordedLife(recording, recording.name() + " " + names.get(group.get(0)), members);
    }

    /** Why it cannot be replayed as one request, or empty. */
    Optional<String> flaw() {
        if (members.values().stream().anyMatch(index -> index > 4)) {
            return Optional.of("more tasks of one task id than a request has");
        }
        Map<Integer, Integer> last = lastStates();
        if (last.isEmpty()) {
            return Optional.of("never created");
        }
        if (!last.containsKey(0)) {
            return Optional.of("the first is never read");
        }
        return last.values().stream().allMatch(status -> status >= 7)
                ? Optional.empty()
                : Optional.of("not seen to its end");
    }

    /** The last recorded state of each member that was created. */
    Map<Integer, Integer> lastStates() {
        Map<Integer, Integer> states = new LinkedHashMap<>();
        for (Exchange exchange : exchanges()) {
            boolean task = exchange.call()
                    .filter(call -> call == CallName.GET || call == CallName.CREATE)
                    .isPresent();
            if (task && exchange.status() == 200) {
                states.put(
                        members.get(exchange.commitment()),
                        exchange.data().path("status").asInt());
            }
        }
        return states;
    }

    /** The exchanges of its tasks, and readings of the balance, in order. */
    List<Exchange> exchanges() {
        return recording.exchanges().stream()
                .filter(exchange -> isValidation(exchange)
                        ? commitments(exchange).stream().anyMatch(members::containsKey)
                        : members.containsKey(exchange.commitment()))
                .toList();
    }

    /**
     * What the request cost by the balance. Where other tasks were left out before its first creation, from the first reading after
     * that. Empty if the recording has other requests, or too few readings.
     */
    Optional<BigInteger> spentByBalances() {
        int created = 0;
        BigInteger before = null;
        BigInteger last = null;
        boolean othersLeftOut = recording.notes().contains("left out");
        for (Exchange exchange : recording.exchanges()) {
            boolean isCreation = exchange.call().filter(CallName.CREATE::equals).isPresent();
            boolean isReading = exchange.call().filter(CallName.BALANCE::equals).isPresent();
            if (exchange.status() == 200 && isCreation && (before == null || !othersLeftOut)) {
                created += othersLeftOut ? 1 : 0;
            } else if (exchange.status() == 200 && isReading && (created > 0 || !othersLeftOut)) {
                BigInteger balance = new BigInteger(exchange.data().asText());
                last = before == null ? null : balance;
                before = before == null ? balance : before;
            }
        }
        if (of(recording).size() != 1 || last == null) {
            return Optional.empty();
        }
        return Optional.of(
                fee().multiply(BigInteger.valueOf(created)).add(before).subtract(last));
    }

    /** Types of the records of each task that its recording lists, oldest first. */
    Map<String, List<Integer>> ledger() {
        Map<String, Map<String, Integer>> rows = new HashMap<>();
        for (Exchange exchange : recording.exchanges()) {
            if (exchange.call().filter(CallName.LEDGER::equals).isPresent() && exchange.status() == 200) {
                exchange.data().path("records").forEach(record -> {
                    String[] reason = record.path("reason").asText("-").split("-", 2);
                    rows.computeIfAbsent(reason[1], commitment -> new TreeMap<>())
                            .put(record.path("id").asText(), record.path("type").asInt());
                });
            }
        }
        Map<String, List<Integer>> types = new HashMap<>();
        rows.forEach((commitment, records) ->
                types.put(commitment, records.values().stream().sorted().toList()));
        return types;
    }

    static boolean isValidation(Exchange exchange) {
        return exchange.call().filter(CallName.VALIDATE::equals).isPresent();
    }

    static List<String> commitments(Exchange validation) {
        List<String> commitments = new ArrayList<>();
        validation
                .request()
                .path("body")
                .path("json")
                .path("task_id_commitments")
                .forEach(c -> commitments.add(c.asText()));
        return commitments;
    }

    /** The validation as an action; empty for one that the client never sends. */
    Optional<Action.Validate> action(Exchange validation) {
        if (!members.keySet().containsAll(commitments(validation))) {
            return Optional.empty();
        }
        List<Integer> indexes =
                commitments(validation).stream().map(members::get).sorted().toList();
        if (indexes.size() == 1) {
            return Optional.of(new Action.Validate(indexes, indexes.get(0)));
        }
        boolean group = indexes.equals(List.of(0, 1, 2)) || indexes.equals(List.of(0, 3, 4));
        return group ? Optional.of(new Action.Validate(indexes, 0)) : Optional.empty();
    }

    RecordedRelay recording() {
        return recording;
    }

    List<String> commitments() {
        return commitments;
    }

    int index(String commitment) {
        return members.get(commitment);
    }

    /** The signed fields of the first creation. */
    JsonNode fields() {
        return exchanges().stream()
                .filter(exchange -> exchange.signed().path("fields").has("task_fee"))
                .findFirst()
                .orElseThrow()
                .signed()
                .path("fields");
    }

    BigInteger fee() {
        return new BigInteger(fields().path("task_fee").asText());
    }

    @Override
    public String toString() {
        return label;
    }
}
