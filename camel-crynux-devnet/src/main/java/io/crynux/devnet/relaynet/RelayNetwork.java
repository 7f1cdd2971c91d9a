// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet;

import io.crynux.devnet.http.ListenAddress;
import io.crynux.devnet.relaynet.engine.RelayEngine;
import io.crynux.devnet.relaynet.engine.RelayOperations;
import io.crynux.devnet.relaynet.engine.RelayOperations.Backup;
import io.crynux.devnet.relaynet.fault.RelayNetworkFaults;
import io.crynux.devnet.relaynet.http.RelayHttp;
import io.crynux.devnet.relaynet.ledger.LedgerRow;
import io.crynux.devnet.relaynet.node.NodePlan;
import io.crynux.devnet.relaynet.node.RelayNode;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import io.crynux.devnet.relaynet.task.RelayTask;
import io.crynux.devnet.relaynet.time.NetworkTime;
import io.crynux.devnet.result.Workshop;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.PathHandler;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * The network of today: a Relay behind HTTP that keeps accounts, queue and results, and simulated nodes that work for it. No
 * chain is involved. Everything is in memory. Deadlines, delays and nodes follow a clock that {@link #advance} moves. Thread-safe.
 */
public final class RelayNetwork implements AutoCloseable {
    private static final int IO_THREADS = 2;
    private static final int WORKER_THREADS = 16;

    private final RelayNetworkSettings settings;
    private final NetworkTime time;
    private final RelayNetworkFaults faults = new RelayNetworkFaults();
    private final RelayOperations operations;
    private final RelayEngine engine;
    private final RelayHttp http;
    private final ListenAddress address;
    private final PathHandler paths;
    private final Undertow server;
    private volatile UnaryOperator<String> seeds;
    private String url;

    /**
     * How a network is set up.
     *
     * @param clock to follow; a fixed one moves only by {@link #advance}
     * @param workshop makes the files of results
     * @param executor runs the workshop; not closed by the network
     * @param honest what a node does that no fault affects
     * @param seeds gives the sampling seed of a commitment
     */
    public record Setup(
            ListenAddress address,
            RelayNetworkSettings settings,
            Clock clock,
            Workshop workshop,
            Executor executor,
            NodePlan honest,
            UnaryOperator<String> seeds) {}

    /** Sets a network up; it answers once it is started. */
    public RelayNetwork(Setup setup) {
        this.settings = setup.settings();
        this.seeds = setup.seeds();
        this.address = setup.address();
        this.time = new NetworkTime(setup.clock());
        this.engine = new RelayEngine(new RelayEngine.Parts(
                time,
                settings,
                setup.workshop(),
                setup.executor(),
                setup.honest(),
                faults.nodes(),
                faults::eventWriting,
                faults::databaseError,
                faults::whitelistWithdrawn,
                commitment -> seeds.apply(commitment)));
        this.operations = engine.operations();
        this.http = new RelayHttp(engine.requests(), faults.skewed(time.clock()), settings.maxBodyBytes());
        this.paths = new PathHandler(faults.before(http.handler()));
        this.server = Undertow.builder()
                .addHttpListener(address.port(), address.host())
                .setIoThreads(IO_THREADS)
                .setWorkerThreads(WORKER_THREADS)
                .setHandler(paths)
                .build();
    }

    /**
     * Serves other paths on the same port, without the Relay's faults.
     *
     * @param prefix of the paths; the handler sees the rest
     */
    public void serve(String prefix, HttpHandler handler) {
        paths.addPrefixPath(prefix, handler);
    }

    /**
     * Opens the port and lets the time pass.
     *
     * @throws RuntimeException when the port cannot be opened; the cause is a {@link java.net.BindException}
     */
    public void start() {
        server.start();
        var bound = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        url = "http://" + address.authority(bound.getPort());
        engine.start();
        time.start();
    }

    @Override
    public void close() {
        server.stop();
        time.close();
    }

    /** URL of the Relay, {@code http://host:port}, without a trailing slash; known once it is started. */
    public String url() {
        if (url == null) {
            throw new IllegalStateException("The Relay is not started");
        }
        return url;
    }

    /** The settings that the network runs with. */
    public RelayNetworkSettings settings() {
        return settings;
    }

    /** The faults that can be switched on. */
    public RelayNetworkFaults faults() {
        return faults;
    }

    /** The network's time: that of the clock that it follows, and what was advanced. */
    public Instant now() {
        return time.now();
    }

    /**
     * Advances the network's clock. What becomes due happens in order before this returns: tasks start, nodes compute and
     * upload, deadlines pass, payments are booked.
     */
    public void advance(Duration duration) {
        time.advance(duration);
    }

    /**
     * Sets where sampling seeds come from. A seed decides with the creator's key whether the task is sampled, so a test that
     * knows the key can choose which tasks are.
     *
     * @param newSeeds gives the seed of a commitment, 32 bytes as hex with {@code 0x}; called with the network's lock held
     */
    public void samplingSeeds(UnaryOperator<String> newSeeds) {
        this.seeds = newSeeds;
    }

    /** Gives out the tasks that can start, without waiting for the next round; returns whether any did. */
    public boolean dispatch() {
        return operations.dispatch();
    }

    /** All tasks, in the order of their creation. */
    public List<RelayTask> tasks() {
        return operations.tasks();
    }

    /** The task with that commitment; empty when there is none, or none any more. */
    public Optional<RelayTask> task(String commitment) {
        return operations.task(commitment);
    }

    /** When a task ends if nothing happens; empty once it has ended. */
    public Optional<Instant> deadline(String commitment) {
        return operations.deadline(commitment);
    }

    /** The tasks that share a task id, as far as validations have revealed it. */
    public Collection<List<RelayTask>> groups() {
        return operations.groups();
    }

    /** The result files of a task, in order; empty before their upload. The arrays must not be changed. */
    public List<byte[]> results(String commitment) {
        return operations.files(commitment);
    }

    /** All nodes, also those that have left. */
    public List<RelayNode> nodes() {
        return operations.nodes();
    }

    /** What an account has, in wei. The Relay's balance call can show another amount, see {@link #restart}. */
    public BigInteger balance(String account) {
        return operations.balance(account);
    }

    /** Payments, refunds and income of an account, also those that are not booked yet; oldest first. */
    public List<LedgerRow> movements(String account) {
        return operations.movements(account);
    }

    /** Books payments, refunds and income that are older than that, as the Relay does every two seconds. */
    public void book(Duration age) {
        operations.book(now().minus(age));
    }

    /** Credits a deposit, in wei, as if it had come over a chain. */
    public void deposit(String account, BigInteger amount) {
        operations.deposit(account, amount);
    }

    /** Lets a node join. */
    public void join(RelayNode node) {
        operations.join(node);
    }

    /** Throws a node out; the task that it has ends with a refund. */
    public void slash(String node) {
        operations.slash(node);
    }

    /** Lets only creators on the whitelist create tasks, or all. */
    public void whitelistOnly(boolean on) {
        operations.whitelist(on);
    }

    /** Puts a creator on the whitelist, or takes it off. */
    public void whitelist(String creator, boolean on) {
        operations.listed(creator, on);
    }

    /** Makes a back-up of the Relay's database. */
    public Backup backup() {
        return operations.backup();
    }

    /**
     * Replaces the Relay's database by an older one: tasks, payments and events since then never were, and sequences and ids are
     * given again.
     */
    public void restore(Backup backup) {
        operations.restore(backup);
    }

    /**
     * Ends the Relay and starts it again. Tasks continue. Until the next restart the balance call lacks the payments and refunds
     * that were not booked, those of the last two seconds at most. Old tasks and events are purged as the settings say.
     */
    public void restart() {
        operations.startAgain(settings.retention());
    }

    /** Deletes ended tasks that have not changed for that time, and events that old. */
    public void purge(Duration age) {
        operations.purge(age);
    }

    /** Makes tasks and their events older, so that {@link #purge} finds them. */
    public void age(Set<String> commitments, Duration by) {
        operations.age(commitments, by);
    }

    /** Number of requests answered, by endpoint ("GET /v1/now") and HTTP status; a snapshot. */
    public SortedMap<String, SortedMap<Integer, Long>> requestCounts() {
        return http.requestCounts();
    }
}
