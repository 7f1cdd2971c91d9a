// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A recorded JSON-RPC session with the real contracts. */
record Recording(String name, JsonNode json) {

    /** One request with its answer. */
    record Entry(String label, JsonNode request, JsonNode response, JsonNode decoded) {
        String method() {
            return request.path("method").asText();
        }

        /** The label without what is done: the step of the session that several entries belong to. */
        String step() {
            int slash = label.lastIndexOf(" / ");
            return slash < 0 ? label : label.substring(0, slash);
        }
    }

    static Recording load(String name) {
        try (InputStream in = Recording.class.getResourceAsStream("/recordings/" + name + ".json")) {
            return new Recording(name, RpcClient.JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        json.path("entries")
                .forEach(entry -> entries.add(new Entry(
                        entry.path("label").asText(),
                        entry.path("request"),
                        entry.path("response"),
                        entry.path("decoded"))));
        return entries;
    }

    long chainId() {
        return json.path("chainId").asLong();
    }

    String client() {
        return json.path("client").asText();
    }

    boolean sevenArguments() {
        return json.path("contractCommit").asText().equals("f0aa46b");
    }

    /** Addresses by role: alice, bob, node1 and so on. */
    Map<String, String> roles() {
        Map<String, String> roles = new LinkedHashMap<>();
        json.path("roles")
                .properties()
                .forEach(role -> roles.put(role.getValue().asText(), role.getKey()));
        return roles;
    }

    /** The nodes that a step's transaction started a task on, in the order of their rounds. */
    List<String> startedNodes(String step) {
        List<String> nodes = new ArrayList<>();
        for (Entry entry : entries()) {
            if (entry.step().equals(step)) {
                for (JsonNode event : entry.decoded()) {
                    if (event.path("event").asText().equals("TaskStarted")) {
                        nodes.add(
                                event.path("args").path("selectedNode").asText().substring(0, 42));
                    }
                }
            }
        }
        return nodes;
    }
}
