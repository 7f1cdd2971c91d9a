// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.internal.money.Cnx;
import io.crynux.client.observe.ClientObserver.TaskPhase;
import io.crynux.client.observe.ClientStatus;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The meters of one component; names and units are in docs/monitoring.md. */
final class MicrometerMeters implements Meters {
    private static final Logger LOG = LoggerFactory.getLogger(MicrometerMeters.class);
    /** The name by which camel-micrometer finds its registry. */
    private static final String REGISTRY_NAME = "metricsRegistry";

    private static final String CNX = "cnx";

    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Meter> gauges = new ArrayList<>();

    private MicrometerMeters(MeterRegistry registry, String componentName) {
        this.registry = registry;
        this.tags = Tags.of("component", componentName);
    }

    /** In the registry that camel-micrometer would use: the one of that name, or else the only one, or the only composite. */
    static Optional<MicrometerMeters> find(CamelContext context, String componentName) {
        MeterRegistry named = context.getRegistry().lookupByNameAndType(REGISTRY_NAME, MeterRegistry.class);
        Set<MeterRegistry> all =
                named != null ? Set.of(named) : context.getRegistry().findByType(MeterRegistry.class);
        // Where there are several, Spring Boot has one that stands for all of them.
        List<MeterRegistry> candidates = all.size() <= 1
                ? List.copyOf(all)
                : all.stream().filter(CompositeMeterRegistry.class::isInstance).toList();
        if (candidates.size() == 1) {
            return Optional.of(new MicrometerMeters(candidates.get(0), componentName));
        }
        if (!all.isEmpty()) {
            LOG.info(
                    "There are {} meter registries; name the one for {} {} to have its meters there",
                    all.size(),
                    componentName,
                    REGISTRY_NAME);
        }
        return Optional.empty();
    }

    @Override
    public synchronized void watch(ClientStatus status) {
        gauge("crynux.tasks.inflight", null, status, s -> s.load().inFlight());
        gauge("crynux.tasks.unstarted", null, status, s -> s.load().unstarted());
        gauge("crynux.tasks.waiting", null, status, s -> s.load().waiting());
        gauge("crynux.payments.pending", null, status, s -> s.load().pendingPayments());
        gauge(
                "crynux.payments.age",
                "seconds",
                status,
                s -> secondsSince(s.load().pendingSince(), 0));
        gauge("crynux.head.number", null, status, s -> number(s.chain().head()));
        gauge("crynux.head.lag", "seconds", status, s -> secondsSince(s.chain().answeredAt(), Double.NaN));
    }

    private void gauge(String name, String unit, ClientStatus status, ToDoubleFunction<ClientStatus> value) {
        gauges.add(Gauge.builder(name, status, value)
                .tags(tags)
                .baseUnit(unit)
                .strongReference(true)
                .register(registry));
    }

    private static double secondsSince(Instant time, double unknown) {
        return time == null ? unknown : Duration.between(time, Instant.now()).toMillis() / 1000.0;
    }

    private static double number(BigInteger number) {
        return number == null ? Double.NaN : number.doubleValue();
    }

    @Override
    public synchronized void unwatch() {
        gauges.forEach(registry::remove);
        gauges.clear();
    }

    @Override
    public void onPhase(TaskKind kind, TaskPhase phase, Duration time) {
        Timer.builder("crynux.task.phase")
                .tags(tags.and("kind", kind.id(), "phase", lower(phase)))
                .register(registry)
                .record(time);
    }

    @Override
    public void onEnd(TaskKind kind, TaskState state) {
        count("crynux.tasks", null, tags.and("kind", kind.id(), "outcome", lower(state)), 1);
    }

    @Override
    public boolean wantsCosts() {
        return true;
    }

    @Override
    public void onCost(TaskKind kind, BigInteger feeWei, BigInteger gasWei) {
        count("crynux.fees", CNX, tags.and("kind", kind.id()), cnx(feeWei));
        count("crynux.gas", CNX, tags.and("kind", kind.id()), cnx(gasWei));
    }

    @Override
    public void onCall(Target target, CallOutcome outcome) {
        count("crynux.calls", null, tags.and("target", lower(target), "outcome", lower(outcome)), 1);
    }

    private void count(String name, String unit, Tags with, double amount) {
        Counter.builder(name).tags(with).baseUnit(unit).register(registry).increment(amount);
    }

    private static double cnx(BigInteger wei) {
        return Cnx.of(wei).doubleValue();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
