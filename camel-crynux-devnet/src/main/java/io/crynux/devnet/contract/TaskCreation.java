// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import java.math.BigInteger;
import java.util.List;

/** createTask: starts a task when three nodes are free, else lets it wait. */
final class TaskCreation {
    private final ContractCall call;

    TaskCreation(ContractCall call) {
        this.call = call;
    }

    void create() {
        boolean seven = call.settings.version() == TaskContractVersion.SEVEN_ARGUMENTS;
        Calldata data = call.data;
        BigInteger type = data.number(0);
        BigInteger cap = data.number(4);
        Gpu gpu = seven ? new Gpu(data.string(5), data.number(6)) : Gpu.ANY;
        BigInteger lastType = BigInteger.valueOf(seven ? TaskRequest.LORA : TaskRequest.GPT);
        call.use(GasCosts.REFUSED_TASK_TYPE);
        Reverts.require(type.compareTo(lastType) <= 0, "Invalid task type");
        Reverts.require(type.intValueExact() != TaskRequest.LORA || gpu.named(), "GPU name is empty");

        call.use(GasCosts.CREATE + (seven ? GasCosts.SEVEN_ARGUMENTS : 0));
        TaskRequest request = new TaskRequest(
                call.tasks.nextId(),
                type.intValueExact(),
                call.caller(),
                data.bytes32(1),
                data.bytes32(2),
                data.number(3),
                call.frame.value(),
                BigInteger.ZERO,
                gpu);

        boolean sameGpu = request.type() == TaskRequest.GPT || gpu.named();
        long newcomers = countFreeNewcomers();
        long among = GasCosts.startAmong(call.nodes.free().size());
        call.nodes
                .select(Task.ROUNDS, request.vramLimit(), sameGpu, gpu)
                .ifPresentOrElse(
                        nodes -> start(request, nodes, newcomers - countFreeNewcomers(), among),
                        () -> queue(request, cap));
    }

    private void start(TaskRequest request, List<String> nodes, long newcomers, long among) {
        call.frame.gas().useInnerCall(GasCosts.SELECT_NODES + among);
        call.events.taskPending(request);
        call.start(request, nodes);
        long sameGpu = request.type() == TaskRequest.GPT ? GasCosts.START_SAME_GPU : 0;
        call.frame
                .gas()
                .use(GasCosts.START + newcomers * GasCosts.START_NEWCOMER + sameGpu, GasCosts.startHeadroom(newcomers));
    }

    private long countFreeNewcomers() {
        return call.nodes.free().stream().filter(call.scores::newcomer).count();
    }

    private void queue(TaskRequest request, BigInteger cap) {
        call.frame.gas().useInnerCall(GasCosts.NO_NODES);
        boolean full = call.queue.size() == call.settings.queueSize();
        TaskRequest evicted = full ? call.queue.cheapest() : null;
        if (full) {
            call.queue.remove(evicted);
            call.events.taskAborted(evicted.id(), "Task fee is too low");
        }
        call.events.taskPending(request);
        if (cap.signum() == 0) {
            throw Reverts.panic(Reverts.DIVISION_BY_ZERO);
        }
        TaskRequest waiting = request.withPrice(request.fee().divide(cap));
        if (full) {
            boolean cheaper = waiting.price().compareTo(evicted.price()) < 0;
            call.frame
                    .gas()
                    .use(
                            cheaper ? GasCosts.EVICT_CHEAPER : GasCosts.EVICT,
                            cheaper ? GasCosts.EVICT_CHEAPER_HEADROOM : GasCosts.EVICT_HEADROOM);
        } else {
            call.frame.gas().use(GasCosts.QUEUE + extra(waiting), GasCosts.QUEUE_HEADROOM);
        }
        call.queue.push(waiting);
    }

    private long extra(TaskRequest waiting) {
        long newGroup = waiting.type() == TaskRequest.GPT ? GasCosts.QUEUE_NEW_GPT_GROUP : GasCosts.QUEUE_NEW_GROUP;
        return (call.queue.opensGroup(waiting) ? newGroup : 0) + (waiting.id() == 1 ? GasCosts.QUEUE_FIRST_TASK : 0);
    }
}
