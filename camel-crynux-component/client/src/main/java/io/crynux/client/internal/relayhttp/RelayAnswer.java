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
 * @param text the Relay's message
 */
record RelayAnswer(Meaning meaning, String text) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Users can correct the credentials of a proxy, and timeouts and rate limits are temporary. */
    private static final Set<Integer> TRANSIENT = Set.of(407, 408, 429);

    private static final long MAX_ERROR_BYTES = 64 * 1024;
    private static final String RESULTS_NOT_UPLOADED = "Task results not uploaded";

    enum Meaning {
        /** Done. */
        OK,
        /** Done by an earlier try. */
        ALREADY_DONE,
        /** Not yet: the Relay does not know the task yet, or the node has not uploaded the result. */
        NOT_YET,
        /**
         * The Relay does not return the task, because it does not have the parameters or the three nodes (crynux-relay cca7831,
         * get_task_by_id.go). This applies to each task in the queue, and to tasks that ended there.
         */
        NOT_SHOWN,
        /** The Relay has another task under the id, on the chain as it sees it. */
        OTHER_TASK,
        /** The local clock is wrong, or the signature. */
        INVALID_SIGNATURE,
        /** The Relay or a proxy in front of it has a temporary problem. */
        TRY_AGAIN,
        /** A retry does not help. */
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
            // A signature must not reach another host.
            return new RelayAnswer(
                    Meaning.REFUSED,
                    "HTTP " + reply.status() + ", a redirect, which is not followed; set relayUrl to the Relay itself");
        }
        if (TRANSIENT.contains(reply.status()) || reply.status() >= 500) {
            return new RelayAnswer(Meaning.TRY_AGAIN, failure(reply));
        }
        JsonNode error = body(reply).path("data");
        String field = error.path("field_name").asText();
        String message = error.path("message").asText();
        return new RelayAnswer(meaningOf(field, message), text(reply, field, message));
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

    private static String text(HttpReply reply, String field, String message) {
        if (message.isEmpty()) {
            return reply.describe();
        }
        return ForeignText.shown(field.isEmpty() ? message : field + ": " + message);
    }

    /** The Relay's own faults have a message in their JSON; a proxy's page has none. */
    private static String failure(HttpReply reply) {
        String text = ForeignText.shown(body(reply).path("message").asText());
        return text.isEmpty() ? reply.describe() : reply.describe() + ": " + text;
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
