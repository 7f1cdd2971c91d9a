// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.fake;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** Logs of the Task contract, encoded by hand. */
public final class TaskLogs {
    /** A log that has no place on a chain yet. */
    public record Draft(List<String> topics, String data) {}

    private TaskLogs() {}

    public static Draft pending(long id, int type, String creator, String args) {
        return new Draft(
                List.of(topic("TaskPending(uint256,uint256,address,bytes32,bytes32)"), address(creator)),
                "0x" + word(id) + word(type) + hash(args) + word(0));
    }

    public static Draft started(long id, int type, String creator, String node, String args, int round) {
        return new Draft(
                List.of(
                        topic("TaskStarted(uint256,uint256,address,address,bytes32,bytes32,uint256)"),
                        address(creator),
                        address(node)),
                "0x" + word(id) + word(type) + hash(args) + word(0) + word(round));
    }

    public static Draft commitmentsReady(long id) {
        return new Draft(List.of(topic("TaskResultCommitmentsReady(uint256)"), "0x" + word(id)), "0x");
    }

    public static Draft success(long id, byte[] result, String resultNode) {
        return new Draft(
                List.of(topic("TaskSuccess(uint256,bytes,address)"), "0x" + word(id), address(resultNode)),
                "0x" + word(32) + bytes(result));
    }

    /** As deployments of early 2024 wrote it. */
    public static Draft earlySuccess(long id, byte[] result, String resultNode) {
        return new Draft(
                List.of(topic("TaskSuccess(uint256,bytes,address)"), address(resultNode)),
                "0x" + word(id) + word(64) + bytes(result));
    }

    public static Draft aborted(long id, String reason) {
        return new Draft(
                List.of(topic("TaskAborted(uint256,string)"), "0x" + word(id)),
                "0x" + word(32) + bytes(reason.getBytes(StandardCharsets.UTF_8)));
    }

    /** As deployments of early 2024 wrote it. */
    public static Draft earlyAborted(long id, String reason) {
        return new Draft(
                List.of(topic("TaskAborted(uint256,string)")),
                "0x" + word(id) + word(64) + bytes(reason.getBytes(StandardCharsets.UTF_8)));
    }

    public static Draft resultUploaded(long id) {
        return new Draft(List.of(topic("TaskResultUploaded(uint256)"), "0x" + word(id)), "0x");
    }

    public static Draft nodeSuccess(long id, String node) {
        return new Draft(
                List.of(topic("TaskNodeSuccess(uint256,address,uint256)"), "0x" + word(id)),
                "0x" + address(node).substring(2) + word(1));
    }

    private static String topic(String signature) {
        return Hash.sha3String(signature);
    }

    private static String word(long number) {
        return Numeric.toHexStringNoPrefixZeroPadded(BigInteger.valueOf(number), 64);
    }

    private static String address(String address) {
        return "0x" + "0".repeat(24) + Numeric.cleanHexPrefix(address);
    }

    private static String hash(String args) {
        return Numeric.toHexStringNoPrefix(Hash.sha3(args.getBytes(StandardCharsets.UTF_8)));
    }

    private static String bytes(byte[] value) {
        String hex = Numeric.toHexStringNoPrefix(value);
        return word(value.length) + hex + "0".repeat((64 - hex.length() % 64) % 64);
    }
}
