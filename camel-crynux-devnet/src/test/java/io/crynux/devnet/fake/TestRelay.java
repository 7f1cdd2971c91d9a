// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.fake;

import io.crynux.devnet.http.ListenAddress;
import io.crynux.devnet.relay.NetworkNode;
import io.crynux.devnet.relay.Relay;
import io.crynux.devnet.relay.RelaySchemas;
import io.crynux.devnet.watch.TaskEventFeed;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A Relay on a {@link FakeChain}; it hears of new blocks when the test says so. */
public final class TestRelay implements AutoCloseable {
    public static final List<NetworkNode> NODES = List.of(
            new NetworkNode(Signer.number(11).address(), "NVIDIA GeForce RTX 4090", 24),
            new NetworkNode(Signer.number(12).address(), "NVIDIA GeForce RTX 4090", 24),
            new NetworkNode(Signer.number(13).address(), "NVIDIA GeForce RTX 3060", 12));

    private final FakeChain chain = new FakeChain();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final TaskEventFeed feed = new TaskEventFeed(chain, FakeChain.CONTRACT);
    private final Relay relay;
    private final RelayCalls calls;

    public TestRelay() {
        this(Duration.ZERO, 1 << 20, Clock.systemUTC());
    }

    public TestRelay(RelaySchemas schemas) {
        this(Duration.ZERO, 1 << 20, Clock.systemUTC(), schemas);
    }

    public TestRelay(Duration lag, long maxResultBytes, Clock clock) {
        this(lag, maxResultBytes, clock, RelaySchemas.TODAY);
    }

    private TestRelay(Duration lag, long maxResultBytes, Clock clock, RelaySchemas schemas) {
        relay = new Relay(
                new Relay.Settings(new ListenAddress(ListenAddress.LOOPBACK, 0), lag, maxResultBytes, clock, schemas),
                chain,
                FakeChain.CONTRACT,
                feed,
                scheduler,
                NODES);
        relay.start();
        calls = new RelayCalls(relay.url());
    }

    /** Adds a block, of which the Relay hears at once. */
    public void block(TaskLogs.Draft... logs) {
        chain.block(logs);
        feed.poll();
    }

    /** Replaces the newest blocks by one. */
    public void reorg(int depth, TaskLogs.Draft... logs) {
        chain.forget(depth);
        block(logs);
    }

    public RelayCalls calls() {
        return calls;
    }

    public Relay relay() {
        return relay;
    }

    @Override
    public void close() {
        relay.close();
        feed.close();
        scheduler.shutdownNow();
    }
}
