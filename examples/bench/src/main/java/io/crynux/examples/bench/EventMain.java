// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs an event client in its own JVM: measures one line and prints it as one line of JSON. */
@Command(name = "event-load")
final class EventMain implements Callable<Integer> {
    static final String ALL_TYPES = "TaskPending,TaskStarted,TaskResultCommitmentsReady,TaskSuccess,TaskAborted,"
            + "TaskResultUploaded,TaskNodeSuccess,TaskNodeSlashed,TaskNodeCancelled";
    private static final double MIB = 1 << 20;
    private static final long PATIENCE_MINUTES = 10;
    private static final long LOOK_MILLIS = 20;

    /** Type of measurement. */
    enum Line {
        DELAY,
        REPLAY,
        IDLE
    }

    @Option(names = "--line", required = true)
    private Line line;

    @Option(names = "--network", required = true)
    private String network;

    @Option(names = "--poll-millis", required = true)
    private long pollMillis;

    /** Number of samples, past events, or polls. */
    @Option(names = "--count", required = true)
    private int count;

    @Option(names = "--tasks-a-second")
    private double tasksPerSecond;

    @Option(names = "--web-socket")
    private boolean webSocket;

    @Option(names = "--only-successes")
    private boolean onlySuccesses;

    @Option(names = "--offsets")
    private boolean offsets;

    @Option(names = "--grows")
    private boolean grows;

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** Exits the JVM after the command. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new EventMain()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        NetworkAddress address = Json.read(network, NetworkAddress.class);
        System.out.println(Json.line(
                switch (line) {
                    case DELAY -> new EventDelay(address, pollMillis, webSocket).measure(count, tasksPerSecond);
                    case REPLAY -> replay(address);
                    case IDLE -> idle(address);
                }));
        return CommandLine.ExitCode.OK;
    }

    private EventFigures.Replay replay(NetworkAddress address) throws Exception {
        String types = onlySuccesses ? "TaskSuccess" : ALL_TYPES;
        int expected = onlySuccesses ? count / PastChain.EVENTS_PER_TASK : count;
        AtomicInteger arrived = new AtomicInteger();
        AtomicLong first = new AtomicLong();
        AtomicLong half = new AtomicLong();
        AtomicLong last = new AtomicLong();
        CountDownLatch done = new CountDownLatch(1);
        double load = system.getSystemLoadAverage();
        try (Census census = new Census();
                EventRoute route = new EventRoute(
                        address.rpcUrl(),
                        address.contract(),
                        pollMillis,
                        "startBlock=earliest&creator=any&eventTypes=" + types,
                        offsets,
                        exchange -> {
                            int number = arrived.incrementAndGet();
                            if (number == 1) {
                                first.set(System.nanoTime());
                            }
                            if (number == expected / 2) {
                                half.set(System.nanoTime());
                            }
                            if (number == expected) {
                                last.set(System.nanoTime());
                                done.countDown();
                            }
                        })) {
            long cpuBefore = system.getProcessCpuTime();
            long begin = System.nanoTime();
            route.start();
            if (!done.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                throw new TimeoutException("Only " + arrived + " of " + expected + " events arrived");
            }
            double cpuMicros = (system.getProcessCpuTime() - cpuBefore) / 1e3 / expected;
            double heapMost = census.mostHeap() / MIB;
            double seconds = (last.get() - first.get()) / 1e9;
            return new EventFigures.Replay(
                    onlySuccesses ? types : "all",
                    offsets,
                    count,
                    expected,
                    (first.get() - begin) / 1e9,
                    seconds,
                    expected / seconds,
                    (expected - expected / 2) / ((last.get() - half.get()) / 1e9),
                    cpuMicros,
                    new Network(address).counts().rpc(),
                    census.heapInUse() / MIB,
                    heapMost,
                    load);
        }
    }

    private EventFigures.Idle idle(NetworkAddress address) throws Exception {
        Network asked = new Network(address);
        double load = system.getSystemLoadAverage();
        try (EventRoute route = new EventRoute(
                address.rpcUrl(), address.contract(), pollMillis, "creator=any", false, exchange -> {})) {
            route.start();
            // The first polls read more than the newest block.
            Network.Counts before = after(asked, 2, asked.counts());
            Network.Counts idle = after(asked, count, before).since(before);
            return new EventFigures.Idle(grows, idle.rpcByMethod().get(PastChain.LOOKS), idle.rpc(), load);
        }
    }

    /** Returns the counts after the given number of further polls. */
    private static Network.Counts after(Network network, int looks, Network.Counts before) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        ScheduledExecutorService timer =
                Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "bench-looks"));
        try {
            timer.scheduleWithFixedDelay(
                    () -> {
                        if (network.counts().since(before).rpcByMethod().getOrDefault(PastChain.LOOKS, 0L) >= looks) {
                            done.countDown();
                        }
                    },
                    LOOK_MILLIS,
                    LOOK_MILLIS,
                    TimeUnit.MILLISECONDS);
            if (!done.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                throw new TimeoutException("Too few polls of the chain");
            }
        } finally {
            timer.shutdownNow();
        }
        return network.counts();
    }
}
