// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.node.NodeFaults;
import java.util.List;

/**
 * The faults of a devnet, switched on while it runs. Every method that begins a fault returns it, to limit it or to end it:
 *
 * <pre>{@code
 * devnet.faults().nodes().cheat(1).times(2);
 * devnet.faults().nodes().pause().during(Duration.ofSeconds(3));
 * devnet.faults().clear();
 * }</pre>
 *
 * What is done to the chain itself, as a reorg, is at {@link CrynuxDevnet#chain}.
 */
public final class Faults {
    private final NodeFaults nodes;

    Faults(NodeFaults nodes) {
        this.nodes = nodes;
    }

    /** Faults of the nodes. */
    public NodeFaults nodes() {
        return nodes;
    }

    /** Those that are on. */
    public List<Fault> on() {
        return nodes.on();
    }

    /** Switches all off. */
    public void clear() {
        nodes.clear();
    }
}
