// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.operation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.task.TaskKind;
import java.math.BigInteger;
import org.web3j.utils.Numeric;

/**
 * A task that is paid for elsewhere, as with a browser's wallet: nothing was signed or sent.
 *
 * @param kind what the task does
 * @param taskHash keccak256 of the parameters, as the transaction has it
 * @param taskArgs the parameters, byte for byte: the Relay takes no others, so they must be kept until they are uploaded
 * @param to the contract
 * @param data calldata of createTask
 * @param valueWei the task fee
 * @param chainId of the contract's chain
 * @param gasLimit enough for createTask whatever the nodes do; see {@link io.crynux.client.settings.GasSettings}
 */
public record PreparedTask(
        TaskKind kind,
        String taskHash,
        String taskArgs,
        String to,
        String data,
        BigInteger valueWei,
        long chainId,
        BigInteger gasLimit) {

    /**
     * JSON text: {@code transaction} has the parameters of eth_sendTransaction but for {@code from}, which its wallet knows, beside {@code kind},
     * {@code taskHash} and {@code taskArgs}.
     */
    public String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode transaction = json.putObject("transaction");
        transaction.put("to", to);
        transaction.put("data", data);
        transaction.put("value", Numeric.encodeQuantity(valueWei));
        transaction.put("gas", Numeric.encodeQuantity(gasLimit));
        transaction.put("chainId", Numeric.encodeQuantity(BigInteger.valueOf(chainId)));
        json.put("kind", kind.id());
        json.put("taskHash", taskHash);
        json.put("taskArgs", taskArgs);
        return json.toString();
    }

    /** The parameters may contain a prompt. */
    @Override
    public String toString() {
        return "PreparedTask[" + kind.id() + ", " + taskHash + "]";
    }
}
