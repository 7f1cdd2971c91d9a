// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.node;

import io.crynux.devnet.relaynet.task.TaskOrder;
import io.crynux.devnet.relaynet.task.TaskVersion;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A node as the Relay has it. Immutable.
 *
 * @param address with EIP-55 checksum
 * @param gpuName with platform, such as {@code NVIDIA GeForce RTX 4090+Linux}
 * @param gpuVram in GB
 * @param version of its software
 * @param models ids of the models on its disk, in lower case
 * @param inUse ids of the models of its last task
 * @param task commitment of the task that it has; empty for none
 */
public record RelayNode(
        String address,
        String gpuName,
        long gpuVram,
        TaskVersion version,
        Set<String> models,
        List<String> inUse,
        NodeStatus status,
        String task) {
    private static final String MAC = "+Darwin";
    private static final String BASE = "base:";

    public RelayNode {
        models = Collections.unmodifiableSet(new LinkedHashSet<>(models));
        inUse = List.copyOf(inUse);
    }

    /** A node that is free. */
    public static RelayNode idle(
            String address, String gpuName, long gpuVram, TaskVersion version, Set<String> models) {
        return new RelayNode(address, gpuName, gpuVram, version, models, List.of(), NodeStatus.IDLE, "");
    }

    /** Whether its hardware and software fit the task, whatever models it has. */
    public boolean fits(TaskOrder order) {
        boolean named = !order.requiredGpu().isEmpty();
        boolean hardware = named
                ? gpuName.equals(order.requiredGpu()) && gpuVram == order.requiredGpuVram()
                : gpuVram >= order.minVram();
        boolean platform = named || order.type() != TaskOrder.TEXT || !gpuName.endsWith(MAC);
        return hardware && platform && version.runs(order.version());
    }

    /** Whether it has the base models of the task; a task without any needs none. */
    public boolean hasModels(TaskOrder order) {
        return order.modelIds().stream().filter(id -> id.startsWith(BASE)).allMatch(models::contains);
    }

    /** The node with a task. */
    public RelayNode busyWith(TaskOrder order) {
        return new RelayNode(
                address, gpuName, gpuVram, version, models, order.modelIds(), NodeStatus.BUSY, order.commitment());
    }

    /** The node whose task has ended; it leaves the network if it was asked to. */
    public RelayNode released() {
        return status == NodeStatus.BUSY
                ? new RelayNode(address, gpuName, gpuVram, version, models, inUse, NodeStatus.IDLE, "")
                : gone();
    }

    /** The node, asked to leave: at once if it is free. */
    public RelayNode quitting() {
        return switch (status) {
            case BUSY -> new RelayNode(address, gpuName, gpuVram, version, models, inUse, NodeStatus.LEAVING, task);
            case IDLE -> gone();
            case LEAVING, LEFT -> this;
        };
    }

    /** The node, out of the network whatever it does. Nobody knows of its models any more. */
    public RelayNode gone() {
        return new RelayNode(address, gpuName, gpuVram, version, Set.of(), List.of(), NodeStatus.LEFT, "");
    }

    /** The node with one more model on its disk. */
    public RelayNode with(String model) {
        Set<String> more = new LinkedHashSet<>(models);
        more.add(model);
        return new RelayNode(address, gpuName, gpuVram, version, more, inUse, status, task);
    }
}
