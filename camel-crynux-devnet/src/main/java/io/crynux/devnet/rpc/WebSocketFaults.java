// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.fault.FaultGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Stream;

/** What goes wrong with open WebSockets. */
final class WebSocketFaults {
    /** A cut after a number of notifications per connection, and how many each has had. */
    private record Cut(int after, Map<WebSocketSession, Integer> sent) {
        boolean isDue(WebSocketSession session) {
            return sent.merge(session, 1, Integer::sum) > after;
        }
    }

    private final Set<WebSocketSession> open;
    private final FaultGroup<Cut> cuts;
    private final FaultGroup<String> silences;

    /**
     * @param open the sessions that are open, as they come and go
     * @param refusal why no fault can be switched on; empty when faults can be
     */
    WebSocketFaults(Set<WebSocketSession> open, Optional<String> refusal) {
        this.open = open;
        this.cuts = new FaultGroup<>(refusal);
        this.silences = new FaultGroup<>(refusal);
    }

    Fault cut() {
        Fault fault = cuts.add("rpc: WebSockets cut", new Cut(Integer.MAX_VALUE, new WeakHashMap<>()));
        for (WebSocketSession session : open) {
            fault.hit();
            session.cut();
        }
        fault.end();
        return fault;
    }

    Fault cut(int after) {
        if (after < 0) {
            throw new IllegalArgumentException("notifications must not be negative: " + after);
        }
        return cuts.add("rpc: WebSockets cut after " + after + " notifications", new Cut(after, new WeakHashMap<>()));
    }

    Fault silence() {
        return silences.add("rpc: WebSockets silent", "");
    }

    /** Whether the session is closed instead of getting its next notification. */
    boolean cuts(WebSocketSession session) {
        return cuts.hit(cut -> cut.isDue(session)).isPresent();
    }

    /** Whether the next message of whichever side is lost. */
    boolean silent() {
        return silences.hit(any -> true).isPresent();
    }

    void clear() {
        cuts.clear();
        silences.clear();
    }

    List<Fault> on() {
        return Stream.concat(cuts.on().stream(), silences.on().stream()).toList();
    }
}
