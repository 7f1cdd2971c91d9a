// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.operation;

import io.crynux.client.internal.json.JsonView;
import io.crynux.client.task.TaskKind;
import java.math.BigInteger;
import org.web3j.utils.Numeric;

/**
 * A task for another wallet, such as a browser wallet: nothing was signed or sent.
 *
 * @param kind what the task does
 * @param taskHash keccak256 of the parameters, as the transaction has it
 * @param taskArgs the parameters, byte for byte; keep them until they are uploaded, because the Relay accepts no others
 * @param to the contract
 * @param data calldata of createTask
 * @param valueWei the task fee
 * @param chainId of the contract's chain
 * @param gasLimit enough for createTask in any state of the network; see {@link io.crynux.client.settings.GasSettings}
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
     * JSON text: {@code transaction} has the parameters of eth_sendTransaction except {@code from}, which the wallet adds, beside
     * {@code kind}, {@code taskHash} and {@code taskArgs}.
     */
    public String json() {
        return JsonView.write(new View(
                new Transaction(
                        to,
                        data,
                        Numeric.encodeQuantity(valueWei),
                        Numeric.encodeQuantity(gasLimit),
                        Numeric.encodeQuantity(BigInteger.valueOf(chainId))),
                kind.id(),
                taskHash,
                taskArgs));
    }

    /** The task as JSON. */
    private record View(Transaction transaction, String kind, String taskHash, String taskArgs) {}

    /** The parameters of eth_sendTransaction. */
    private record Transaction(String to, String data, String value, String gas, String chainId) {}

    /** The parameters may contain a prompt. */
    @Override
    public String toString() {
        return "PreparedTask[" + kind.id() + ", " + taskHash + "]";
    }
}
