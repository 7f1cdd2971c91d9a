// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.protocol.relay.task.RelayEvent;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Reads the event log after an id, oldest first. Public. */
final class EventsCall implements RelayCall<List<RelayEvent>> {
    /** A row has less than 500 bytes. */
    private static final long MAX_ROW = 16 << 10;

    private final RequestFactory requests;
    private final long start;
    private final int limit;
    private final String commitment;

    /**
     * @param start only rows with a greater id
     * @param limit maximum number of rows
     * @param commitment only rows of that task; empty for all
     */
    EventsCall(RequestFactory requests, long start, int limit, String commitment) {
        this.requests = requests;
        this.start = start;
        this.limit = limit;
        this.commitment = commitment;
    }

    @Override
    public CallName name() {
        return CallName.EVENTS;
    }

    @Override
    public long maxAnswer() {
        return SHORT_ANSWER + limit * MAX_ROW;
    }

    @Override
    public CompletableFuture<HttpRequest> request() {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("start", Long.toUnsignedString(start));
        query.put("limit", limit);
        if (!commitment.isEmpty()) {
            query.put("task_id_commitment", commitment);
        }
        return requests.get("/v1/events" + RequestFactory.query(query));
    }

    @Override
    public List<RelayEvent> read(HttpReply reply) {
        JsonNode data = AnswerReader.data(reply);
        List<RelayEvent> events = new ArrayList<>();
        if (!data.isArray()) {
            throw new IllegalArgumentException("it has no list of events");
        }
        data.forEach(row -> events.add(RelayEvent.of(row)));
        return List.copyOf(events);
    }
}
