// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/** The network's process as seen from the client's process, apart from tasks. */
final class Network {
    private static final String UPLOADS = "POST /v1/inference_tasks";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;

    Network(NetworkAddress address) {
        this.base = address.relayUrl() + NetworkControl.PREFIX;
    }

    /**
     * Numbers of requests so far, as counted by the network.
     *
     * @param rpcByMethod JSON-RPC calls; each call of a batch counts
     * @param relay requests to the Relay, including refused ones
     * @param uploads requests to upload parameters, including refused ones
     * @param uploaded parameters that were accepted
     */
    record Counts(Map<String, Long> rpcByMethod, long relay, long uploads, long uploaded) {
        long rpc() {
            return rpcByMethod.values().stream().mapToLong(Long::longValue).sum();
        }

        Counts since(Counts before) {
            Map<String, Long> rpc = new HashMap<>();
            rpcByMethod.forEach((method, count) -> {
                long more = count - before.rpcByMethod.getOrDefault(method, 0L);
                if (more > 0) {
                    rpc.put(method, more);
                }
            });
            return new Counts(rpc, relay - before.relay, uploads - before.uploads, uploaded - before.uploaded);
        }
    }

    Counts counts() {
        JsonNode counts = get("/counts");
        Map<String, Long> rpc = new HashMap<>();
        counts.path("rpc")
                .properties()
                .forEach(entry -> rpc.put(entry.getKey(), entry.getValue().asLong()));
        long relay = 0;
        for (JsonNode byStatus : counts.path("relay")) {
            relay += sum(byStatus);
        }
        JsonNode uploads = counts.path("relay").path(UPLOADS);
        return new Counts(rpc, relay, sum(uploads), uploads.path("200").asLong());
    }

    private static long sum(JsonNode byStatus) {
        long sum = 0;
        for (JsonNode count : byStatus) {
            sum += count.asLong();
        }
        return sum;
    }

    /** When the result of each task was announced, in microseconds since 1970. */
    Map<Long, Long> resultTimes() {
        return times("/results");
    }

    /** When the success of each task was announced, in microseconds since 1970. */
    Map<Long, Long> successTimes() {
        return times("/successes");
    }

    private Map<Long, Long> times(String path) {
        Map<Long, Long> times = new HashMap<>();
        get(path)
                .properties()
                .forEach(entry -> times.put(
                        Long.parseLong(entry.getKey()), entry.getValue().asLong()));
        return times;
    }

    /** Stops nodes from starting tasks. */
    void hold() {
        post("/hold");
    }

    void release() {
        post("/release");
    }

    private JsonNode get(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path)).GET());
    }

    private void post(String path) {
        send(HttpRequest.newBuilder(URI.create(base + path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("The network answered " + answer.statusCode() + ": " + answer.body());
            }
            return Json.tree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
