// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs one scenario and measures it, after a warm-up. */
final class Measurement {
    private static final double MIB = 1 << 20;
    private static final double KIB = 1 << 10;
    private static final int WARM_UP_IN_FLIGHT = 100;
    private static final long PATIENCE_MINUTES = 15;
    private static final long LOOK_MILLIS = 200;

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final Scenario scenario;
    private final TaskRoute route;
    private final Network network;
    private final Census census;

    Measurement(Scenario scenario, TaskRoute route, Network network, Census census) {
        this.scenario = scenario;
        this.route = route;
        this.network = network;
        this.census = census;
    }

    Figures run() throws InterruptedException, ExecutionException, TimeoutException {
        ClosedLoop warmUp = new ClosedLoop(route, "the warm-up", scenario.warmUp());
        await(warmUp.start(Math.min(WARM_UP_IN_FLIGHT, scenario.warmUp())));
        if (scenario.held()) {
            network.hold();
        }
        ClosedLoop loop = new ClosedLoop(route, "the bench", scenario.tasks());
        double load = system.getSystemLoadAverage();
        long heapBefore = census.heapInUse();
        census.restart();
        Network.Counts countsBefore = network.counts();
        long cpuBefore = system.getProcessCpuTime();
        long begin = System.nanoTime();

        CompletableFuture<Void> all = loop.start(scenario.inFlight());
        double paidSeconds = 0;
        if (scenario.held()) {
            awaitUploads(countsBefore.uploaded() + scenario.tasks());
            paidSeconds = seconds(begin);
        } else if (scenario.inFlight() > 1) {
            await(loop.half());
        }
        long heapInUse = census.heapInUse();
        if (scenario.held()) {
            network.release();
        }
        await(all);

        double seconds = seconds(begin);
        long cpu = system.getProcessCpuTime() - cpuBefore;
        Network.Counts counts = network.counts().since(countsBefore);
        List<Double> delays = delays(loop);
        loop.failures().forEach(failure -> System.err.println("A task failed: " + failure));
        double tasks = scenario.tasks();
        return new Figures(
                scenario.kind(),
                scenario.inFlight(),
                scenario.tasks(),
                loop.failures().size(),
                load,
                seconds,
                tasks / seconds,
                paidSeconds == 0 ? 0 : tasks / paidSeconds,
                Quantiles.of(loop.micros().stream().map(micros -> micros / 1e3).toList(), 0.5),
                counts.rpc() / tasks,
                perTask(counts.rpcByMethod()),
                counts.relay() / tasks,
                counts.uploads() / tasks,
                census.mostByGroup().getOrDefault(Census.Group.ROUTE, 0),
                census.mostThreads(),
                census.mostByGroup(),
                census.mostHeap() / MIB,
                heapInUse / MIB,
                (heapInUse - heapBefore) / KIB / scenario.inFlight(),
                cpu / 1e6 / tasks,
                Quantiles.of(delays, 0.5),
                Quantiles.of(delays, 0.99));
    }

    private static void await(CompletableFuture<Void> end)
            throws InterruptedException, ExecutionException, TimeoutException {
        end.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
    }

    private void awaitUploads(long wanted) throws InterruptedException, TimeoutException, ExecutionException {
        CompletableFuture<Void> uploaded = new CompletableFuture<>();
        ScheduledExecutorService timer =
                Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "bench-uploads"));
        try {
            timer.scheduleWithFixedDelay(
                    () -> {
                        if (network.counts().uploaded() >= wanted) {
                            uploaded.complete(null);
                        }
                    },
                    LOOK_MILLIS,
                    LOOK_MILLIS,
                    TimeUnit.MILLISECONDS);
            await(uploaded);
        } finally {
            timer.shutdownNow();
        }
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private Map<String, Double> perTask(Map<String, Long> counts) {
        Map<String, Double> perTask = new TreeMap<>();
        counts.forEach((method, count) -> perTask.put(method, (double) count / scenario.tasks()));
        return perTask;
    }

    /** From the block that announced the result to the step after the task, in milliseconds. */
    private List<Double> delays(ClosedLoop loop) {
        Map<Long, Long> announced = network.resultTimes();
        return loop.done().stream()
                .filter(done -> announced.containsKey(done.taskId()))
                .map(done -> (ResultTimes.micros(done.continuedAt()) - announced.get(done.taskId())) / 1e3)
                .toList();
    }
}
