// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import io.crynux.devnet.ledger.Frame;
import io.crynux.devnet.ledger.Log;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** The events of the contracts, as their logs. */
final class Events {
    private static final String TASK_PENDING = topic("TaskPending(uint256,uint256,address,bytes32,bytes32)");
    private static final String TASK_STARTED =
            topic("TaskStarted(uint256,uint256,address,address,bytes32,bytes32,uint256)");
    private static final String COMMITMENTS_READY = topic("TaskResultCommitmentsReady(uint256)");
    private static final String TASK_SUCCESS = topic("TaskSuccess(uint256,bytes,address)");
    private static final String TASK_ABORTED = topic("TaskAborted(uint256,string)");
    private static final String RESULT_UPLOADED = topic("TaskResultUploaded(uint256)");
    private static final String NODE_SUCCESS = topic("TaskNodeSuccess(uint256,address,uint256)");
    private static final String TASK_NODE_SLASHED = topic("TaskNodeSlashed(uint256,address)");
    private static final String NODE_CANCELLED = topic("TaskNodeCancelled(uint256,address)");
    private static final String NODE_SLASHED = topic("NodeSlashed(address)");
    private static final String NODE_KICKED_OUT = topic("NodeKickedOut(address)");

    private final Frame frame;
    private final boolean indexedTaskIds;

    Events(Frame frame, boolean indexedTaskIds) {
        this.frame = frame;
        this.indexedTaskIds = indexedTaskIds;
    }

    private static String topic(String signature) {
        return Hash.sha3String(signature);
    }

    void taskPending(TaskRequest task) {
        AbiEncoder data = new AbiEncoder()
                .number(task.id())
                .number(task.type())
                .bytes32(task.taskHash())
                .bytes32(task.dataHash());
        task(data.hex(), TASK_PENDING, word(task.creator()));
    }

    void taskStarted(TaskRequest task, String node, int round) {
        AbiEncoder data = new AbiEncoder()
                .number(task.id())
                .number(task.type())
                .bytes32(task.taskHash())
                .bytes32(task.dataHash())
                .number(round);
        task(data.hex(), TASK_STARTED, word(task.creator()), word(node));
    }

    void commitmentsReady(long taskId) {
        task("0x", COMMITMENTS_READY, word(taskId));
    }

    void taskSuccess(long taskId, String result, String node) {
        byte[] bytes = AbiEncoder.bytes(Numeric.hexStringToByteArray(result));
        if (indexedTaskIds) {
            task(new AbiEncoder().dynamic(bytes).hex(), TASK_SUCCESS, word(taskId), word(node));
        } else {
            task(new AbiEncoder().number(taskId).dynamic(bytes).hex(), TASK_SUCCESS, word(node));
        }
    }

    void taskAborted(long taskId, String reason) {
        byte[] text = AbiEncoder.bytes(reason.getBytes(StandardCharsets.UTF_8));
        if (indexedTaskIds) {
            task(new AbiEncoder().dynamic(text).hex(), TASK_ABORTED, word(taskId));
        } else {
            task(new AbiEncoder().number(taskId).dynamic(text).hex(), TASK_ABORTED);
        }
    }

    void resultUploaded(long taskId) {
        task("0x", RESULT_UPLOADED, word(taskId));
    }

    void nodeSuccess(long taskId, String node, BigInteger fee) {
        task(new AbiEncoder().address(node).number(fee).hex(), NODE_SUCCESS, word(taskId));
    }

    void taskNodeSlashed(long taskId, String node) {
        task(word(node), TASK_NODE_SLASHED, word(taskId));
    }

    void nodeCancelled(long taskId, String node) {
        task(word(node), NODE_CANCELLED, word(taskId));
    }

    void nodeSlashed(String node) {
        node(word(node), NODE_SLASHED);
    }

    void nodeKickedOut(String node) {
        node(word(node), NODE_KICKED_OUT);
    }

    private void task(String data, String... topics) {
        frame.emit(new Log(CrynuxContracts.TASK, List.of(topics), data));
    }

    private void node(String data, String... topics) {
        frame.emit(new Log(CrynuxContracts.NODE, List.of(topics), data));
    }

    private static String word(String address) {
        return new AbiEncoder().address(address).hex();
    }

    private static String word(long number) {
        return new AbiEncoder().number(number).hex();
    }
}
