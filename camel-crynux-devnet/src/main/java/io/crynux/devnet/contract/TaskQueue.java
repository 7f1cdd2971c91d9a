// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import io.crynux.devnet.ledger.State;
import io.crynux.devnet.ledger.StateKey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tasks that wait for nodes: grouped by what they need, so that three free nodes find the one with the highest price that they can run. */
final class TaskQueue {
    /** Tasks that the same nodes can do: of a type and a VRAM limit, for fine-tuning of a card. */
    private record Group(int type, BigInteger vramLimit, Gpu gpu) {
        static Group of(TaskRequest task) {
            return task.type() == TaskRequest.LORA
                    ? new Group(task.type(), BigInteger.ZERO, task.gpu())
                    : new Group(task.type(), task.vramLimit(), Gpu.ANY);
        }
    }

    private record GroupKey(Group group) implements StateKey<List<TaskRequest>> {}

    private record GroupsKey() implements StateKey<List<Group>> {}

    private record AllKey() implements StateKey<List<TaskRequest>> {}

    private final State state;

    TaskQueue(State state) {
        this.state = state;
    }

    int size() {
        return all().tasks().size();
    }

    Optional<TaskRequest> find(BigInteger id) {
        return id.bitLength() > 63 ? Optional.empty() : all().find(id.longValueExact());
    }

    TaskRequest cheapest() {
        return all().top();
    }

    /** Whether the task would be the first of its kind to wait. */
    boolean opensGroup(TaskRequest task) {
        return !groups().contains(Group.of(task));
    }

    void push(TaskRequest task) {
        Group group = Group.of(task);
        if (opensGroup(task)) {
            List<Group> groups = new ArrayList<>(groups());
            groups.add(group);
            state.put(new GroupsKey(), List.copyOf(groups));
        }
        PriceHeap inGroup = heap(group);
        inGroup.insert(task);
        state.put(new GroupKey(group), inGroup.tasks());
        PriceHeap all = all();
        all.insert(task);
        state.put(new AllKey(), all.tasks());
    }

    void remove(TaskRequest task) {
        Group group = Group.of(task);
        PriceHeap inGroup = heap(group);
        inGroup.remove(task.id());
        if (inGroup.tasks().isEmpty()) {
            state.remove(new GroupKey(group));
            List<Group> groups = new ArrayList<>(groups());
            groups.remove(group);
            state.put(new GroupsKey(), List.copyOf(groups));
        } else {
            state.put(new GroupKey(group), inGroup.tasks());
        }
        PriceHeap all = all();
        all.remove(task.id());
        state.put(new AllKey(), all.tasks());
    }

    /**
     * The task with the highest price that three nodes can run; never a task of price 0.
     *
     * @param leastVram of the three nodes
     * @param sameGpu the card of all three, {@link Gpu#ANY} when they differ
     */
    Optional<TaskRequest> best(BigInteger leastVram, Gpu sameGpu) {
        TaskRequest best = null;
        BigInteger price = BigInteger.ZERO;
        // Where prices are equal, fine-tuning goes before GPT, and GPT before Stable Diffusion.
        for (int type = TaskRequest.LORA; type >= TaskRequest.STABLE_DIFFUSION; type--) {
            for (Group group : groups()) {
                if (group.type() == type && fits(group, leastVram, sameGpu)) {
                    TaskRequest top = heap(group).top();
                    if (top.price().compareTo(price) > 0) {
                        best = top;
                        price = top.price();
                    }
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean fits(Group group, BigInteger leastVram, Gpu sameGpu) {
        return switch (group.type()) {
            case TaskRequest.LORA -> sameGpu.equals(group.gpu());
            case TaskRequest.GPT -> sameGpu.named() && group.vramLimit().compareTo(leastVram) <= 0;
            default -> group.vramLimit().compareTo(leastVram) <= 0;
        };
    }

    private List<Group> groups() {
        return state.get(new GroupsKey()).orElse(List.of());
    }

    private PriceHeap heap(Group group) {
        return PriceHeap.highestFirst(state.get(new GroupKey(group)).orElse(List.of()));
    }

    private PriceHeap all() {
        return PriceHeap.cheapestFirst(state.get(new AllKey()).orElse(List.of()));
    }
}
