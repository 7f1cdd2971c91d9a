// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import io.crynux.devnet.chain.Chain;
import io.crynux.devnet.relay.Relay;
import io.crynux.devnet.relaynet.RelayNetwork;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A whole Crynux network in one JVM. By default it is the classic network: a chain with the Task contract behind JSON-RPC, a Relay behind HTTP, and simulated
 * nodes that answer with drawn pictures and prepared texts. For development and tests. Everything is in memory and is lost
 * when the devnet is closed.
 *
 * <pre>{@code
 * try (CrynuxDevnet devnet = CrynuxDevnet.builder().blockTime(Duration.ofMillis(100)).start()) {
 *     connect(devnet.rpcUrl(), devnet.relayUrl(), devnet.contractAddress(), devnet.account(0).privateKey());
 * }
 * }</pre>
 *
 * <p>With {@link CrynuxDevnetBuilder#protocol protocol(RELAY)} it is the network of today, without a chain; see {@link
 * #network}.
 *
 * <p>It is also a JUnit 5 extension. In a static field, one network serves all tests of the class and of its nested classes;
 * after each test all faults end and paused blocks resume. In an instance field, each test gets its own network.
 *
 * <pre>{@code
 * @RegisterExtension
 * static CrynuxDevnet devnet = CrynuxDevnet.builder().nodes(3).build();
 * }</pre>
 *
 * <p>Both servers listen on the loopback interface, unless {@link CrynuxDevnetBuilder#host} sets another address.
 * Thread-safe.
 */
public final class CrynuxDevnet
        implements AutoCloseable, BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    /** Where the status page is on the Relay's port. */
    static final String PAGE = Control.PREFIX + "/";

    private final Supplier<RunningNetwork> starter;
    private RunningNetwork running;
    /** Test classes and tests that are between their before and their after. */
    private int users;

    CrynuxDevnet(Supplier<RunningNetwork> starter) {
        this.starter = starter;
    }

    /** Returns a builder that configures and starts a devnet. */
    public static CrynuxDevnetBuilder builder() {
        return new CrynuxDevnetBuilder();
    }

    /**
     * Starts the network if it is not running. When this returns, both servers answer and the nodes have joined. After
     * {@link #close} a new, empty network starts, on other ports unless they are set.
     *
     * @return this
     * @throws RuntimeException when a port cannot be opened, with a {@link java.net.BindException} among its causes;
     *     nothing stays open
     */
    public synchronized CrynuxDevnet start() {
        if (running == null) {
            running = starter.get();
        }
        return this;
    }

    private synchronized RunningNetwork running() {
        if (running == null) {
            throw new IllegalStateException("The devnet is not running. In a test, annotate its field with"
                    + " @RegisterExtension; elsewhere, call start()");
        }
        return running;
    }

    private ClassicNetwork classic() {
        if (running() instanceof ClassicNetwork network) {
            return network;
        }
        throw new UnsupportedOperationException(
                "A devnet of the network of today has no chain, and other faults and tasks;"
                        + " use network(), or build it without protocol(RELAY)");
    }

    /**
     * The network of today: accounts, tasks, nodes, faults and clock of a devnet with {@link Protocol#RELAY}.
     *
     * @throws UnsupportedOperationException when this is a devnet of the classic network
     */
    public RelayNetwork network() {
        if (running() instanceof TodaysNetwork today) {
            return today.network();
        }
        throw new UnsupportedOperationException("A devnet of the classic network has a chain; use chain(), relay() and"
                + " faults(), or build it with protocol(RELAY)");
    }

    /** URL of the chain's JSON-RPC, {@code http://host:port}. */
    public String rpcUrl() {
        return chain().rpcUrl();
    }

    /** URL of the chain's JSON-RPC over WebSockets, {@code ws://host:port}, with eth_subscribe; the same port as HTTP. */
    public String webSocketUrl() {
        return chain().webSocketUrl();
    }

    /** URL of the Relay, {@code http://host:port}, without a trailing slash. */
    public String relayUrl() {
        return running().relayUrl();
    }

    /** URL of the status page, which shows chain, tasks, nodes, wallets, faults and requests live in a browser. */
    public String pageUrl() {
        return relay().url() + PAGE;
    }

    /** The address of the Task contract. */
    public String contractAddress() {
        return chain().contractAddress();
    }

    public long chainId() {
        return chain().chainId();
    }

    /**
     * A funded account to create tasks with.
     *
     * @param index from 0; the same account on every devnet
     * @throws IndexOutOfBoundsException when there are fewer accounts
     */
    public DevnetAccount account(int index) {
        return accounts().get(index);
    }

    /** The funded accounts, in order. */
    public List<DevnetAccount> accounts() {
        return running().accounts();
    }

    /** The accounts of the nodes, which pay their transactions and get the fees. */
    public List<DevnetAccount> nodes() {
        return running().nodes();
    }

    /** The faults that can be switched on. */
    public Faults faults() {
        return classic().faults();
    }

    /** The chain: mines and reverts blocks, advances the time, lets nodes join and leave. */
    public Chain chain() {
        return classic().chain();
    }

    /** The Relay, with the counts of its requests. */
    public Relay relay() {
        return classic().relay();
    }

    /** The tasks that arrived, with assertions for tests. */
    public ArrivedTasks tasks() {
        ClassicNetwork network = classic();
        return new ArrivedTasks(network.board(), network.relay());
    }

    /** Stops the network; closing it again has no effect. */
    @Override
    public synchronized void close() {
        if (running != null) {
            running.closing().close();
            running = null;
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        used();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        used();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        unused();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        unused();
    }

    private synchronized void used() {
        start();
        users++;
    }

    /** What a test switched on does not reach the next one; the last one to go closes the network. */
    private synchronized void unused() {
        users--;
        if (users == 0) {
            close();
        } else if (running != null) {
            running.reset();
        }
    }
}
