// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.fault.FaultGroup;
import io.crynux.devnet.fault.HttpFaults;
import io.undertow.util.Methods;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Faults of the Relay. Those of {@link HttpFaults} and {@link #truncateResults} strike once a request; the devnet's nodes
 * reach the Relay without HTTP and are spared by them.
 */
public final class RelayFaults extends HttpFaults {
    private static final String RESULT_PATH = ".*/results/[^/]+";

    private final FaultGroup<Duration> lags = new FaultGroup<>();
    private final FaultGroup<Duration> skews = new FaultGroup<>();
    private final FaultGroup<String> refusals = new FaultGroup<>();
    private final FaultGroup<String> withheld = new FaultGroup<>();
    private final FaultGroup<Duration> late = new FaultGroup<>();
    private final FaultGroup<String> missedStarts = new FaultGroup<>();

    RelayFaults() {
        super("relay");
    }

    /**
     * Has the Relay follow the chain that far behind instead of by its usual lag, also with what is on its way already. It
     * catches up once the fault is over. Strikes never; only {@link Fault#during} limits it.
     */
    public Fault behind(Duration lag) {
        return lags.add("relay: behind by " + lag.toMillis() + " ms", lag);
    }

    /**
     * Has the Relay's clock go wrong: beyond 60 s it refuses the signatures of those whose clocks are right. Strikes never;
     * only {@link Fault#during} limits it.
     *
     * @param skew by how much it is fast, negative for slow
     */
    public Fault clockSkew(Duration skew) {
        return skews.add("relay: clock off by " + skew.toSeconds() + " s", skew);
    }

    /**
     * Refuses uploads of parameters as its schema would, with HTTP 400 and the field {@code task_args}; strikes once an
     * upload.
     *
     * @param why what the answer says after "Task args invalid: "
     */
    public Fault refuseTaskArgs(String why) {
        return refusals.add("relay: task args refused", why);
    }

    /**
     * Tells that results are not uploaded, although they are; strikes once a request for a file. With {@link Fault#times} or
     * {@link Fault#during} they are late, without they never come.
     */
    public Fault withholdResults() {
        return withheld.add("relay: results withheld", "");
    }

    /**
     * Tells for a while that results are not uploaded, although they are; strikes once a request for a file.
     *
     * @param delay how long after their upload
     */
    public Fault lateResults(Duration delay) {
        return late.add("relay: results late by " + delay.toMillis() + " ms", delay);
    }

    /**
     * Has the Relay miss that a task has started, when it starts in the block that creates it, as the Relay of July 2024 does
     * now and then. Its nodes never get the parameters; the Relay answers "Task not ready" for good; the task can be
     * cancelled once its deadline has passed. Strikes once a task.
     */
    public Fault missStarts() {
        return missedStarts.add("relay: starts missed", "");
    }

    /** Breaks the connection after half of a result's file. */
    public Fault truncateResults() {
        return add(
                "truncated results",
                exchange -> exchange.getRequestMethod().equals(Methods.GET)
                        && exchange.getRequestPath().matches(RESULT_PATH),
                HttpFaults::cutInHalf);
    }

    /** How far behind the chain the Relay is now. */
    Duration lag(Duration usual) {
        return lags.newest().orElse(usual);
    }

    Optional<String> refusal() {
        return refusals.strike(why -> true);
    }

    boolean missesStart() {
        return missedStarts.strike(any -> true).isPresent();
    }

    /** Whether results that were uploaded so long ago are to be denied. */
    boolean withheld(Duration age) {
        return withheld.strike(any -> true).isPresent()
                || late.strike(delay -> age.compareTo(delay) < 0).isPresent();
    }

    /** A clock that goes wrong when it has to. */
    Clock skewed(Clock right) {
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

    @Override
    public void clear() {
        super.clear();
        groups().forEach(FaultGroup::clear);
    }

    @Override
    public List<Fault> on() {
        return Stream.concat(super.on().stream(), groups().flatMap(group -> group.on().stream()))
                .toList();
    }

    private Stream<FaultGroup<?>> groups() {
        return Stream.of(lags, skews, refusals, withheld, late, missedStarts);
    }
}
