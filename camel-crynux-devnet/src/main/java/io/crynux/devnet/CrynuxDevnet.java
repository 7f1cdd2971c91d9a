// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import io.crynux.devnet.chain.Chain;
import io.crynux.devnet.relay.Relay;
import java.util.List;

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
 * <p>Both servers listen on the loopback interface, unless {@link CrynuxDevnetBuilder#host} says otherwise. May be used by
 * several threads.
 */
public final class CrynuxDevnet implements AutoCloseable {
    private final List<DevnetAccount> accounts;
    private final List<DevnetAccount> nodes;
    private final Chain chain;
    private final Relay relay;
    private final Faults faults;
    private final Closing closing;

    CrynuxDevnet(
            List<DevnetAccount> accounts,
            List<DevnetAccount> nodes,
            Chain chain,
            Relay relay,
            Faults faults,
            Closing closing) {
        this.accounts = List.copyOf(accounts);
        this.nodes = List.copyOf(nodes);
        this.chain = chain;
        this.relay = relay;
        this.faults = faults;
        this.closing = closing;
    }

    /** A devnet to be configured and started. */
    public static CrynuxDevnetBuilder builder() {
        return new CrynuxDevnetBuilder();
    }

    /** A devnet with every default, on free ports. */
    public static CrynuxDevnet start() {
        return builder().start();
    }

    /** Where the chain's JSON-RPC is, {@code http://host:port}. */
    public String rpcUrl() {
        return chain.rpcUrl();
    }

    /** Where the chain's JSON-RPC is over WebSockets, {@code ws://host:port}, with eth_subscribe: on the same port. */
    public String webSocketUrl() {
        return chain.webSocketUrl();
    }

    /** Where the Relay is, {@code http://host:port}, without a slash at the end. */
    public String relayUrl() {
        return relay.url();
    }

    /** The address of the Task contract. */
    public String contractAddress() {
        return chain.contractAddress();
    }

    public long chainId() {
        return chain.chainId();
    }

    /**
     * A funded account to create tasks with.
     *
     * @param index from 0; the same account on every devnet
     * @throws IndexOutOfBoundsException when there are not so many
     */
    public DevnetAccount account(int index) {
        return accounts.get(index);
    }

    /** The funded accounts, in order. */
    public List<DevnetAccount> accounts() {
        return accounts;
    }

    /** The accounts of the nodes, which pay their transactions and get the fees. */
    public List<DevnetAccount> nodes() {
        return nodes;
    }

    /** What goes wrong, on demand. */
    public Faults faults() {
        return faults;
    }

    /** The chain, to make blocks and take them back, to travel in time, and to let nodes join and leave. */
    public Chain chain() {
        return chain;
    }

    /** The Relay, to see what was asked of it. */
    public Relay relay() {
        return relay;
    }

    /** Stops everything; closing again does nothing. */
    @Override
    public void close() {
        closing.close();
    }
}
