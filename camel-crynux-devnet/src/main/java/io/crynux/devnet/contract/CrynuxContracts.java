// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import io.crynux.devnet.ledger.Contract;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** The contracts of the network, at the addresses that they have on a fresh test chain. */
public final class CrynuxContracts {
    /** The Task contract. */
    public static final String TASK = "0xdc64a140aa3e981100a9beca4e685f962f0cf6c9";

    /** The Node contract. */
    public static final String NODE = "0x9fe46736679d2d9a65f0992f2272de9f3c7fa6e0";

    /** Who gets the stakes of slashed nodes: the first account of the usual test mnemonic. */
    public static final String OWNER = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";

    /** The {@link #OWNER}'s nonces when it made {@link #NODE} and {@link #TASK}, from which their addresses follow. */
    public static final List<Integer> NONCES_OF_DEPLOYMENT = List.of(2, 4);

    /** No byte code: {@code INVALID} and a text that says what is here. */
    static final String CODE = "0xfe"
            + Numeric.toHexStringNoPrefix("camel-crynux devnet: behaviour in Java".getBytes(StandardCharsets.UTF_8));

    private CrynuxContracts() {}

    /**
     * The contracts by address.
     *
     * @param operator the address that may let nodes join and leave
     * @param faults what goes wrong in them, on demand
     */
    public static Map<String, Contract> deploy(ContractSettings settings, String operator, ContractFaults faults) {
        return Map.of(TASK, new TaskContract(settings, faults), NODE, new NodeContract(settings, operator));
    }

    /** Calldata for the {@link #NODE} contract by which the operator lets a node join. */
    public static String joinFor(String node, String gpuName, int gpuVram) {
        AbiEncoder arguments = new AbiEncoder()
                .address(node)
                .dynamic(AbiEncoder.bytes(gpuName.getBytes(StandardCharsets.UTF_8)))
                .number(BigInteger.valueOf(gpuVram));
        return NodeContract.JOIN_FOR + Numeric.toHexStringNoPrefix(arguments.encoded());
    }

    /** Calldata for the {@link #NODE} contract by which the operator lets a node leave. */
    public static String quitFor(String node) {
        return NodeContract.QUIT_FOR
                + Numeric.toHexStringNoPrefix(new AbiEncoder().address(node).encoded());
    }

    /** Calldata for the {@link #TASK} contract that creates a task for one image, which any nodes can do. */
    public static String createTask(TaskContractVersion version) {
        AbiEncoder arguments = new AbiEncoder()
                .number(TaskRequest.STABLE_DIFFUSION)
                .bytes32(Hash.sha3String(""))
                .number(0)
                .number(0)
                .number(1);
        if (version == TaskContractVersion.FIVE_ARGUMENTS) {
            return TaskContract.CREATE_5 + Numeric.toHexStringNoPrefix(arguments.encoded());
        }
        arguments.dynamic(AbiEncoder.bytes(new byte[0])).number(0);
        return TaskContract.CREATE_7 + Numeric.toHexStringNoPrefix(arguments.encoded());
    }

    /** Calldata for the {@link #TASK} contract that cancels a task. */
    public static String cancelTask(BigInteger id) {
        return TaskContract.CANCEL
                + Numeric.toHexStringNoPrefix(new AbiEncoder().number(id).encoded());
    }

    /** Calldata for the {@link #NODE} contract by which a node pauses: at once, or after its task. */
    public static String pause() {
        return NodeContract.PAUSE;
    }

    /** Calldata for the {@link #NODE} contract by which a node that has paused comes back. */
    public static String resume() {
        return NodeContract.RESUME;
    }

    /** Calldata for the {@link #NODE} contract that asks for a node's status. */
    public static String status(String node) {
        return NodeContract.STATUS
                + Numeric.toHexStringNoPrefix(new AbiEncoder().address(node).encoded());
    }

    /** Calldata for the {@link #TASK} contract that asks for the id of the task that a node works on, 0 for none. */
    public static String nodeTask(String node) {
        return TaskContract.GET_NODE_TASK
                + Numeric.toHexStringNoPrefix(new AbiEncoder().address(node).encoded());
    }

    /** What the {@link #NODE} contract has answered to {@link #status}. */
    public static NodeStatus statusOf(String answer) {
        return NodeStatus.of(Numeric.toBigInt(answer).intValueExact());
    }
}
