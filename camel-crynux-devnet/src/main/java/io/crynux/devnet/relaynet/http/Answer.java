// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.devnet.relaynet.engine.ResultFile;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.DateUtils;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer of the Relay, in one of its forms (relay.md, section 1), before it is sent. */
final class Answer {
    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final String SUCCESS = "success";

    private final int status;
    private final Map<HttpString, String> headers = new LinkedHashMap<>();
    private final ByteBuffer body;

    private Answer(int status, ByteBuffer body) {
        this.status = status;
        this.body = body;
    }

    private static Answer text(int status, String contentType, String body) {
        return new Answer(status, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)))
                .with(Headers.CONTENT_TYPE, contentType);
    }

    private static Answer json(int status, ObjectNode body) {
        return text(status, "application/json; charset=utf-8", body.toString());
    }

    private Answer with(HttpString header, String value) {
        headers.put(header, value);
        return this;
    }

    /** Success without data. */
    static Answer success() {
        return json(StatusCodes.OK, JSON.objectNode().put("message", SUCCESS));
    }

    /** Success with data. */
    static Answer data(JsonNode data) {
        return data("data", data);
    }

    /** Success whose data has another name. */
    static Answer data(String name, JsonNode data) {
        ObjectNode body = JSON.objectNode().put("message", SUCCESS);
        body.set(name, data);
        return json(StatusCodes.OK, body);
    }

    static Answer html(String page) {
        return text(StatusCodes.OK, "text/html; charset=utf-8", page);
    }

    /** Everything that is no success. */
    static Answer refusal(RequestRefusedException refusal) {
        if (!refusal.hasBody()) {
            return new Answer(refusal.status(), ByteBuffer.allocate(0));
        }
        ObjectNode body = JSON.objectNode();
        if (refusal.field().isPresent()) {
            body.put("message", "validation_error")
                    .putObject("data")
                    .put("field_name", refusal.field().get())
                    .put("message", refusal.getMessage());
        } else {
            body.put("message", refusal.getMessage());
        }
        return json(refusal.status(), body);
    }

    /** What gin answers to paths and methods that nobody serves. */
    static Answer notFound() {
        return text(StatusCodes.NOT_FOUND, "text/plain", "404 page not found");
    }

    /** The answer to a CORS preflight. */
    static Answer preflight() {
        return new Answer(StatusCodes.NO_CONTENT, ByteBuffer.allocate(0));
    }

    /** What gin answers to a GET where only the slash at the end is too much. */
    static Answer movedPermanently(String target) {
        String page = "<a href=\"" + target.replace("&", "&amp;") + "\">Moved Permanently</a>.\n\n";
        return text(StatusCodes.MOVED_PERMANENTLY, "text/html; charset=utf-8", page)
                .with(Headers.LOCATION, target);
    }

    /** The same for every other method. */
    static Answer temporaryRedirect(String target) {
        return new Answer(StatusCodes.TEMPORARY_REDIRECT, ByteBuffer.allocate(0)).with(Headers.LOCATION, target);
    }

    /**
     * A file, or a part of it.
     *
     * @param rangeHeader the request's header {@code Range}; null without one
     */
    static Answer file(ResultFile file, String rangeHeader) {
        int length = file.content().remaining();
        ByteRange range = ByteRange.of(rangeHeader, length);
        int status =
                switch (range.kind()) {
                    case WHOLE -> StatusCodes.OK;
                    case PART -> StatusCodes.PARTIAL_CONTENT;
                    case OUTSIDE -> StatusCodes.REQUEST_RANGE_NOT_SATISFIABLE;
                };
        ByteBuffer part = file.content().slice(range.from(), range.to() - range.from());
        Answer answer = new Answer(status, part)
                .with(Headers.CONTENT_TYPE, "application/octet-stream")
                .with(Headers.CONTENT_DISPOSITION, "attachment; filename=" + file.name())
                .with(Headers.LAST_MODIFIED, DateUtils.toDateString(Date.from(file.modified())))
                .with(Headers.ACCEPT_RANGES, "bytes");
        return switch (range.kind()) {
            case WHOLE -> answer;
            case PART ->
                answer.with(Headers.CONTENT_RANGE, "bytes " + range.from() + "-" + (range.to() - 1) + "/" + length);
            case OUTSIDE -> answer.with(Headers.CONTENT_RANGE, "bytes */" + length);
        };
    }

    int status() {
        return status;
    }

    void send(HttpServerExchange exchange) {
        exchange.setStatusCode(status);
        headers.forEach((name, value) -> exchange.getResponseHeaders().put(name, value));
        exchange.getResponseSender().send(body);
    }
}
