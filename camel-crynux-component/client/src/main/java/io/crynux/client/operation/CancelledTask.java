// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.operation;

import io.crynux.client.internal.json.JsonView;
import io.crynux.client.internal.money.Cnx;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;

/**
 * What became of the wish to cancel a task.
 *
 * @param taskId the task
 * @param creator who paid for it, and to whom any refund goes, lower-case; null where it is not known
 * @param transactionHash the cancelTask
 * @param block in which that is, for good; null when it was only sent
 * @param refundedWei what provably came back of the fee; null where it is not determinable, or went to somebody else
 */
public record CancelledTask(
        BigInteger taskId, String creator, String transactionHash, BlockRef block, BigInteger refundedWei) {

    /** Why the contract says that it aborted the task. */
    public static final String ABORT_REASON = "Task Cancelled";

    /** Whether the task is over; otherwise its cancelTask was only sent. */
    public boolean isOver() {
        return block != null;
    }

    /** JSON text; ids and amounts are text, and what is not known is left out. */
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
