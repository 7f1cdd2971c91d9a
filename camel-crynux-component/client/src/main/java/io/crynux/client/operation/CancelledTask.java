// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.operation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("taskId", taskId.toString());
        json.put("state", isOver() ? "cancelled" : "sent");
        if (creator != null) {
            json.put("creator", creator);
        }
        json.put("transactionHash", transactionHash);
        if (isOver()) {
            json.put("blockNumber", block.number());
            json.put("blockHash", block.hash());
        }
        if (refundedWei != null) {
            json.put("refunded", TaskStatus.cnx(refundedWei));
        }
        return json.toString();
    }
}
