// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import io.crynux.devnet.chain.Chain;
import io.crynux.devnet.relay.Relay;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A whole Crynux network in one JVM: a chain with the Task contract behind JSON-RPC, a Relay behind HTTP, and simulated
 * nodes that answer with drawn pictures and prepared texts. To develop with and to test with; everything is in memory and
 * forgotten when it is closed.
 *
 * <pre>{@code
 * try (CrynuxDevnet devnet = CrynuxDevnet.builder().blockTime(Duration.ofMillis(100)).start()) {
 *     connect(devnet.rpcUrl(), devnet.relayUrl(), devnet.contractAddress(), devnet.account(0).privateKey());
 * }
 * }</pre>
 *
 * <p>It is a JUnit 5 extension, too. In a static field it runs for all tests of the class and of its nested ones, and after
 * each test the faults are switched off and the blocks go on; in a field of the instance each test has a network of its own.
 *
 * <pre>{@code
 * @RegisterExtension
 * static CrynuxDevnet devnet = CrynuxDevnet.builder().nodes(3).build();
 * }</pre>
 *
 * <p>Both servers listen on the loopback interface, unless {@link CrynuxDevnetBuilder#host} says otherwise. May be used by
 * several threads.
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

    /** A devnet to be configured and started. */
    public static CrynuxDevnetBuilder builder() {
        return new CrynuxDevnetBuilder();
    }

    /**
     * Starts it unless it runs: when this returns, both servers answer and the nodes have joined. One that was closed
     * starts again as a new, empty network, on other ports unless they are set.
     *
     * @return this
     * @throws RuntimeException when a port cannot be opened, with a {@link java.net.BindException} among its causes;
     *     nothing is left open then
     */
    public synchronized CrynuxDevnet start() {
        if (running == null) {
            running = starter.get();
        }
        return this;
    }

    private synchronized RunningNetwork running() {
        if (running == null) {
            throw new IllegalStateException("The devnet does not run. In a test, annotate its field with"
                    + " @RegisterExtension; elsewhere, call start()");
        }
        return running;
    }

    /** Where the chain's JSON-RPC is, {@code http://host:port}. */
    public String rpcUrl() {
        return chain().rpcUrl();
    }

    /** Where the chain's JSON-RPC is over WebSockets, {@code ws://host:port}, with eth_subscribe: on the same port. */
    public String webSocketUrl() {
        return chain().webSocketUrl();
    }

    /** Where the Relay is, {@code http://host:port}, without a slash at the end. */
    public String relayUrl() {
        return relay().url();
    }

    /** Where the status page is, to be opened in a browser: chain, tasks, nodes, wallets, faults and requests, live. */
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
     * @throws IndexOutOfBoundsException when there are not so many
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

    /** What goes wrong, on demand. */
    public Faults faults() {
        return running().faults();
    }

    /** The chain, to make blocks and take them back, to travel in time, and to let nodes join and leave. */
    public Chain chain() {
        return running().chain();
    }

    /** The Relay, to see what was asked of it. */
    public Relay relay() {
        return running().relay();
    }

    /** The tasks that arrived, to look at and to assert on. */
    public ArrivedTasks tasks() {
        RunningNetwork network = running();
        return new ArrivedTasks(network.board(), network.relay());
    }

    /** Stops everything; closing again does nothing. */
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
            running.faults().clear();
            running.chain().resumeBlocks();
        }
    }
}
