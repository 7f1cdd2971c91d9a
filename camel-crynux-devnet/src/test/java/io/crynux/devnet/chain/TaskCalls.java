// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** Calldata of the Task contract, put together by hand from the ABI. */
public final class TaskCalls {
    private TaskCalls() {}

    public static String createTask(int type, String taskHash, int vramLimit, int cap) {
        return selector("createTask(uint256,bytes32,bytes32,uint256,uint256)")
                + word(type)
                + taskHash.substring(2)
                + word(0)
                + word(vramLimit)
                + word(cap);
    }

    public static String commit(long taskId, int round, String commitment, String nonce) {
        return selector("submitTaskResultCommitment(uint256,uint256,bytes32,bytes32)")
                + word(taskId)
                + word(round)
                + commitment.substring(2)
                + nonce.substring(2);
    }

    /** The commitment to a result: the hash of the result and the nonce. */
    public static String commitment(String result, String nonce) {
        return Hash.sha3(result + nonce.substring(2));
    }

    public static String disclose(long taskId, int round, String result) {
        int bytes = (result.length() - 2) / 2;
        String padding = "00".repeat((32 - bytes % 32) % 32);
        return selector("discloseTaskResult(uint256,uint256,bytes)")
                + word(taskId)
                + word(round)
                + word(96)
                + word(bytes)
                + result.substring(2)
                + padding;
    }

    public static String reportError(long taskId, int round) {
        return selector("reportTaskError(uint256,uint256)") + word(taskId) + word(round);
    }

    public static String reportUploaded(long taskId, int round) {
        return selector("reportResultsUploaded(uint256,uint256)") + word(taskId) + word(round);
    }

    public static String cancel(long taskId) {
        return selector("cancelTask(uint256)") + word(taskId);
    }

    public static String getTask(long taskId) {
        return selector("getTask(uint256)") + word(taskId);
    }

    public static String join(String gpuName, int gpuVram) {
        String name = Numeric.toHexStringNoPrefix(gpuName.getBytes(StandardCharsets.UTF_8));
        return selector("join(string,uint256)")
                + word(64)
                + word(gpuVram)
                + word(name.length() / 2)
                + name
                + "0".repeat((64 - name.length() % 64) % 64);
    }

    /** What only our contract in Solidity has: these nodes are taken before others. */
    public static String prefer(List<String> nodes) {
        return selector("prefer(address[])")
                + word(32)
                + word(nodes.size())
                + nodes.stream().map(node -> "0".repeat(24) + node.substring(2)).collect(Collectors.joining());
    }

    public static String selector(String signature) {
        return Hash.sha3String(signature).substring(0, 10);
    }

    public static String topic(String signature) {
        return Hash.sha3String(signature);
    }

    public static String word(long value) {
        return Numeric.toHexStringNoPrefixZeroPadded(BigInteger.valueOf(value), 64);
    }
}
