// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.web3j.utils.Numeric;

/** The answer of getTask: a struct with everything about a started task, all zeros for any other. */
final class TaskInfo {
    private static final TaskRequest NO_REQUEST = new TaskRequest(
            0,
            0,
            Task.NO_NODE,
            Task.Round.ZERO,
            Task.Round.ZERO,
            BigInteger.ZERO,
            BigInteger.ZERO,
            BigInteger.ZERO,
            Gpu.ANY);
    private static final Task NO_TASK = new Task(
            NO_REQUEST, List.of(), 0, List.of(), List.of(), List.of(), false, Task.NO_NODE, false, BigInteger.ZERO);

    private TaskInfo() {}

    static String none(TaskContractVersion version) {
        return of(NO_TASK, version);
    }

    static String of(Task task, TaskContractVersion version) {
        TaskRequest request = task.request();
        AbiEncoder struct = new AbiEncoder()
                .number(request.id())
                .number(request.type())
                .address(request.creator())
                .bytes32(request.taskHash())
                .bytes32(request.dataHash())
                .number(request.vramLimit())
                .bool(task.success())
                .dynamic(addresses(task.nodes()))
                .dynamic(
                        words(task.rounds().stream().map(Task.Round::commitment).toList()))
                .dynamic(words(task.rounds().stream().map(Task.Round::nonce).toList()))
                .dynamic(numbers(task.commitOrder()))
                .dynamic(results(task))
                .dynamic(numbers(task.discloseOrder()))
                .address(task.resultNode())
                .bool(task.aborted())
                .number(task.timeout())
                .number(task.balance())
                .number(request.fee());
        if (version == TaskContractVersion.SEVEN_ARGUMENTS) {
            byte[] name = request.gpu().name().getBytes(StandardCharsets.UTF_8);
            struct.dynamic(AbiEncoder.bytes(name)).number(request.gpu().vram());
        }
        return new AbiEncoder().dynamic(struct.encoded()).hex();
    }

    private static byte[] addresses(List<String> values) {
        AbiEncoder elements = new AbiEncoder();
        values.forEach(elements::address);
        return AbiEncoder.array(values.size(), elements);
    }

    private static byte[] words(List<String> values) {
        AbiEncoder elements = new AbiEncoder();
        values.forEach(elements::bytes32);
        return AbiEncoder.array(values.size(), elements);
    }

    private static byte[] numbers(List<Integer> values) {
        AbiEncoder elements = new AbiEncoder();
        values.forEach(elements::number);
        return AbiEncoder.array(values.size(), elements);
    }

    private static byte[] results(Task task) {
        AbiEncoder elements = new AbiEncoder();
        task.rounds()
                .forEach(round -> elements.dynamic(AbiEncoder.bytes(Numeric.hexStringToByteArray(round.result()))));
        return AbiEncoder.array(task.rounds().size(), elements);
    }
}
