// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Requests to a Relay over HTTP, as a creator or a node makes them. */
public final class RelayCalls {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOUNDARY = "7MA4YWxkTrZu0gW";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    public RelayCalls(String url) {
        this.url = url;
    }

    public String url() {
        return url;
    }

    /** An answer: its status, its content type and its body. */
    public static final class Answer {
        private final int status;
        private final String contentType;
        private final byte[] body;

        Answer(int status, String contentType, byte[] body) {
            this.status = status;
            this.contentType = contentType;
            this.body = body;
        }

        public int status() {
            return status;
        }

        public String contentType() {
            return contentType;
        }

        public byte[] body() {
            return body.clone();
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError("no JSON: " + text(), e);
            }
        }

        /** "field: message" of a refusal. */
        public String refusal() {
            JsonNode json = json();
            if (status != 400 || !json.path("message").asText().equals("validation_error")) {
                throw new AssertionError("no refusal: " + status + " " + text());
            }
            JsonNode data = json.path("data");
            return data.path("field_name").asText() + ": "
                    + data.path("message").asText();
        }
    }

    public static long now() {
        return Instant.now().getEpochSecond();
    }

    public Answer get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).GET());
    }

    public Answer post(String path, String contentType, byte[] body) {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    public Answer postInChunks(String path, String contentType, byte[] body) {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    }

    /** The upload of parameters, of which no control characters and line separators are expected. */
    public Answer upload(Signer signer, long taskId, String args) {
        long now = now();
        String canonical = "{\"task_args\":" + quoted(args) + ",\"task_id\":" + taskId + "}";
        return upload(taskId, args, now, signer.sign(canonical, now));
    }

    public Answer upload(long taskId, String args, long timestamp, String signature) {
        String body = JSON.createObjectNode()
                .put("task_id", taskId)
                .put("task_args", args)
                .put("timestamp", timestamp)
                .put("signature", signature)
                .toString();
        return post("/v1/inference_tasks", "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    public Answer task(Signer signer, long taskId) {
        long now = now();
        String signature = signer.sign("{\"task_id\":" + taskId + "}", now);
        return get("/v1/inference_tasks/" + taskId + "?timestamp=" + now + "&signature=" + signature);
    }

    public Answer result(Signer signer, long taskId, String imageNumber) {
        long now = now();
        String signature = signer.sign("{\"image_num\":\"" + imageNumber + "\",\"task_id\":" + taskId + "}", now);
        return get("/v1/inference_tasks/" + taskId + "/results/" + imageNumber + "?timestamp=" + now + "&signature="
                + signature);
    }

    public Answer uploadResults(Signer signer, long taskId, List<byte[]> files) {
        long now = now();
        var body = new ByteArrayOutputStream();
        part(body, "timestamp", null, Long.toString(now).getBytes(StandardCharsets.UTF_8));
        part(
                body,
                "signature",
                null,
                signer.sign("{\"task_id\":" + taskId + "}", now).getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < files.size(); i++) {
            part(body, "images", i + ".png", files.get(i));
        }
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return post(
                "/v1/inference_tasks/" + taskId + "/results",
                "multipart/form-data; boundary=" + BOUNDARY,
                body.toByteArray());
    }

    private static void part(ByteArrayOutputStream body, String name, String file, byte[] content) {
        String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\""
                + (file == null ? "" : "; filename=\"" + file + "\"\r\nContent-Type: application/octet-stream")
                + "\r\n\r\n";
        body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String text) {
        String json = JSON.getNodeFactory().textNode(text).toString();
        return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response =
                    http.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
