// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.watch;

import io.crynux.devnet.chain.ChainAccess.EventLog;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/**
 * Reads the Task contract's logs. Early deployments indexed fewer arguments than later ones: arguments are therefore
 * taken from the topics first, in the order in which deployments came to index them, and the rest from the data.
 */
final class TaskEventDecoder {
    private static final int WORD = 32;

    private enum Kind {
        PENDING("TaskPending(uint256,uint256,address,bytes32,bytes32)"),
        STARTED("TaskStarted(uint256,uint256,address,address,bytes32,bytes32,uint256)"),
        COMMITMENTS_READY("TaskResultCommitmentsReady(uint256)"),
        SUCCESS("TaskSuccess(uint256,bytes,address)"),
        ABORTED("TaskAborted(uint256,string)"),
        RESULT_UPLOADED("TaskResultUploaded(uint256)"),
        NODE_SUCCESS("TaskNodeSuccess(uint256,address,uint256)"),
        NODE_SLASHED("TaskNodeSlashed(uint256,address)"),
        NODE_CANCELLED("TaskNodeCancelled(uint256,address)");

        final String topic;

        Kind(String signature) {
            this.topic = Hash.sha3String(signature);
        }
    }

    private static final Map<String, Kind> KINDS = byTopic();

    private TaskEventDecoder() {}

    private static Map<String, Kind> byTopic() {
        var kinds = new HashMap<String, Kind>();
        for (Kind kind : Kind.values()) {
            kinds.put(kind.topic, kind);
        }
        return Map.copyOf(kinds);
    }

    /** Decodes the event of a log; empty for other logs. */
    static Optional<TaskEvent> decode(EventLog log) {
        if (log.topics().isEmpty()) {
            return Optional.empty();
        }
        Kind kind = KINDS.get(log.topics().get(0));
        return kind == null ? Optional.empty() : Optional.of(decode(kind, log));
    }

    private static TaskEvent decode(Kind kind, EventLog log) {
        List<byte[]> topics = new ArrayList<>();
        log.topics().subList(1, log.topics().size()).forEach(t -> topics.add(Numeric.hexStringToByteArray(t)));
        var data = new Words(Numeric.hexStringToByteArray(log.data()));
        return switch (kind) {
            case PENDING ->
                new TaskEvent.Pending(
                        data.number(0),
                        data.number(1).intValueExact(),
                        address(topics.get(0)),
                        data.hex(2),
                        data.hex(3));
            case STARTED ->
                new TaskEvent.Started(
                        data.number(0),
                        data.number(1).intValueExact(),
                        address(topics.get(0)),
                        address(topics.get(1)),
                        data.hex(2),
                        data.number(4));
            case COMMITMENTS_READY -> new TaskEvent.CommitmentsReady(taskId(topics, data));
            case SUCCESS -> success(topics, data);
            case ABORTED ->
                new TaskEvent.Aborted(
                        taskId(topics, data), new String(data.bytes(topics.isEmpty() ? 1 : 0), StandardCharsets.UTF_8));
            case RESULT_UPLOADED -> new TaskEvent.ResultUploaded(taskId(topics, data));
            case NODE_SUCCESS, NODE_SLASHED, NODE_CANCELLED ->
                new TaskEvent.NodeReleased(taskId(topics, data), address(data.word(topics.isEmpty() ? 1 : 0)));
        };
    }

    /** Later deployments index task id and node, early ones only the node. */
    private static TaskEvent success(List<byte[]> topics, Words data) {
        if (topics.size() == 2) {
            return new TaskEvent.Success(
                    new BigInteger(1, topics.get(0)), Numeric.toHexString(data.bytes(0)), address(topics.get(1)));
        }
        return new TaskEvent.Success(data.number(0), Numeric.toHexString(data.bytes(1)), address(topics.get(0)));
    }

    private static BigInteger taskId(List<byte[]> topics, Words data) {
        return topics.isEmpty() ? data.number(0) : new BigInteger(1, topics.get(0));
    }

    private static String address(byte[] word) {
        return Numeric.toHexString(word, WORD - 20, 20, true);
    }

    /** ABI-encoded data, read by 32-byte words. */
    private static final class Words {
        private final byte[] data;

        Words(byte[] data) {
            this.data = data;
        }

        byte[] word(int index) {
            return Arrays.copyOfRange(data, index * WORD, (index + 1) * WORD);
        }

        BigInteger number(int index) {
            return new BigInteger(1, word(index));
        }

        String hex(int index) {
            return Numeric.toHexString(word(index));
        }

        /** A value of variable length, whose place stands at {@code index}. */
        byte[] bytes(int index) {
            int offset = number(index).intValueExact();
            int length = new BigInteger(1, Arrays.copyOfRange(data, offset, offset + WORD)).intValueExact();
            return Arrays.copyOfRange(data, offset + WORD, offset + WORD + length);
        }
    }
}
