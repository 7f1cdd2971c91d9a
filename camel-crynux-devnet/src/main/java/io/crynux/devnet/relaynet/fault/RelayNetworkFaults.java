// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.fault;

import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.fault.FaultGroup;
import io.crynux.devnet.relaynet.event.EventLog;
import io.crynux.devnet.relaynet.node.RelayNodeFaults;
import io.undertow.server.HttpHandler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Faults of a network of today, which can be switched on while it runs:
 *
 * <pre>{@code
 * network.faults().on(RelayCall.CREATE).loseAnswer().times(1);
 * network.faults().databaseAway().during(Duration.ofSeconds(5));
 * network.faults().nodes().cheat().times(1);
 * }</pre>
 */
public final class RelayNetworkFaults {
    private static final String REFUSED = "dial tcp 127.0.0.1:3306: connect: connection refused";

    private final Map<RelayCall, CallFaults> calls = new EnumMap<>(RelayCall.class);
    private final RelayNodeFaults nodes = new RelayNodeFaults();
    private final FaultGroup<String> databases = new FaultGroup<>();
    private final FaultGroup<String> whitelists = new FaultGroup<>();
    private final FaultGroup<Duration> skews = new FaultGroup<>();
    private final FaultGroup<Duration> lateEvents = new FaultGroup<>();
    private final FaultGroup<Integer> gaps = new FaultGroup<>();

    public RelayNetworkFaults() {
        for (RelayCall call : RelayCall.values()) {
            calls.put(call, new CallFaults(call));
        }
    }

    /** Faults of all calls. */
    public CallFaults calls() {
        return on(RelayCall.ANY);
    }

    /** Faults of one call. Where several are on for a request, one of all calls is before one of this call. */
    public CallFaults on(RelayCall call) {
        return calls.get(call);
    }

    /** Faults of the nodes. */
    public RelayNodeFaults nodes() {
        return nodes;
    }

    /**
     * Takes the database away: calls that need it are answered with status 500 and the database's error, nothing starts, ends
     * or is booked. Clock and balance are answered from memory. Counts no hits; only {@link Fault#during} limits it.
     */
    public Fault databaseAway() {
        return databases.add("relay: database away", REFUSED);
    }

    /**
     * Takes all creators off the whitelist, on a Relay that had none, too: creations are refused, a repeated one as well.
     * Everything else continues. Counts no hits; only {@link Fault#during} limits it.
     */
    public Fault withdrawWhitelist() {
        return whitelists.add("relay: nobody on the whitelist", "");
    }

    /**
     * Sets the Relay's clock wrong for signatures and for {@code /v1/now}; deadlines keep the right time. Counts no hits; only
     * {@link Fault#during} limits it.
     *
     * @param skew by how much the clock is fast; negative: slow
     */
    public Fault clockSkew(Duration skew) {
        return skews.add("relay: clock off by " + skew.toSeconds() + " s", skew);
    }

    /** Makes rows of the event log visible late, after rows with higher ids. Takes effect once per row. */
    public Fault lateEvents(Duration delay) {
        return lateEvents.add("relay: event rows late by " + delay.toMillis() + " ms", delay);
    }

    /** Leaves out ids before a row of the event log. Takes effect once per row. */
    public Fault eventGaps(int ids) {
        if (ids < 1) {
            throw new IllegalArgumentException("a gap must be at least one id: " + ids);
        }
        return gaps.add("relay: " + ids + " event ids left out", ids);
    }

    /** How the next row of the event log is written. */
    public EventLog.Writing eventWriting() {
        int gap = gaps.hit(any -> true).orElse(0);
        Duration delay = lateEvents.hit(any -> true).orElse(Duration.ZERO);
        return new EventLog.Writing(gap, delay);
    }

    /** The error of the database while it is away. */
    public Optional<String> databaseError() {
        return databases.newest();
    }

    /** Whether nobody may create tasks. */
    public boolean whitelistWithdrawn() {
        return whitelists.newest().isPresent();
    }

    /** The clock that a fault sets wrong. */
    public Clock skewed(Clock right) {
        return new Clock() {
            @Override
            public Instant instant() {
                return right.instant().plus(skews.newest().orElse(Duration.ZERO));
            }

            @Override
            public ZoneId getZone() {
                return right.getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return skewed(right.withZone(zone));
            }
        };
    }

    /** Returns a handler that answers as {@code usual} does, unless a fault takes effect. */
    public HttpHandler before(HttpHandler usual) {
        HttpHandler handler = usual;
        List<CallFaults> inOrder = new ArrayList<>(calls.values());
        for (int i = inOrder.size() - 1; i >= 0; i--) {
            handler = inOrder.get(i).before(handler);
        }
        return handler;
    }

    /** Ends all faults. */
    public void clear() {
        calls.values().forEach(CallFaults::clear);
        nodes.clear();
        groups().forEach(FaultGroup::clear);
    }

    /** The faults that are on. */
    public List<Fault> on() {
        return Stream.of(
                        calls.values().stream().flatMap(one -> one.on().stream()),
                        nodes.on().stream(),
                        groups().flatMap(group -> group.on().stream()))
                .flatMap(faults -> faults)
                .toList();
    }

    private Stream<FaultGroup<?>> groups() {
        return Stream.of(databases, whitelists, skews, lateEvents, gaps);
    }
}
