// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import io.crynux.client.journal.TaskOrder;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.utils.Numeric;

/** The calls that a task creator makes to the Task contract (classic protocol, section 1). */
final class TaskContract {
    /** The contract reserves dataHash; 32 zero bytes. */
    private static final byte[] NO_DATA_HASH = new byte[32];

    private TaskContract() {}

    /**
     * Calldata of createTask.
     *
     * @param sevenArguments whether the deployment's createTask names a GPU
     */
    static String createTask(TaskOrder order, boolean sevenArguments) {
        List<Type<?>> arguments = new ArrayList<>(List.of(
                new Uint256(order.kind().code()),
                new Bytes32(Numeric.hexStringToByteArray(order.taskHash())),
                new Bytes32(NO_DATA_HASH),
                new Uint256(order.vramLimit()),
                new Uint256(order.cap())));
        if (sevenArguments) {
            arguments.add(new Utf8String(order.gpuName()));
            arguments.add(new Uint256(order.gpuVram()));
        }
        return encode("createTask", arguments);
    }

    static String cancelTask(BigInteger taskId) {
        return encode("cancelTask", List.of(new Uint256(taskId)));
    }

    private static String encode(String name, List<Type<?>> arguments) {
        return FunctionEncoder.encode(new Function(name, new ArrayList<>(arguments), List.of()));
    }
}
