// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.web3j.protocol.ObjectMapperFactory;
import org.web3j.protocol.core.methods.response.Log;

/** One recording of a real Task contract's JSON-RPC answers. */
public final class Recording {
    public static final List<String> ALL = List.of(
            "01-sd-success",
            "02-gpt-success",
            "03-aborted-result-illegal",
            "04-aborted-error-reported",
            "05-queued-then-started",
            "06-queue-full-eviction",
            "08-cancel",
            "09-node-slashed-third",
            "11-f0aa46b-sd-success");
    private static final ObjectMapper JSON = ObjectMapperFactory.getObjectMapper();

    private final JsonNode root;

    private Recording(JsonNode root) {
        this.root = root;
    }

    public static Recording of(String name) {
        try (InputStream file = Recording.class.getResourceAsStream("/recordings/" + name + ".json")) {
            return new Recording(JSON.readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String contract() {
        return root.path("addresses").path("Task").textValue();
    }

    Stream<JsonNode> entries() {
        return StreamSupport.stream(root.get("entries").spliterator(), false);
    }

    JsonNode entry(String label) {
        return entries()
                .filter(entry -> entry.get("label").textValue().equals(label))
                .findFirst()
                .orElseThrow();
    }

    /** Receipts in order, with what the recorder read of their logs. */
    public Stream<JsonNode> receipts() {
        return entries()
                .filter(entry -> entry.path("request").path("method").asText().equals("eth_getTransactionReceipt"))
                .filter(entry -> entry.path("response").path("result").isObject());
    }

    public static List<Log> logs(JsonNode receiptEntry) {
        return StreamSupport.stream(
                        receiptEntry.path("response").path("result").get("logs").spliterator(), false)
                .map(log -> JSON.convertValue(log, Log.class))
                .toList();
    }
}
