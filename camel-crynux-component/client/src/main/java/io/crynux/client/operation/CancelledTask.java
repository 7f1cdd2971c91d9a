// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.operation;

import io.crynux.client.internal.json.JsonView;
import io.crynux.client.internal.money.Cnx;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;

/**
 * Outcome of cancelling a task.
 *
 * @param taskId id under which the network knows the task
 * @param creator address that paid and gets any refund, in lower case; null if unknown
 * @param transactionHash hash of the cancelTask
 * @param block final block of the cancelTask; null if it was only sent
 * @param refundedWei proven refund of this wallet, in wei; null if it is not determinable, or the task belongs to another wallet
 */
public record CancelledTask(
        String taskId, String creator, String transactionHash, BlockRef block, BigInteger refundedWei) {

    /** The contract's reason for aborting a cancelled task. */
    public static final String ABORT_REASON = "Task Cancelled";

    /** Whether the task is cancelled; otherwise its cancelTask was only sent. */
    public boolean isOver() {
        return block != null;
    }

    /** JSON text; ids and amounts are text, and unknown facts are left out. */
    public String json() {
        return JsonView.write(new View(
                taskId.toString(),
                isOver() ? "cancelled" : "sent",
                creator,
                transactionHash,
                isOver() ? block.number() : null,
                isOver() ? block.hash() : null,
                Cnx.decimal(refundedWei)));
    }

    /** The cancellation as JSON. */
    private record View(
            String taskId,
            String state,
            String creator,
            String transactionHash,
            BigInteger blockNumber,
            String blockHash,
            String refunded) {}
}
