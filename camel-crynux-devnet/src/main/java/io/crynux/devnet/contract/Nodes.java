// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import io.crynux.devnet.ledger.Frame;
import io.crynux.devnet.ledger.State;
import io.crynux.devnet.ledger.StateKey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The nodes that have joined, which of them are free, and what becomes of them. */
final class Nodes {
    private record NodeKey(String address) implements StateKey<Node> {}

    private record CountKey() implements StateKey<Integer> {}

    /** The free nodes, the longest free one first. */
    private record FreeKey() implements StateKey<List<String>> {}

    private final State state;
    private final NodeScores scores;
    private final Events events;
    private final NodeSelection selection;
    private final Consumer<String> whenFree;

    /**
     * Reads and writes the nodes of a frame.
     *
     * @param whenFree is called with each node that has become free
     */
    Nodes(Frame frame, NodeScores scores, Events events, NodeSelection selection, Consumer<String> whenFree) {
        this.state = frame.state();
        this.scores = scores;
        this.events = events;
        this.selection = selection;
        this.whenFree = whenFree;
    }

    NodeStatus status(String address) {
        return find(address).map(Node::status).orElse(NodeStatus.QUIT);
    }

    Optional<Node> find(String address) {
        return state.get(new NodeKey(address));
    }

    private Node get(String address) {
        return find(address).orElseThrow(() -> Reverts.error("Illegal node status"));
    }

    /** How many have joined. */
    int count() {
        return state.get(new CountKey()).orElse(0);
    }

    List<String> free() {
        return state.get(new FreeKey()).orElse(List.of());
    }

    void join(String address, Gpu gpu, BigInteger stake) {
        Reverts.require(status(address) == NodeStatus.QUIT, "Node already joined");
        put(address, new Node(NodeStatus.AVAILABLE, gpu, stake));
        state.put(new CountKey(), count() + 1);
        setFree(address);
    }

    void quit(String address) {
        switch (status(address)) {
            case AVAILABLE -> {
                setTaken(address);
                leave(address, address);
            }
            case PAUSED -> leave(address, address);
            case BUSY -> put(address, get(address).with(NodeStatus.PENDING_QUIT));
            default -> throw Reverts.error("Illegal node status");
        }
    }

    void pause(String address) {
        switch (status(address)) {
            case AVAILABLE -> {
                put(address, get(address).with(NodeStatus.PAUSED));
                setTaken(address);
            }
            case BUSY -> put(address, get(address).with(NodeStatus.PENDING_PAUSE));
            default -> throw Reverts.error("Illegal node status");
        }
    }

    void resume(String address) {
        Reverts.require(status(address) == NodeStatus.PAUSED, "Illegal node status");
        put(address, get(address).with(NodeStatus.AVAILABLE));
        setFree(address);
    }

    /** Takes the nodes for a task out of the free ones, in the order of its rounds; none when there are not enough. */
    Optional<List<String>> select(int count, BigInteger vramLimit, boolean sameGpu, Gpu gpu) {
        int checkpoint = state.checkpoint();
        Gpu wanted = gpu;
        List<String> selected = new ArrayList<>();
        while (selected.size() < count) {
            List<String> candidates = candidates(vramLimit, sameGpu, wanted, count);
            if (candidates.isEmpty()) {
                state.rollback(checkpoint);
                return Optional.empty();
            }
            String node = selection.select(candidates);
            startTask(node);
            selected.add(node);
            wanted = sameGpu ? get(node).gpu() : wanted;
        }
        return Optional.of(selected);
    }

    /** A card that the creator names is taken whatever its VRAM; else every node needs enough, and GPT a group of equals. */
    private List<String> candidates(BigInteger vramLimit, boolean sameGpu, Gpu wanted, int count) {
        if (sameGpu && wanted.named()) {
            return free().stream()
                    .filter(node -> get(node).gpu().equals(wanted))
                    .toList();
        }
        Map<Gpu, Integer> groups = new HashMap<>();
        free().forEach(node -> groups.merge(get(node).gpu(), 1, Integer::sum));
        int leastInGroup = sameGpu ? count : 1;
        return free().stream()
                .filter(node -> get(node).gpu().vram().compareTo(vramLimit) >= 0
                        && groups.get(get(node).gpu()) >= leastInGroup)
                .toList();
    }

    /** The nodes that could start a waiting task together with one that has just become free; none when there are too few. */
    Optional<List<String>> selectWith(String root, int count) {
        List<String> others = free().stream().filter(node -> !node.equals(root)).toList();
        if (others.size() < count - 1) {
            return Optional.empty();
        }
        Gpu gpu = get(root).gpu();
        List<String> equals =
                others.stream().filter(node -> get(node).gpu().equals(gpu)).toList();
        List<String> preferred = new ArrayList<>(equals);
        if (equals.size() < count - 1) {
            preferred = new ArrayList<>(others);
            preferred.sort((a, b) -> get(b).gpu().vram().compareTo(get(a).gpu().vram()));
        }
        List<String> selected = new ArrayList<>();
        selected.add(root);
        selected.addAll(preferred.subList(0, count - 1));
        return Optional.of(selected);
    }

    void startTask(String address) {
        Reverts.require(status(address) == NodeStatus.AVAILABLE, "Node is not available");
        setTaken(address);
        put(address, get(address).with(NodeStatus.BUSY));
        scores.startTask(address);
    }

    void finishTask(String address) {
        NodeStatus status = status(address);
        Reverts.require(status.working(), "Illegal node status");
        if (scores.tooLow(address)) {
            scores.forgetTasks(address);
            leave(address, address);
            events.nodeKickedOut(address);
        } else if (status == NodeStatus.BUSY) {
            put(address, get(address).with(NodeStatus.AVAILABLE));
            setFree(address);
        } else if (status == NodeStatus.PENDING_QUIT) {
            leave(address, address);
        } else {
            put(address, get(address).with(NodeStatus.PAUSED));
        }
    }

    void slash(String address) {
        Reverts.require(status(address).working(), "Illegal node status");
        scores.forgetTasks(address);
        leave(address, CrynuxContracts.OWNER);
        events.nodeSlashed(address);
    }

    private void leave(String address, String stakeTo) {
        state.transfer(CrynuxContracts.NODE, stakeTo, get(address).stake());
        state.remove(new NodeKey(address));
        state.put(new CountKey(), count() - 1);
    }

    private void put(String address, Node node) {
        state.put(new NodeKey(address), node);
    }

    private void setFree(String address) {
        List<String> free = new ArrayList<>(free());
        free.add(address);
        state.put(new FreeKey(), List.copyOf(free));
        whenFree.accept(address);
    }

    private void setTaken(String address) {
        List<String> free = new ArrayList<>(free());
        free.remove(address);
        state.put(new FreeKey(), List.copyOf(free));
    }
}
