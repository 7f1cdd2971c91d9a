// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.http.BodyTooLargeException;
import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.text.ForeignText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the Relay's answers: JSON in an envelope, and what a refusal means. */
final class AnswerReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Of proxies: credentials, time-outs, rates and servers that are away. */
    private static final Set<Integer> TEMPORARY = Set.of(407, 408, 425, 429, 502, 503, 504);

    /** Signatures and proofs, which are longer than ids, and tokens. */
    private static final Pattern SECRETS = Pattern.compile("(0x)?[0-9a-fA-F]{128,}|eyJ[A-Za-z0-9_.-]+|Bearer \\S+");

    private AnswerReader() {}

    /**
     * The member data of an answer with status 200.
     *
     * @throws IllegalArgumentException if it has none; the message says what it is
     */
    static JsonNode data(HttpReply reply) {
        JsonNode json = json(reply);
        if (!"success".equals(json.path("message").asText())) {
            throw new IllegalArgumentException("it is not an answer of the Relay's API");
        }
        return json.path("data");
    }

    private static JsonNode json(HttpReply reply) {
        try {
            return JSON.readTree(reply.body());
        } catch (IOException e) {
            // Callers look for members, and find none: the page of a proxy, for example.
            return JSON.missingNode();
        }
    }

    /** What another status than 200 means. */
    static Refusal refusal(CallName call, HttpReply reply, Instant now) {
        if (reply.isRedirect() || reply.status() == 404 || reply.status() == 405) {
            return new Refusal.NotTheApi(reply.describe());
        }
        if (TEMPORARY.contains(reply.status())) {
            return new Refusal.Unavailable(reply.retryAfter(now).orElse(Duration.ZERO), reply.describe());
        }
        JsonNode json = json(reply);
        JsonNode data = json.path("data");
        String field = data.path("field_name").asText("");
        String message = data.isObject()
                ? data.path("message").asText("")
                : json.path("message").asText("");
        String shown = shown(field.isEmpty() ? message : field + ": " + message);
        return known(call, reply.status(), field, message, shown)
                .orElseGet(() -> new Refusal.Unknown(
                        reply.status(), shown.isEmpty() ? reply.describe() : reply.describe() + ": " + shown));
    }

    private static Optional<Refusal> known(CallName call, int status, String field, String message, String shown) {
        return message.isEmpty() ? Optional.empty() : AnswerTable.meaning(call, status, field, message, shown);
    }

    /** What a call without an answer means. */
    static Refusal refusal(Throwable error) {
        Throwable cause = Futures.cause(error);
        if (cause instanceof BodyTooLargeException) {
            return new Refusal.TooLarge(cause.getMessage());
        }
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new Refusal.NoAnswer(shown(why));
    }

    /** The text of others, safe for logs, without what may be a secret. */
    static String shown(String text) {
        return ForeignText.shown(SECRETS.matcher(text).replaceAll("..."));
    }
}
