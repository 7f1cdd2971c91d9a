// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.internal.protocol.relay.life.Life;
import io.crynux.client.internal.protocol.relay.life.LifeCodec;
import io.crynux.client.internal.protocol.relay.terms.RelayTerms;
import io.crynux.client.journal.ProtocolData;

/**
 * Writes what the journal keeps of a request at the Relay. Each task of a request has a text of its own, so that the journal
 * stores only those that have changed.
 */
final class RelayTexts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TERMS = "terms";
    private static final String REQUEST = "request";
    private static final String MEMBERS = "members";
    private static final String MEMBER = "member";
    private static final String END = "end";

    private RelayTexts() {}

    static ProtocolData of(RelayTerms terms) {
        return ProtocolData.EMPTY.with(TERMS, write(JSON.valueToTree(terms)));
    }

    static RelayTerms terms(ProtocolData data) {
        return JSON.convertValue(read(data.get(TERMS)), RelayTerms.class);
    }

    /** Adds what is known of a request. */
    static ProtocolData with(ProtocolData before, Life life) {
        ObjectNode json = LifeCodec.write(life);
        JsonNode members = json.remove(MEMBERS);
        ProtocolData data = before.with(REQUEST, write(json));
        for (int i = 0; i < members.size(); i++) {
            data = data.with(MEMBER + i, write(members.get(i)));
        }
        return data;
    }

    /** Whether there is what {@link #life} reads: not before anything was sent, and not after the request is settled. */
    static boolean hasLife(ProtocolData data) {
        return data.get(REQUEST) != null;
    }

    static Life life(ProtocolData data) {
        ObjectNode json = (ObjectNode) read(data.get(REQUEST));
        ArrayNode members = json.putArray(MEMBERS);
        for (int i = 0; data.get(MEMBER + i) != null; i++) {
            members.add(read(data.get(MEMBER + i)));
        }
        return LifeCodec.read(json);
    }

    static ProtocolData with(ProtocolData before, RequestEnd end) {
        return before.with(END, write(JSON.valueToTree(end)));
    }

    /** How the request ended; null before that. */
    static RequestEnd end(ProtocolData data) {
        return data.get(END) == null ? null : JSON.convertValue(read(data.get(END)), RequestEnd.class);
    }

    /** What is needed once nothing can change any more: how it ended. The secrets go. */
    static ProtocolData settled(ProtocolData data) {
        return ProtocolData.EMPTY.with(END, data.get(END));
    }

    private static String write(JsonNode json) {
        return json.toString();
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the journal's record is not of the Relay protocol", e);
        }
    }
}
