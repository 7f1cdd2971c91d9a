// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import io.crynux.camel.CrynuxConstants;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Measures the delay from the block with TaskSuccess to the start of the route. The tasks come from another Camel context,
 * which has its own follower.
 */
final class EventDelay {
    private static final int WARM_UP = 10;
    private static final long TASK_POLL_MILLIS = 250;
    private static final long PATIENCE_MINUTES = 10;

    private final NetworkAddress address;
    private final long pollMillis;
    private final boolean webSocket;
    private final Map<Long, Instant> arrivals = new ConcurrentHashMap<>();
    private final Random random = new Random(1);

    EventDelay(NetworkAddress address, long pollMillis, boolean webSocket) {
        this.address = address;
        this.pollMillis = pollMillis;
        this.webSocket = webSocket;
    }

    EventFigures.Delay measure(int samples, double tasksPerSecond) throws Exception {
        int tasks = WARM_UP + samples;
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        CountDownLatch done = new CountDownLatch(tasks);
        Scenario scenario =
                new Scenario(Scenario.Kind.COMPONENT, tasks, tasks, 0, false, Duration.ofMillis(TASK_POLL_MILLIS));
        ScheduledExecutorService timer =
                Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "bench-tasks"));
        try (EventRoute events = new EventRoute(
                        webSocket ? address.rpcUrl() + "," + address.webSocketUrl() : address.rpcUrl(),
                        address.contract(),
                        pollMillis,
                        "creator=any&eventTypes=TaskSuccess",
                        false,
                        exchange -> {
                            Instant now = Instant.now();
                            arrivals.put(exchange.getIn().getHeader(CrynuxConstants.TASK_ID, Long.class), now);
                            done.countDown();
                        });
                CrynuxRoute route = new CrynuxRoute(address, scenario)) {
            events.start();
            submit(timer, route, tasks, 1_000 / tasksPerSecond);
            if (!done.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                throw new TimeoutException("Only " + arrivals.size() + " of " + tasks + " successes arrived");
            }
        } finally {
            timer.shutdownNow();
        }
        Map<Long, Long> blocks = new Network(address).successTimes();
        List<Double> delays = arrivals.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .skip(WARM_UP)
                .filter(arrival -> blocks.containsKey(arrival.getKey()))
                .map(arrival -> (ResultTimes.micros(arrival.getValue()) - blocks.get(arrival.getKey())) / 1e3)
                .toList();
        return new EventFigures.Delay(
                pollMillis, webSocket, delays.size(), Quantiles.of(delays, 0.5), Quantiles.of(delays, 0.99), load);
    }

    /** Irregular intervals, so that tasks are not synchronised with blocks or polls. */
    private void submit(ScheduledExecutorService timer, TaskRoute route, int left, double intervalMillis) {
        if (left > 0) {
            timer.schedule(
                    () -> {
                        route.submit("Picture " + left);
                        submit(timer, route, left - 1, intervalMillis);
                    },
                    (long) (2 * random.nextDouble() * intervalMillis * 1_000),
                    TimeUnit.MICROSECONDS);
        }
    }
}
