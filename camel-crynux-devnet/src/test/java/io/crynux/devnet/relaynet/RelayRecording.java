// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A recording of a real Relay (crynux-relay 24ffc26), one of {@code relay-recordings}. */
public record RelayRecording(String name, JsonNode json) {
    private static final Set<String> NUMBERS =
            Set.of("task_type", "min_vram", "required_gpu_vram", "task_size", "timeout");
    private static final Set<String> TEXTS = Set.of("task_args", "nonce", "required_gpu", "task_version", "task_fee");

    /** @param name of the file without its ending */
    public static RelayRecording of(String name) {
        String resource = "/relay-recordings/" + name + ".json";
        InputStream plain = RelayRecording.class.getResourceAsStream(resource);
        try (InputStream in = plain == null
                ? new GZIPInputStream(RelayRecording.class.getResourceAsStream(resource + ".gz"))
                : plain) {
            return new RelayRecording(name, new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A test key's address. */
    public String address(String role) {
        return json.at("/keys/" + role + "/address").textValue();
    }

    /** Requests with their answers, in order. */
    public Stream<Exchange> exchanges() {
        return json.path("exchanges")
                .valueStream()
                .filter(entry -> entry.has("request"))
                .map(entry -> new Exchange(name, entry));
    }

    /** One request and its answer. */
    public record Exchange(String recording, JsonNode json) {
        public JsonNode request() {
            return json.path("request");
        }

        public String path() {
            return request().path("path").textValue();
        }

        /** The path's part with this index; 0 is the version. */
        public String pathPart(int index) {
            return path().substring(1).split("/", -1)[index];
        }

        public boolean isCreation() {
            return request().path("method").textValue().equals("POST")
                    && path().matches("/v1/inference_tasks/0x[0-9a-f]{64}")
                    && form().isArray();
        }

        /** The fields of a form, each a list of name and value. */
        public JsonNode form() {
            return request().path("body").path("form");
        }

        /** The first value of a form's field; null if there is none. */
        public String field(String field) {
            return values(field).stream().findFirst().orElse(null);
        }

        /** All values of a form's field. */
        public List<String> values(String field) {
            return form().valueStream()
                    .filter(pair -> pair.path(0).textValue().equals(field))
                    .map(pair -> pair.path(1).asText())
                    .toList();
        }

        /** What the Relay takes for signed in a form that creates a task: the fields that it binds. */
        public Map<String, Object> boundFields() {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("task_id_commitment", pathPart(2));
            fields.put("task_type", 0);
            fields.put("task_fee", "0");
            List<String> names = new ArrayList<>();
            form().forEach(pair -> names.add(pair.path(0).textValue()));
            for (String field : names) {
                if (field.equals("task_model_ids")) {
                    fields.put(field, values(field));
                } else if (NUMBERS.contains(field)) {
                    fields.put(field, field(field).isEmpty() ? 0 : Long.parseLong(field(field)));
                } else if (TEXTS.contains(field)) {
                    // White space around a number is not part of it.
                    fields.put(field, field.equals("task_fee") ? field(field).strip() : field(field));
                }
            }
            fields.remove("timeout", 0L);
            return fields;
        }

        public int status() {
            return json.at("/response/status").intValue();
        }

        public JsonNode answer() {
            return json.at("/response/body");
        }

        /** The message of an error. */
        public String message() {
            return status() == 400
                    ? answer().at("/data/message").textValue()
                    : answer().path("message").textValue();
        }

        /** The time of the request; the Relay's clock was the same. */
        public Clock clock() {
            return Clock.fixed(Instant.ofEpochMilli(Math.round(json.path("at").doubleValue() * 1000)), ZoneOffset.UTC);
        }

        @Override
        public String toString() {
            return recording + " " + json.path("n").asText() + ": "
                    + json.path("note").asText();
        }
    }
}
