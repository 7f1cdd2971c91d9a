// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import io.crynux.devnet.chain.Chain;
import io.crynux.devnet.chain.ChainAccess.Fate;
import io.crynux.devnet.contract.CrynuxContracts;
import io.crynux.devnet.node.NodeFaults;
import io.crynux.devnet.node.SimulatedNode;
import io.crynux.devnet.watch.TaskEvent;
import io.crynux.devnet.watch.TaskEventListener;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the nodes in the network: a node that the contract has removed, as it does with one that cheats, joins again, so that
 * a fault does not leave a devnet without nodes. Makes the nodes pause while that fault is on.
 */
final class NodeAttendance implements TaskEventListener {
    private static final Logger LOG = LoggerFactory.getLogger(NodeAttendance.class);
    private static final Duration INTERVAL = Duration.ofMillis(50);

    private final Chain chain;
    private final NodeFaults faults;
    private final Map<String, SimulatedNode> nodes;
    private final Set<String> unsettled = new HashSet<>();
    private final Map<String, String> sent = new HashMap<>();
    private boolean pausing;

    NodeAttendance(Chain chain, NodeFaults faults, Collection<SimulatedNode> nodes) {
        this.chain = chain;
        this.faults = faults;
        this.nodes = nodes.stream().collect(Collectors.toUnmodifiableMap(SimulatedNode::address, Function.identity()));
    }

    /** Runs this on the scheduler until the result is closed. */
    AutoCloseable start(ScheduledExecutorService scheduler) {
        ScheduledFuture<?> ticks = scheduler.scheduleWithFixedDelay(
                this::tick, INTERVAL.toNanos(), INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
        return () -> ticks.cancel(false);
    }

    @Override
    public synchronized void added(TaskEvent event) {
        if (event instanceof TaskEvent.NodeReleased released && nodes.containsKey(released.node())) {
            unsettled.add(released.node());
        }
    }

    @Override
    public void removed(TaskEvent event) {
        added(event);
    }

    private synchronized void tick() {
        if (pausing != faults.paused()) {
            pausing = !pausing;
            unsettled.addAll(nodes.keySet());
        }
        for (String address : List.copyOf(unsettled)) {
            try {
                if (settle(nodes.get(address))) {
                    unsettled.remove(address);
                    sent.remove(address);
                }
            } catch (RuntimeException e) {
                // An executor drops a periodic task that throws.
                LOG.warn("Node {} can neither join nor pause; trying again", address, e);
            }
        }
    }

    /** Takes a step towards the wanted status of the node, and returns whether it has it. */
    private boolean settle(SimulatedNode node) {
        String last = sent.get(node.address());
        if (last != null && chain.access().fate(last).kind() == Fate.Kind.WAITING) {
            return false;
        }
        switch (chain.nodeStatus(node.address())) {
            case AVAILABLE, BUSY -> {
                if (pausing) {
                    sent.put(node.address(), send(node, CrynuxContracts.pause()));
                }
                return !pausing;
            }
            case PAUSED -> {
                if (!pausing) {
                    sent.put(node.address(), send(node, CrynuxContracts.resume()));
                }
                return pausing;
            }
            case QUIT -> {
                if (chain.wasAskedToQuit(node.address())) {
                    return true;
                }
                LOG.info("The contract removed node {}; it joins again", node.address());
                sent.put(node.address(), chain.joinNode(node.address(), node.gpuName(), node.gpuVram()));
                return false;
            }
            case PENDING_QUIT -> {
                return true;
            }
            default -> {
                return pausing;
            }
        }
    }

    private String send(SimulatedNode node, String data) {
        return chain.access().send(node.account(), chain.nodeContractAddress(), data, BigInteger.ZERO);
    }
}
