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
 * Faults of the Relay. Those of {@link HttpFaults} and {@link #truncateResults} take effect once per request; they do not
 * affect the devnet's nodes, which reach the Relay without HTTP.
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
     * Makes the Relay lag behind the chain by the given time instead of its usual lag, including events that it has not
     * processed yet. It catches up once the fault is over. Counts no hits; only {@link Fault#during} limits it.
     */
    public Fault behind(Duration lag) {
        return lags.add("relay: behind by " + lag.toMillis() + " ms", lag);
    }

    /**
     * Sets the Relay's clock wrong. With more than 60 s of difference it refuses signatures with the correct time. Counts no
     * hits; only {@link Fault#during} limits it.
     *
     * @param skew by how much the clock is fast; negative: slow
     */
    public Fault clockSkew(Duration skew) {
        return skews.add("relay: clock off by " + skew.toSeconds() + " s", skew);
    }

    /**
     * Refuses uploads of parameters as the schema validation does, with status 400 and the field {@code task_args}. Takes
     * effect once per upload.
     *
     * @param why text of the answer after "Task args invalid: "
     */
    public Fault refuseTaskArgs(String why) {
        return refusals.add("relay: task args refused", why);
    }

    /**
     * Answers that results are not uploaded although they are. Takes effect once per request for a file. With
     * {@link Fault#times} or {@link Fault#during} results are late; without a limit they never arrive.
     */
    public Fault withholdResults() {
        return withheld.add("relay: results withheld", "");
    }

    /**
     * Answers for some time that results are not uploaded although they are. Takes effect once per request for a file.
     *
     * @param delay time after the upload
     */
    public Fault lateResults(Duration delay) {
        return late.add("relay: results late by " + delay.toMillis() + " ms", delay);
    }

    /**
     * Makes the Relay miss the start of a task that starts in the block that creates it, as the Relay of July 2024 sometimes
     * does. The task's nodes never get the parameters, and the Relay keeps answering "Task not ready"; the task can be
     * cancelled after its deadline. Takes effect once per task.
     */
    public Fault missStarts() {
        return missedStarts.add("relay: starts missed", "");
    }

    /** Closes the connection after half of a result file. */
    public Fault truncateResults() {
        return add(
                "truncated results",
                exchange -> exchange.getRequestMethod().equals(Methods.GET)
                        && exchange.getRequestPath().matches(RESULT_PATH),
                HttpFaults::cutInHalf);
    }

    /** The Relay's lag behind the chain now. */
    Duration lag(Duration usual) {
        return lags.newest().orElse(usual);
    }

    Optional<String> refusal() {
        return refusals.hit(why -> true);
    }

    boolean missesStart() {
        return missedStarts.hit(any -> true).isPresent();
    }

    /** Whether results are withheld that were uploaded that long ago. */
    boolean withheld(Duration age) {
        return withheld.hit(any -> true).isPresent()
                || late.hit(delay -> age.compareTo(delay) < 0).isPresent();
    }

    /** The clock that the faults set wrong. */
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
