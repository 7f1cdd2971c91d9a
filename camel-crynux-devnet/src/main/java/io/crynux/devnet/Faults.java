// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import io.crynux.devnet.contract.ContractFaults;
import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.node.NodeFaults;
import io.crynux.devnet.relay.RelayFaults;
import io.crynux.devnet.rpc.RpcFaults;
import java.util.List;
import java.util.stream.Stream;

/**
 * The faults of a devnet, which can be switched on while it runs. Each method that starts a fault returns it; the returned
 * fault can be limited and ended:
 *
 * <pre>{@code
 * devnet.faults().rpc().respond429(Duration.ofSeconds(1)).times(3);
 * devnet.faults().relay().behind(Duration.ofSeconds(10));
 * devnet.faults().nodes().cheat(1).times(2);
 * devnet.faults().nodes().pause().during(Duration.ofSeconds(3));
 * devnet.faults().clear();
 * }</pre>
 *
 * Actions on the chain itself, such as a reorganisation, are at {@link CrynuxDevnet#chain}.
 */
public final class Faults {
    private final RpcFaults rpc;
    private final ContractFaults contract;
    private final RelayFaults relay;
    private final NodeFaults nodes;

    Faults(RpcFaults rpc, ContractFaults contract, RelayFaults relay, NodeFaults nodes) {
        this.rpc = rpc;
        this.contract = contract;
        this.relay = relay;
        this.nodes = nodes;
    }

    /** Faults of the chain's JSON-RPC. */
    public RpcFaults rpc() {
        return rpc;
    }

    /** Faults of the Task contract's transactions. */
    public ContractFaults contract() {
        return contract;
    }

    /** Faults of the Relay. */
    public RelayFaults relay() {
        return relay;
    }

    /** Faults of the nodes. */
    public NodeFaults nodes() {
        return nodes;
    }

    /** The faults that are on. */
    public List<Fault> on() {
        return Stream.of(rpc.on(), contract.on(), relay.on(), nodes.on())
                .flatMap(List::stream)
                .toList();
    }

    /** Ends all faults. */
    public void clear() {
        rpc.clear();
        contract.clear();
        relay.clear();
        nodes.clear();
    }
}
