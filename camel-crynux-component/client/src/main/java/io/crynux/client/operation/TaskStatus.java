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
 * The current status of a task. Unknown facts are null or empty.
 *
 * @param taskId the contract's id
 * @param state state by the contract and its events
 * @param kind kind of the task
 * @param creator address that paid, in lower case
 * @param taskHash keccak256 of the parameters
 * @param transactionHash hash of the createTask
 * @param createdIn block of the createTask
 * @param feeWei task fee, in wei
 * @param balanceWei remaining fee while nodes work on the task, in wei
 * @param nodes nodes that work, or worked, on the task
 * @param deadline when the creator can cancel the task if it still runs
 * @param resultNode node whose result counts
 * @param resultHash result that the nodes agreed on
 * @param resultUploaded whether that node has uploaded the result to the Relay
 * @param abortReason the contract's reason
 * @param relay state at the Relay, which only the task's creator can read
 * @param here state in this process or its journal, if the client runs the task
 * @param note explains unknown facts
 */
public record TaskStatus(
        String taskId,
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

    /** State of a task. */
    public enum State {
        /** Paid, waits for nodes. */
        QUEUED,
        /** Nodes work on the task. */
        RUNNING,
        /** Two nodes agree. */
        SUCCEEDED,
        /** The network aborted the task. */
        ABORTED,
        /** The id does not exist, or the task is too old. */
        UNKNOWN
    }

    public TaskStatus {
        nodes = List.copyOf(nodes);
    }

    /** JSON text; ids and amounts are text, times are ISO 8601, and unknown facts are left out. */
    public String json() {
        return JsonView.write(new View(
                taskId,
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
