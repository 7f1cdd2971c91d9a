// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.internal.json.ParameterTree;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The messages of a text task. */
final class Conversation {
    private static final String SYSTEM = "system";

    private Conversation() {}

    static ObjectNode message(String role, String content) {
        return ParameterTree.object().put("role", role).put("content", content);
    }

    static ObjectNode systemMessage(String content) {
        return message(SYSTEM, content);
    }

    /** The first system message of a conversation. */
    static Optional<ObjectNode> systemMessage(JsonNode messages) {
        return StreamSupport.stream(messages.spliterator(), false)
                .filter(Conversation::isSystem)
                .findFirst()
                .map(ObjectNode.class::cast);
    }

    /** The messages so far (none if there are none), and then the user's. */
    static ArrayNode continued(JsonNode messages, String userSays) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        messages.forEach(message -> all.add(message.deepCopy()));
        return all.add(message("user", userSays));
    }

    /** Puts a system message in front of messages that have none. */
    static void fillSystemMessage(ObjectNode parameters, ObjectNode system) {
        if (parameters.get("messages") instanceof ArrayNode messages
                && systemMessage(messages).isEmpty()) {
            messages.insert(0, system.deepCopy());
        }
    }

    /** Puts a system message in the place of those that messages have. */
    static void replaceSystemMessage(ObjectNode parameters, ObjectNode system) {
        if (parameters.get("messages") instanceof ArrayNode messages) {
            messages.removeIf(Conversation::isSystem);
            messages.insert(0, system.deepCopy());
        }
    }

    private static boolean isSystem(JsonNode message) {
        return message.isObject() && SYSTEM.equals(message.path("role").textValue());
    }
}
