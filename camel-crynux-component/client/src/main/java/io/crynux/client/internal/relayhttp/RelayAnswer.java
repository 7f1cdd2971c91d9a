// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.text.ForeignText;
import java.io.IOException;
import java.util.Set;

/**
 * What an answer of the Relay means for a task's creator (classic protocol, section 2, "What the answers mean").
 *
 * @param meaning what to do
 * @param words what the Relay said, for messages
 */
record RelayAnswer(Meaning meaning, String words) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A proxy that asks for credentials may be corrected, a time-out and a limit of the rate pass. */
    private static final Set<Integer> TRANSIENT = Set.of(407, 408, 429);

    private static final long MAX_ERROR_BYTES = 64 * 1024;
    private static final String RESULTS_NOT_UPLOADED = "Task results not uploaded";

    enum Meaning {
        /** Done. */
        OK,
        /** Done before: an earlier try got through. */
        ALREADY_DONE,
        /** Not yet: the Relay is behind the chain, or the node behind its upload. */
        NOT_YET,
        /**
         * It shows the task to nobody: it lacks the parameters, or the three nodes (crynux-relay cca7831,
         * get_task_by_id.go). So it is with every task that waits in the queue, and with those that ended there.
         */
        NOT_SHOWN,
        /** It knows another task under the id, on the chain as it sees it. */
        OTHER_TASK,
        /** Our clock is off, or the signature wrong. */
        INVALID_SIGNATURE,
        /** The Relay or a proxy in front of it has a problem that may pass. */
        TRY_AGAIN,
        /** Trying again does not help. */
        REFUSED
    }

    static RelayAnswer of(HttpReply reply) {
        if (reply.status() == 200) {
            return new RelayAnswer(Meaning.OK, "");
        }
        if (reply.status() == 404) {
            return new RelayAnswer(Meaning.NOT_YET, "HTTP 404");
        }
        if (reply.isRedirect()) {
            // A signature must not travel to another host.
            return new RelayAnswer(
                    Meaning.REFUSED,
                    "HTTP " + reply.status() + ", a redirect, which is not followed; set relayUrl to the Relay itself");
        }
        if (TRANSIENT.contains(reply.status()) || reply.status() >= 500) {
            return new RelayAnswer(Meaning.TRY_AGAIN, trouble(reply));
        }
        JsonNode error = body(reply).path("data");
        String field = error.path("field_name").asText();
        String message = error.path("message").asText();
        return new RelayAnswer(meaningOf(field, message), words(reply, field, message));
    }

    private static Meaning meaningOf(String field, String message) {
        return switch (field) {
            case "task_id" -> ofTaskId(message);
            case "task_hash" -> message.contains("Task hash mismatch") ? Meaning.OTHER_TASK : Meaning.REFUSED;
            case "signature" -> ofSignature(message);
            default -> Meaning.REFUSED;
        };
    }

    private static Meaning ofSignature(String message) {
        if (message.contains("Invalid signature")) {
            return Meaning.INVALID_SIGNATURE;
        }
        return message.contains("Signer not allowed") ? Meaning.OTHER_TASK : Meaning.REFUSED;
    }

    private static Meaning ofTaskId(String message) {
        if (message.contains("Task already uploaded")) {
            return Meaning.ALREADY_DONE;
        }
        if (message.contains("Task not ready")) {
            return Meaning.NOT_SHOWN;
        }
        return message.contains("Task not found") || message.contains(RESULTS_NOT_UPLOADED)
                ? Meaning.NOT_YET
                : Meaning.REFUSED;
    }

    private static String words(HttpReply reply, String field, String message) {
        if (message.isEmpty()) {
            return reply.describe();
        }
        return ForeignText.shown(field.isEmpty() ? message : field + ": " + message);
    }

    /** The Relay's own faults have a message in their JSON; a proxy's page has none. */
    private static String trouble(HttpReply reply) {
        String words = ForeignText.shown(body(reply).path("message").asText());
        return words.isEmpty() ? reply.describe() : reply.describe() + ": " + words;
    }

    private static JsonNode body(HttpReply reply) {
        return reply.content().size() > MAX_ERROR_BYTES ? JSON.missingNode() : json(reply);
    }

    /** The JSON of an answer; a missing node for anything else, such as the page of a proxy. */
    static JsonNode json(HttpReply reply) {
        try {
            return JSON.readTree(reply.body());
        } catch (IOException e) {
            // Callers read members of it, and find none.
            return JSON.missingNode();
        }
    }
}
