// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.internal.protocol.relay.task.AbortReason;
import io.crynux.client.internal.protocol.relay.task.TaskStatus;

/** The part of {@link LifeCodec} for one member. Members that were never sent are written as their commitment only. */
final class MemberCodec {

    private MemberCodec() {}

    static ObjectNode write(Member member) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("commitment", member.commitment());
        LifeCodec.put(json, "create", member.create());
        flag(json, "duplicateKey", member.duplicateKey());
        flag(json, "noRepeat", member.noRepeat());
        text(json, "seed", member.seed());
        constant(json, "selected", member.selected(), Choice.UNKNOWN);
        constant(json, "status", member.status(), null);
        constant(json, "abortReason", member.abortReason(), AbortReason.NONE);
        flag(json, "erred", member.erred());
        LifeCodec.put(json, "startTime", member.startTime());
        LifeCodec.put(json, "readyTime", member.readyTime());
        text(json, "node", member.node());
        text(json, "score", member.score());
        LifeCodec.put(json, "missingSince", member.missingSince());
        LifeCodec.put(json, "cancel", member.cancel());
        LifeCodec.put(json, "alone", member.alone());
        constant(json, "loss", member.loss(), Loss.NONE);
        text(json, "text", member.text());
        return json;
    }

    private static void flag(ObjectNode json, String name, boolean value) {
        if (value) {
            json.put(name, true);
        }
    }

    private static void text(ObjectNode json, String name, String value) {
        if (value != null && !value.isEmpty()) {
            json.put(name, value);
        }
    }

    private static void constant(ObjectNode json, String name, Enum<?> value, Enum<?> missing) {
        if (value != null && value != missing) {
            json.put(name, value.name());
        }
    }

    /** @throws IllegalArgumentException if it is another document */
    static Member read(JsonNode json) {
        if (!json.path("commitment").isTextual()) {
            throw new IllegalArgumentException("a member has no commitment");
        }
        return Member.prepared(json.path("commitment").textValue()).with(member -> {
            member.create = LifeCodec.call(json.path("create"));
            member.duplicateKey = json.path("duplicateKey").asBoolean();
            member.noRepeat = json.path("noRepeat").asBoolean();
            member.seed = json.path("seed").textValue();
            member.selected = LifeCodec.constant(Choice.class, json.path("selected"), Choice.UNKNOWN);
            member.status = LifeCodec.constant(TaskStatus.class, json.path("status"), null);
            member.abortReason = LifeCodec.constant(AbortReason.class, json.path("abortReason"), AbortReason.NONE);
            member.erred = json.path("erred").asBoolean();
            member.startTime = LifeCodec.time(json.path("startTime"));
            member.readyTime = LifeCodec.time(json.path("readyTime"));
            member.node = json.path("node").asText("");
            member.score = json.path("score").asText("");
            member.missingSince = LifeCodec.time(json.path("missingSince"));
            member.cancel = LifeCodec.call(json.path("cancel"));
            member.alone = LifeCodec.call(json.path("alone"));
            member.loss = LifeCodec.constant(Loss.class, json.path("loss"), Loss.NONE);
            member.text = json.path("text").asText("");
        });
    }
}
