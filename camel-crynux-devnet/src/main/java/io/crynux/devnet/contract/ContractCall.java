// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import io.crynux.devnet.ledger.Frame;
import java.math.BigInteger;
import java.util.List;

/** One call of a contract, with what the parts of the contracts share during it. */
final class ContractCall {
    final Frame frame;
    final ContractSettings settings;
    final Calldata data;
    final Events events;
    final Tasks tasks;
    final TaskQueue queue;
    final NodeScores scores;
    final Nodes nodes;

    ContractCall(Frame frame, ContractSettings settings) {
        this.frame = frame;
        this.settings = settings;
        this.data = new Calldata(frame.input());
        this.events = new Events(frame, settings.indexedTaskIds());
        this.tasks = new Tasks(frame.state());
        this.queue = new TaskQueue(frame.state());
        this.scores = new NodeScores(frame.state());
        this.nodes = new Nodes(frame, scores, events, settings.nodeSelection(), this::startWaitingTask);
    }

    String caller() {
        return frame.caller();
    }

    void use(long gas) {
        frame.gas().use(gas);
    }

    /** Charges for work at whose end storage is freed. */
    void useAndFree(long gas) {
        frame.gas().use(gas, GasCosts.headroomOfFreedStorage(gas));
    }

    void pay(String to, BigInteger amount) {
        Reverts.require(frame.state().transfer(CrynuxContracts.TASK, to, amount), "Token transfer failed");
    }

    /** Charges what a refusal costs, unless the condition holds, and refuses. */
    void require(boolean condition, long gas, String reason) {
        if (!condition) {
            use(gas);
            throw Reverts.error(reason);
        }
    }

    void require(boolean condition, String reason) {
        require(condition, GasCosts.REFUSED, reason);
    }

    /** Gives a task to nodes that are taken already. */
    void start(TaskRequest request, List<String> selected) {
        long timeout = frame.block().timestamp() + settings.taskTimeout().toSeconds();
        tasks.put(Task.started(request, selected, timeout));
        for (int round = 0; round < selected.size(); round++) {
            tasks.assign(selected.get(round), request.id());
            events.taskStarted(request, selected.get(round), round);
        }
    }

    /** A node has become free: with three free nodes, the task with the highest price that they can run starts. */
    private void startWaitingTask(String freed) {
        if (queue.size() == 0) {
            return;
        }
        nodes.selectWith(freed, Task.ROUNDS).ifPresent(selected -> {
            List<Gpu> gpus = selected.stream()
                    .map(node -> nodes.find(node).orElseThrow().gpu())
                    .toList();
            BigInteger leastVram =
                    gpus.stream().map(Gpu::vram).min(BigInteger::compareTo).orElseThrow();
            Gpu sameGpu = gpus.stream().distinct().count() == 1 ? gpus.get(0) : Gpu.ANY;
            queue.best(leastVram, sameGpu).ifPresent(task -> {
                queue.remove(task);
                selected.forEach(nodes::startTask);
                start(task.withPrice(BigInteger.ZERO).withoutGpu(), selected);
                use(GasCosts.START_WAITING);
            });
        });
    }
}
