// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.engine;

import io.crynux.devnet.relaynet.arguments.Pricing;
import io.crynux.devnet.relaynet.node.NodeStatus;
import io.crynux.devnet.relaynet.node.RelayNode;
import io.crynux.devnet.relaynet.node.RelayNodeFaults;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import io.crynux.devnet.relaynet.task.RelayTask;
import io.crynux.devnet.relaynet.task.TaskOrder;
import io.crynux.devnet.relaynet.time.NetworkTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gives tasks to nodes: by priority, to a free node that fits (relay.md, section 6.1). Where no node has a base model, nodes
 * that would fit are told to download it.
 */
final class Dispatcher {
    private static final String BASE = "base:";

    private final NetworkTime time;
    private final Database database;
    private final EventWriter events;
    private final RelayNodeFaults faults;
    private final NodeWork work;
    private final RelayNetworkSettings settings;
    private final Set<String> downloading = new HashSet<>();
    private int turn;

    Dispatcher(
            NetworkTime time,
            Database database,
            EventWriter events,
            RelayNodeFaults faults,
            NodeWork work,
            RelayNetworkSettings settings) {
        this.time = time;
        this.database = database;
        this.events = events;
        this.faults = faults;
        this.work = work;
        this.settings = settings;
    }

    /** Gives out what can start now; returns whether anything did. */
    boolean round() {
        if (database.isAway()) {
            return false;
        }
        List<RelayNode> free = new ArrayList<>(database.store().nodes().stream()
                .filter(node -> node.status() == NodeStatus.IDLE)
                .toList());
        boolean any = false;
        for (RelayTask task : List.copyOf(database.store().queue())) {
            if (free.isEmpty()) {
                break;
            }
            if (faults.mayStart(task)) {
                Optional<RelayNode> node = choose(
                        task.order(),
                        free.stream().filter(one -> faults.allows(task, one)).toList());
                node.ifPresent(free::remove);
                node.ifPresent(one -> start(task, one));
                any |= node.isPresent();
            }
        }
        return any;
    }

    /** A node that has the models in use, or else the next one in turn. */
    private Optional<RelayNode> choose(TaskOrder order, List<RelayNode> free) {
        List<RelayNode> fitting = free.stream().filter(node -> node.fits(order)).toList();
        List<RelayNode> able =
                fitting.stream().filter(node -> node.hasModels(order)).toList();
        if (able.isEmpty()) {
            fitting.stream().findFirst().ifPresent(node -> download(order, node));
            return Optional.empty();
        }
        return able.stream()
                .filter(node -> node.inUse().equals(order.modelIds()))
                .findFirst()
                .or(() -> Optional.of(able.get(Math.floorMod(turn++, able.size()))));
    }

    private void download(TaskOrder order, RelayNode node) {
        Store store = database.store();
        for (String model : order.modelIds()) {
            boolean known = store.nodes().stream()
                    .anyMatch(one -> one.fits(order) && one.models().contains(model));
            if (model.startsWith(BASE) && !known && downloading.add(model)) {
                events.download(node, model, order.type());
                time.after(settings.downloadTime(), () -> {
                    downloading.remove(model);
                    database.store().node(node.address()).ifPresent(one -> database.store()
                            .put(one.with(model)));
                });
            }
        }
    }

    private void start(RelayTask task, RelayNode node) {
        RelayTask started = task.dispatched(
                node.address(),
                timeout(task.order(), !node.inUse().equals(task.order().modelIds())),
                time.now());
        database.store().put(started);
        database.store().put(node.busyWith(task.order()));
        events.started(started);
        work.begin(started);
    }

    private long timeout(TaskOrder order, boolean switchesModel) {
        if (order.isFineTuning()) {
            return order.timeout();
        }
        Duration computed = Duration.ofSeconds(Pricing.executionTimeout(order.type(), order.workload(), switchesModel));
        return max(settings.minExecutionTimeout(), min(computed, settings.maxExecutionTimeout()))
                .toSeconds();
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
