// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A recording of a real Relay (relay-recordings/, described in the README of the shared protocol documents). */
public final class RecordedRelay {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final JsonNode root;

    private RecordedRelay(String name, JsonNode root) {
        this.name = name;
        this.root = root;
    }

    /** @param name of the file, without .json */
    public static RecordedRelay of(String name) {
        try (InputStream file = RecordedRelay.class.getResourceAsStream("/relay-recordings/" + name + ".json")) {
            return new RecordedRelay(name, JSON.readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of them. */
    public static Stream<String> names() throws IOException {
        try (InputStream list = RecordedRelay.class.getResourceAsStream("/relay-recordings")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(file -> file.endsWith(".json"))
                            .map(file -> file.substring(0, file.length() - ".json".length()))
                            .sorted()
                            .toList()
                            .stream();
        }
    }

    public String name() {
        return name;
    }

    public long config(String key) {
        return root.path("config").path(key).asLong();
    }

    /** Exchanges with a request, in order. */
    public List<Exchange> exchanges() {
        return StreamSupport.stream(root.path("exchanges").spliterator(), false)
                .filter(entry -> entry.has("request"))
                .map(entry -> new Exchange(name, entry))
                .toList();
    }

    /** Private key of a role, such as creator; the first role's if there is no such role. */
    public String key(String role) {
        JsonNode keys = root.path("keys");
        JsonNode key = keys.has(role) ? keys.path(role) : keys.iterator().next();
        return key.path("privateKey").textValue();
    }

    public boolean hasKeys() {
        return root.path("keys").size() > 0;
    }

    /** Roles by private key. */
    public Map<String, String> keys() {
        return root.path("keys").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().path("privateKey").textValue()));
    }

    public String notes() {
        return root.path("notes").toString();
    }

    /** Task ids, nonces and commitments by name. */
    public List<Map.Entry<String, JsonNode>> tasks() {
        return List.copyOf(root.path("tasks").properties());
    }

    @Override
    public String toString() {
        return name;
    }
}
