// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.relaynet.engine.RelayEngine;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares answers with recorded ones, without what differs in every run: the list of the recordings' README, "What to
 * ignore when comparing".
 */
final class AnswerComparison {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Members whose values differ in every run; that they are there, and of which kind, does not. */
    private static final Set<String> VARIABLE = Set.of(
            "sequence",
            "id",
            "created_at",
            "create_time",
            "start_time",
            "score_ready_time",
            "validated_time",
            "result_uploaded_time",
            "qos_score",
            "qos",
            "token",
            "expires_at",
            "tx_hash",
            "network",
            "tflops",
            "all_nodes",
            "busy_nodes",
            "active_nodes",
            "total_tasks",
            "running_tasks",
            "queued_tasks",
            "overhead_seconds",
            "seconds_per_sd_pixel_step",
            "blockchain_transaction_id",
            "amount_of_stake");

    private final List<String> differences = new ArrayList<>();

    private AnswerComparison() {}

    /** What differs; empty when nothing does. */
    static Optional<String> of(JsonNode expected, JsonNode actual) {
        var comparison = new AnswerComparison();
        comparison.compare("", expected, actual);
        return comparison.differences.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join("; ", comparison.differences));
    }

    /** What differs in status and names of the first row of a list. */
    static Optional<String> ofForm(JsonNode expected, JsonNode actual) {
        Set<String> names = new LinkedHashSet<>();
        expected.at("/data/0").fieldNames().forEachRemaining(names::add);
        Set<String> actualNames = new LinkedHashSet<>();
        actual.at("/data/0").fieldNames().forEachRemaining(actualNames::add);
        return names.equals(actualNames)
                ? Optional.empty()
                : Optional.of("members expected " + names + " but were " + actualNames);
    }

    private void differ(String path, Object expected, Object actual) {
        differences.add(path + ": expected " + expected + " but was " + actual);
    }

    private void compare(String path, JsonNode expected, JsonNode actual) {
        if (expected.getNodeType() != actual.getNodeType()) {
            differ(path, expected, actual);
        } else if (expected.isObject()) {
            compareObjects(path, expected, actual);
        } else if (expected.isArray()) {
            compareArrays(path, expected, actual);
        } else {
            compareValues(path, expected, actual);
        }
    }

    private void compareObjects(String path, JsonNode expected, JsonNode actual) {
        Set<String> names = new LinkedHashSet<>();
        expected.fieldNames().forEachRemaining(names::add);
        Set<String> actualNames = new LinkedHashSet<>();
        actual.fieldNames().forEachRemaining(actualNames::add);
        if (!names.equals(actualNames)) {
            differ(path + " members", names, actualNames);
            return;
        }
        boolean fineTuning = expected.path("task_type").intValue() == 2;
        for (String name : names) {
            boolean skipped = VARIABLE.contains(name) || (name.equals("timeout") && !fineTuning);
            if (!skipped) {
                compare(path + "/" + name, expected.get(name), actual.get(name));
            }
        }
    }

    private void compareArrays(String path, JsonNode expected, JsonNode actual) {
        if (expected.size() != actual.size()) {
            differ(path + " size", expected.size(), actual.size() + " " + actual);
            return;
        }
        for (int i = 0; i < expected.size(); i++) {
            compare(path + "/" + i, expected.get(i), actual.get(i));
        }
    }

    private void compareValues(String path, JsonNode expected, JsonNode actual) {
        if (path.endsWith("/args")) {
            compare(path, parse(expected.textValue()), parse(actual.textValue()));
        } else if (path.endsWith("/score")) {
            if (expected.textValue().length() != actual.textValue().length()) {
                differ(path, expected, actual);
            }
        } else if (isIssuer(path, actual)) {
            // The Relay's own address.
            return;
        } else if (!text(expected).equals(text(actual))) {
            differ(path, expected, actual);
        }
    }

    private static boolean isIssuer(String path, JsonNode actual) {
        return (path.endsWith("/abort_issuer") || path.endsWith("/node_address"))
                && actual.asText().equals(RelayEngine.ADDRESS);
    }

    /** Texts without what names the schema's URL, or host and port of the database. */
    private static String text(JsonNode value) {
        String text = value.asText();
        if (text.startsWith("jsonschema: '")) {
            return text.substring(0, text.indexOf('\'', "jsonschema: '".length()));
        }
        return text.startsWith("dial tcp ") ? text.replaceFirst("[0-9.]+:[0-9]+", "") : text;
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
