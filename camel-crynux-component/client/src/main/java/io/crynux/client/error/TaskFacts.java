// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

import io.crynux.client.internal.money.Cnx;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Known facts about a failed task. Each can be absent: a task that was never signed has no transaction, one whose payment is not
 * mined has no id.
 *
 * @param taskId id under which the network knows the task: the number in the contract on a chain; null if there is none
 * @param transactionHash the hash of the payment, or null
 * @param feeWei the task fee of the payment, in wei, or null
 * @param refundedWei the proven refund, in wei, or null if it is not determinable
 */
public record TaskFacts(String taskId, String transactionHash, BigInteger feeWei, BigInteger refundedWei) {
    /** No facts, because nothing was signed. */
    public static final TaskFacts NONE = new TaskFacts(null, null, null, null);

    public Optional<String> id() {
        return Optional.ofNullable(taskId);
    }

    public Optional<String> transaction() {
        return Optional.ofNullable(transactionHash);
    }

    /** For messages: "task 7 (transaction 0x...)", or "the task" if nothing is known. */
    public String describe() {
        String task = taskId == null ? "the task" : "task " + taskId;
        return transactionHash == null ? task : task + " (transaction " + transactionHash + ")";
    }

    /** An amount for messages, such as "30 CNX". */
    public static String cnx(BigInteger wei) {
        return Cnx.text(wei);
    }

    /** An amount in CNX as decimal text, such as "30" or "0.5". */
    public static String decimal(BigInteger wei) {
        return Cnx.decimal(wei);
    }
}
