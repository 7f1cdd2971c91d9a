// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what is known of a request as a small JSON object, and reads it again. Task id and the siblings' nonces are not written: they
 * are derived again. What was heard or looked at is not written either, so that a process that reads it looks at everything open.
 * A call that was under way has lost its answer with its process.
 */
public final class LifeCodec {

    private LifeCodec() {}

    /** The JSON of a request. */
    public static ObjectNode write(Life life) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("creator", life.creator())
                .put("nonce", life.firstNonce());
        json.putArray("members")
                .addAll(life.members().stream().map(MemberCodec::write).toList());
        if (life.relaySays() != Choice.UNKNOWN) {
            json.put("relaySays", life.relaySays().name());
        }
        if (life.gpu() != null) {
            json.putObject("gpu")
                    .put("name", life.gpu().name())
                    .put("vram", life.gpu().vram());
        }
        put(json, "group", life.group());
        put(json, "rescue", life.rescue());
        if (life.cancelWanted()) {
            json.put("cancelWanted", true);
        }
        if (life.cancelRequested()) {
            json.put("cancelRequested", true);
        }
        if (life.downloadedFrom() >= 0) {
            json.put("downloadedFrom", life.downloadedFrom());
        }
        return json;
    }

    /**
     * Reads the JSON of a request.
     *
     * @throws IllegalArgumentException if it is another document
     */
    public static Life read(JsonNode json) {
        if (!json.path("creator").isTextual()
                || !json.path("nonce").isTextual()
                || !json.path("members").isArray()) {
            throw new IllegalArgumentException("this is not a request of the Relay protocol");
        }
        List<Member> members = new ArrayList<>();
        json.path("members").forEach(member -> members.add(MemberCodec.read(member)));
        JsonNode gpu = json.path("gpu");
        return new Life(
                json.path("creator").textValue(),
                json.path("nonce").textValue(),
                members,
                constant(Choice.class, json.path("relaySays"), Choice.UNKNOWN),
                gpu.isObject()
                        ? new Gpu(gpu.path("name").asText(), gpu.path("vram").asLong())
                        : null,
                call(json.path("group")),
                call(json.path("rescue")),
                json.path("cancelWanted").asBoolean(),
                json.path("cancelRequested").asBoolean(),
                json.path("downloadedFrom").asInt(-1));
    }

    static void put(ObjectNode json, String name, Call call) {
        if (call.wasSent()) {
            ObjectNode written =
                    json.putObject(name).put("state", call.state().name()).put("tries", call.tries());
            put(written, "firstAt", call.firstAt());
            put(written, "lastAt", call.lastAt());
        }
    }

    static Call call(JsonNode json) {
        if (!json.isObject()) {
            return Call.NEVER;
        }
        Call.State state = constant(Call.State.class, json.path("state"), Call.State.IDLE);
        return new Call(
                state == Call.State.SENT ? Call.State.LOST : state,
                json.path("tries").asInt(),
                time(json.path("firstAt")),
                time(json.path("lastAt")));
    }

    static void put(ObjectNode json, String name, Instant time) {
        if (time != null) {
            json.put(name, time.toEpochMilli());
        }
    }

    static Instant time(JsonNode json) {
        return json.isIntegralNumber() ? Instant.ofEpochMilli(json.longValue()) : null;
    }

    /** @throws IllegalArgumentException if there is no such constant */
    static <E extends Enum<E>> E constant(Class<E> type, JsonNode json, E missing) {
        return json.isTextual() ? Enum.valueOf(type, json.textValue()) : missing;
    }
}
