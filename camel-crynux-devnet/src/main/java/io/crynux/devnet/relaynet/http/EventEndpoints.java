// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import io.crynux.devnet.relaynet.engine.RelayRequests;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import io.undertow.util.Methods;
import java.math.BigInteger;

/** The public event log (relay.md, section 4.7). */
final class EventEndpoints {
    private static final String COMMITMENT = "task_id_commitment";
    private static final long DEFAULT_LIMIT = 50;

    private final RelayRequests requests;

    EventEndpoints(RelayRequests requests) {
        this.requests = requests;
    }

    void addTo(Router routes) {
        routes.add(Methods.GET, "/v1/events/current_id", this::newest);
        routes.add(Methods.GET, "/v1/events", this::rows);
    }

    private Answer newest(Call call) throws RequestRefusedException {
        refuseTypeFilter(call);
        return Answer.data(LongNode.valueOf(requests.newestEvent(call.query(COMMITMENT, "TaskIDCommitment"))));
    }

    private Answer rows(Call call) throws RequestRefusedException {
        BigInteger start = call.unsigned("start", "Start");
        long limit = call.query().containsKey("limit") ? call.signed("limit", "Limit") : DEFAULT_LIMIT;
        refuseTypeFilter(call);
        String commitment = call.query(COMMITMENT, "TaskIDCommitment");
        // No id is above 2^63: such a start is beyond the end.
        long from = start.bitLength() < Long.SIZE ? start.longValue() : -1;
        ArrayNode rows = Answer.JSON.arrayNode();
        requests.events(from, commitment, limit).forEach(row -> rows.addObject()
                .put("id", row.id())
                .put("type", row.type())
                .put("node_address", row.node())
                .put(COMMITMENT, row.commitment())
                .put("args", row.args()));
        return Answer.data(rows);
    }

    /** The Relay's database has no such column. */
    private static void refuseTypeFilter(Call call) throws RequestRefusedException {
        if (!call.query("event_type", "EventType").isEmpty()) {
            throw RequestRefusedException.failure("Error 1054 (42S22): Unknown column 'event_type' in 'WHERE'");
        }
    }
}
