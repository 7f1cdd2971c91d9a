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
    /** A cut after so many notifications of a connection, and how many each has had since. */
    private record Cut(int after, Map<WebSocketSession, Integer> told) {
        boolean isDue(WebSocketSession session) {
            return told.merge(session, 1, Integer::sum) > after;
        }
    }

    private final Set<WebSocketSession> open;
    private final FaultGroup<Cut> cuts;
    private final FaultGroup<String> silences;

    /**
     * @param open the sessions that are open, as they come and go
     * @param refusal why none can be switched on; empty when they can
     */
    WebSocketFaults(Set<WebSocketSession> open, Optional<String> refusal) {
        this.open = open;
        this.cuts = new FaultGroup<>(refusal);
        this.silences = new FaultGroup<>(refusal);
    }

    Fault cut() {
        Fault fault = cuts.add("rpc: WebSockets cut", new Cut(Integer.MAX_VALUE, new WeakHashMap<>()));
        for (WebSocketSession session : open) {
            fault.strike();
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

    /** Whether the session is to be cut instead of being told its next notification. */
    boolean cuts(WebSocketSession session) {
        return cuts.strike(cut -> cut.isDue(session)).isPresent();
    }

    /** Whether the next message of whichever side is lost. */
    boolean silent() {
        return silences.strike(any -> true).isPresent();
    }

    void clear() {
        cuts.clear();
        silences.clear();
    }

    List<Fault> on() {
        return Stream.concat(cuts.on().stream(), silences.on().stream()).toList();
    }
}
