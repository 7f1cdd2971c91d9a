// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.operation;

import io.crynux.client.internal.json.JsonView;
import io.crynux.client.internal.money.Cnx;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * How a task is now. What is not known is null or empty.
 *
 * @param taskId the contract's id
 * @param state by the contract and its events
 * @param kind what the task does
 * @param creator address that paid, lower-case
 * @param taskHash keccak256 of its parameters
 * @param transactionHash the createTask
 * @param createdIn block of that transaction
 * @param feeWei what was paid
 * @param balanceWei what is left of the fee while nodes work on it
 * @param nodes that work, or worked, on it
 * @param deadline from when on its creator may cancel it while it runs
 * @param resultNode node whose result counts
 * @param resultHash what the nodes agreed on
 * @param resultUploaded whether that node said that the Relay has the result
 * @param abortReason the contract's words
 * @param relay the Relay's word for its state; only its creator is told
 * @param here its state in this process or its journal, where it is under way here
 * @param note why something is not known
 */
public record TaskStatus(
        BigInteger taskId,
        State state,
        TaskKind kind,
        String creator,
        String taskHash,
        String transactionHash,
        BlockRef createdIn,
        BigInteger feeWei,
        BigInteger balanceWei,
        List<String> nodes,
        Instant deadline,
        String resultNode,
        String resultHash,
        boolean resultUploaded,
        String abortReason,
        String relay,
        TaskState here,
        String note) {

    /** How far a task is. */
    public enum State {
        /** It is paid and waits for nodes. */
        QUEUED,
        /** Nodes work on it. */
        RUNNING,
        /** Two nodes agree. */
        SUCCEEDED,
        /** The network gave it up. */
        ABORTED,
        /** There is none of that id, or it is too long ago. */
        UNKNOWN
    }

    public TaskStatus {
        nodes = List.copyOf(nodes);
    }

    /** JSON text; ids and amounts are text, times are ISO 8601, and what is not known is left out. */
    public String json() {
        return JsonView.write(new View(
                taskId.toString(),
                JsonView.lowerCase(state),
                kind == null ? null : kind.id(),
                creator,
                taskHash,
                transactionHash,
                createdIn == null ? null : createdIn.number(),
                createdIn == null ? null : createdIn.hash(),
                Cnx.decimal(feeWei),
                Cnx.decimal(balanceWei),
                nodes.isEmpty() ? null : nodes,
                deadline == null ? null : deadline.toString(),
                resultNode,
                resultHash,
                state == State.SUCCEEDED ? resultUploaded : null,
                abortReason,
                relay,
                JsonView.lowerCase(here),
                note));
    }

    /** The status as JSON. */
    private record View(
            String taskId,
            String state,
            String kind,
            String creator,
            String taskHash,
            String transactionHash,
            BigInteger blockNumber,
            String blockHash,
            String fee,
            String balance,
            List<String> nodes,
            String deadline,
            String resultNode,
            String resultHash,
            Boolean resultUploaded,
            String abortReason,
            String relay,
            String here,
            String note) {}
}
