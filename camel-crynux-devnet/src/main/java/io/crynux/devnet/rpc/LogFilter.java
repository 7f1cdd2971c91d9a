// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.ledger.Log;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which logs are asked for: of which contracts, with which topics at which places. */
final class LogFilter {
    private static final int MAX_TOPICS = 4;

    private final Set<String> addresses = new HashSet<>();
    /** For each place the topics that are right there, empty for any. */
    private final List<Set<String>> topics = new ArrayList<>();

    LogFilter(JsonNode filter) {
        JsonNode address = filter.path("address");
        if (address.isArray()) {
            address.forEach(one -> addresses.add(Params.address(one)));
        } else if (!Params.absent(address)) {
            addresses.add(Params.address(address));
        }
        if (filter.path("topics").size() > MAX_TOPICS) {
            throw RpcException.invalidParams("more than " + MAX_TOPICS + " topics");
        }
        filter.path("topics").forEach(place -> topics.add(topics(place)));
    }

    private static Set<String> topics(JsonNode place) {
        Set<String> accepted = new HashSet<>();
        if (place.isArray()) {
            for (JsonNode topic : place) {
                if (topic.isNull()) {
                    // A null among the alternatives accepts everything.
                    return Set.of();
                }
                accepted.add(Params.hash(topic));
            }
        } else if (!place.isNull()) {
            accepted.add(Params.hash(place));
        }
        return accepted;
    }

    boolean accepts(Log log) {
        if (!addresses.isEmpty() && !addresses.contains(log.address())) {
            return false;
        }
        if (topics.size() > log.topics().size()) {
            return false;
        }
        for (int i = 0; i < topics.size(); i++) {
            if (!topics.get(i).isEmpty() && !topics.get(i).contains(log.topics().get(i))) {
                return false;
            }
        }
        return true;
    }
}
