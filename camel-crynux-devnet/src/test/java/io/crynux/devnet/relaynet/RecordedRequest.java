// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** A request of a recording, to be sent again as it was. */
final class RecordedRequest {
    private static final String BOUNDARY = "recorded-boundary";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final RelayRecording.Exchange exchange;
    private final BinaryOperator<String> query;
    private final UnaryOperator<String> header;

    /**
     * @param query gives the value of a query parameter from its name and its recorded value
     * @param header gives the value of the header Authorization from the recorded one
     */
    RecordedRequest(RelayRecording.Exchange exchange, BinaryOperator<String> query, UnaryOperator<String> header) {
        this.exchange = exchange;
        this.query = query;
        this.header = header;
    }

    /** Whether the recording has all of it: some bodies were too large to be kept. */
    static boolean isComplete(RelayRecording.Exchange exchange) {
        return !exchange.form().isTextual()
                && !exchange.request().at("/body/raw").isObject();
    }

    HttpRequest build(String url) {
        JsonNode request = exchange.request();
        String method = request.path("method").textValue();
        var builder = HttpRequest.newBuilder(URI.create(url + exchange.path() + queryString()))
                .timeout(TIMEOUT)
                .method(method, BodyPublishers.ofByteArray(body()));
        String type = request.at("/headers/Content-Type").asText("");
        if (!type.isEmpty()) {
            builder.header("Content-Type", type.equals("multipart/form-data") ? type + "; boundary=" + BOUNDARY : type);
        }
        JsonNode authorization = request.at("/headers/Authorization");
        if (authorization.isTextual()) {
            builder.header("Authorization", header.apply(authorization.textValue()));
        }
        String note = exchange.json().path("note").asText("");
        if (note.startsWith("Range: ")) {
            builder.header("Range", note.substring("Range: ".length()));
        }
        return builder.build();
    }

    private String queryString() {
        List<String> pairs = new ArrayList<>();
        exchange.request().path("query").properties().forEach(parameter -> {
            String name = parameter.getKey();
            pairs.add(encode(name) + "="
                    + encode(query.apply(name, parameter.getValue().asText())));
        });
        String note = exchange.json().path("note").asText("");
        if (note.equals("extra and repeated query parameters")) {
            pairs.add("timestamp=" + exchange.request().at("/query/timestamp").asText());
        } else if (note.equals("start twice")) {
            pairs.add("start=1");
        }
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private byte[] body() {
        JsonNode body = exchange.request().path("body");
        if (body.has("form")) {
            String note = exchange.json().path("note").asText("");
            List<String> pairs = new ArrayList<>();
            body.path("form").forEach(pair -> {
                String value = encode(pair.path(1).asText());
                boolean plusIsLeft =
                        note.startsWith("plus sign") && pair.path(0).textValue().equals("task_model_ids");
                pairs.add(encode(pair.path(0).textValue()) + "=" + (plusIsLeft ? value.replace("%2B", "+") : value));
            });
            return String.join("&", pairs).getBytes(StandardCharsets.UTF_8);
        }
        if (body.has("json")) {
            return body.path("json").toString().getBytes(StandardCharsets.UTF_8);
        }
        if (body.has("raw")) {
            return body.path("raw").textValue().getBytes(StandardCharsets.UTF_8);
        }
        return body.has("multipart") ? multipart(body.path("multipart")) : new byte[0];
    }

    private static byte[] multipart(JsonNode multipart) {
        var out = new ByteArrayOutputStream();
        multipart
                .path("fields")
                .forEach(field -> part(
                        out,
                        "name=\"" + field.path(0).textValue() + "\"",
                        field.path(1).asText().getBytes(StandardCharsets.UTF_8)));
        // What the files contain is not kept, and nobody looks at it.
        multipart
                .path("files")
                .forEach(file -> part(
                        out,
                        "name=\"" + file.path("name").asText("checkpoint") + "\"; filename=\"checkpoint.zip\"",
                        new byte[file.path("length").intValue()]));
        out.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private static void part(ByteArrayOutputStream out, String disposition, byte[] content) {
        out.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.writeBytes(content);
        out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
