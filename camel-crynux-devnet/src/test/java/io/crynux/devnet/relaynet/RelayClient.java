// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.web3j.crypto.Hash;

/** A creator that speaks to a Relay over HTTP, with real signatures and proofs. */
public final class RelayClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HexFormat HEX = HexFormat.of();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final RelayNetwork network;
    private final TestCreator creator;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    public RelayClient(RelayNetwork network, TestCreator creator) {
        this.network = network;
        this.creator = creator;
    }

    /** An answer; the body is that of an error or a success. */
    public static final class Answer {
        private final int status;
        private final byte[] bytes;

        Answer(int status, byte[] bytes) {
            this.status = status;
            this.bytes = bytes.clone();
        }

        public int status() {
            return status;
        }

        public byte[] bytes() {
            return bytes.clone();
        }

        public JsonNode json() {
            try {
                return JSON.readTree(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public JsonNode data() {
            return json().path("data");
        }

        /** Status, field and message of an error, as {@code 400 task_fee: Insufficient ...}; "200" for a success. */
        public String outcome() {
            if (status == 200) {
                return "200";
            }
            if (bytes.length == 0) {
                return Integer.toString(status);
            }
            return status == 400
                    ? "400 " + data().path("field_name").asText() + ": "
                            + data().path("message").asText()
                    : status + " " + json().path("message").asText();
        }
    }

    /** A task that can be created, with what it is validated with. */
    public record Order(String taskId, String nonce, String commitment, Map<String, Object> fields) {
        /** The order with another value of a field. */
        public Order with(String field, Object value) {
            Map<String, Object> changed = new LinkedHashMap<>(fields);
            changed.put(field, value);
            return new Order(taskId, nonce, commitment, changed);
        }

        /** Another task with the same task id. */
        public Order sibling() {
            return order(taskId, fields);
        }
    }

    public String address() {
        return creator.address();
    }

    public TestCreator creator() {
        return creator;
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return "0x" + HEX.formatHex(bytes);
    }

    private static Order order(String taskId, Map<String, Object> fields) {
        String nonce = random();
        byte[] both = HEX.parseHex(taskId.substring(2) + nonce.substring(2));
        Map<String, Object> own = new LinkedHashMap<>(fields);
        own.put("nonce", nonce);
        return new Order(taskId, nonce, "0x" + HEX.formatHex(Hash.sha3(both)), own);
    }

    /** An image task for 1 CNX. */
    public Order image(String prompt) {
        return order(
                random(),
                fields(
                        0,
                        "{\"base_model\":{\"name\":\"crynux-network/sdxl-turbo\",\"variant\":\"fp16\"},\"prompt\":\""
                                + prompt
                                + "\",\"task_config\":{\"num_images\":1,\"steps\":1,\"cfg\":0,\"seed\":7,"
                                + "\"image_width\":64,\"image_height\":64}}",
                        "base:crynux-network/sdxl-turbo+fp16",
                        "1000000000000000000"));
    }

    /** A text task for 5 CNX. */
    public Order text(String prompt) {
        return order(
                random(),
                fields(
                        1,
                        "{\"model\":\"Qwen/Qwen2.5-7B\",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt
                                + "\"}],\"generation_config\":{\"do_sample\":false,\"max_new_tokens\":30},\"seed\":7}",
                        "base:Qwen/Qwen2.5-7B",
                        "5000000000000000000"));
    }

    /** A fine-tuning task for 15 CNX. */
    public Order fineTuning(long timeout) {
        Map<String, Object> fields = fields(
                2,
                "{\"model\":{\"name\":\"crynux-network/stable-diffusion-v1-5\"},\"dataset\":{\"url\":\"https://example.org/d\"},"
                        + "\"validation\":{\"prompt\":\"a cat\",\"num_images\":1},"
                        + "\"train_args\":{\"resolution\":64,\"num_train_steps\":10},\"seed\":7}",
                "base:crynux-network/stable-diffusion-v1-5",
                "15000000000000000000");
        fields.put("timeout", timeout);
        return order(random(), fields);
    }

    private static Map<String, Object> fields(int type, String args, String model, String fee) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("task_args", args);
        fields.put("task_type", type);
        fields.put("task_model_ids", List.of(model));
        fields.put("min_vram", 8);
        fields.put("required_gpu", "");
        fields.put("required_gpu_vram", 0);
        fields.put("task_version", "3.1.0");
        fields.put("task_size", 1);
        fields.put("task_fee", fee);
        return fields;
    }

    private long now() {
        return network.now().getEpochSecond();
    }

    private String sign(Map<String, Object> fields, long timestamp) {
        try {
            return creator.signRequest(JSON.writeValueAsString(new TreeMap<>(fields)), timestamp);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Answer create(Order order) {
        long timestamp = now();
        Map<String, Object> signed = new LinkedHashMap<>(order.fields());
        signed.put("task_id_commitment", order.commitment());
        Map<String, Object> sent = new LinkedHashMap<>(order.fields());
        sent.put("timestamp", timestamp);
        sent.put("signature", sign(signed, timestamp));
        String form = sent.entrySet().stream()
                .map(field -> encode(field.getKey()) + "="
                        + encode(
                                field.getValue() instanceof List<?> list
                                        ? list.get(0).toString()
                                        : field.getValue().toString()))
                .collect(Collectors.joining("&"));
        return send(request("/v1/inference_tasks/" + order.commitment())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    public Answer get(Order order) {
        return signedGet("/v1/inference_tasks/" + order.commitment(), Map.of("task_id_commitment", order.commitment()));
    }

    public int status(Order order) {
        return get(order).data().path("status").intValue();
    }

    public Answer result(Order order, String index) {
        return signedGet(
                "/v1/inference_tasks/" + order.commitment() + "/results/" + index,
                index.equals("checkpoint")
                        ? Map.of("task_id_commitment", order.commitment())
                        : Map.of("task_id_commitment", order.commitment(), "index", index));
    }

    public Answer balance() {
        return signedGet("/v2/relay_account/" + address() + "/balance", Map.of("address", address()));
    }

    /** What the balance call shows, in CNX. */
    public String shownBalance() {
        return new BigDecimal(balance().data().textValue())
                .movePointLeft(18)
                .stripTrailingZeros()
                .toPlainString();
    }

    private Answer signedGet(String path, Map<String, Object> fields) {
        long timestamp = now();
        return plainGet(path + "?timestamp=" + timestamp + "&signature=" + sign(fields, timestamp));
    }

    /** A call without signature. */
    public Answer plainGet(String pathAndQuery) {
        return send(request(pathAndQuery).GET());
    }

    public Answer cancel(Order order) {
        return post(
                "/v1/inference_tasks/" + order.commitment() + "/abort_reason",
                Map.of("task_id_commitment", order.commitment(), "abort_reason", 7));
    }

    /** Validates a task alone, or three with the proof of the first one. */
    public Answer validate(Order first, Order... siblings) {
        List<String> commitments = new ArrayList<>(List.of(first.commitment()));
        for (Order sibling : siblings) {
            commitments.add(sibling.commitment());
        }
        String seed = get(first).data().path("sampling_seed").textValue();
        return post(
                "/v1/inference_tasks/validate",
                Map.of(
                        "task_id_commitments",
                        commitments,
                        "task_id",
                        first.taskId(),
                        "public_key",
                        creator.publicKey(),
                        "vrf_proof",
                        creator.prove(seed)));
    }

    /** Logs in, and returns the token. */
    public String login() {
        long timestamp = now();
        String message = "Crynux Relay\nAction: Connect Wallet\nAddress: " + address() + "\nTimestamp: " + timestamp;
        ObjectNode body = JSON.createObjectNode()
                .put("address", address())
                .put("signature", creator.signMessage(message))
                .put("timestamp", timestamp);
        return send(request("/v1/client/connect_wallet")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString())))
                .data()
                .path("token")
                .textValue();
    }

    /** The list of payments and refunds. */
    public JsonNode ledger(String token) {
        return send(request("/v1/relay_account/" + address() + "/task_fee?page=1&page_size=1000")
                        .header("Authorization", "Bearer " + token)
                        .GET())
                .data();
    }

    private Answer post(String path, Map<String, Object> fields) {
        long timestamp = now();
        Map<String, Object> sent = new LinkedHashMap<>(fields);
        sent.put("timestamp", timestamp);
        sent.put("signature", sign(fields, timestamp));
        try {
            return send(request(path)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(JSON.writeValueAsString(sent))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(network.url() + pathAndQuery)).timeout(TIMEOUT);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
