// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.board;

import io.crynux.devnet.chain.ChainAccess.EventLog;
import io.crynux.devnet.watch.TaskEvent;
import java.math.BigInteger;
import java.util.List;
import java.util.TreeMap;

/** The events of one task, from which its state follows. Not thread-safe. */
public final class TaskCard {
    private final TaskEvent.Pending created;
    private final EventLog log;
    private final BigInteger fee;
    private final long createdAt;
    /** By round, as the contract chose them. */
    private final TreeMap<BigInteger, String> nodes = new TreeMap<>();

    private Long startedAt;
    private TaskEvent.Success success;
    private Long resultAt;
    private String abortReason;
    private Long abortedAt;
    private Long uploadedAt;

    /** @param createdAt when the event was heard, in milliseconds since 1970, as all times here */
    TaskCard(TaskEvent.Pending created, EventLog log, BigInteger fee, long createdAt) {
        this.created = created;
        this.log = log;
        this.fee = fee;
        this.createdAt = createdAt;
    }

    /** A card as it is now; the times of what has not happened are null. */
    public record Facts(
            TaskEvent.Pending created,
            TaskState state,
            String transaction,
            long block,
            BigInteger fee,
            List<String> nodes,
            String resultNode,
            String result,
            String abortReason,
            long createdAt,
            Long startedAt,
            Long resultAt,
            Long endedAt) {}

    BigInteger id() {
        return created.taskId();
    }

    /** As for its creator the first of the events counts that end a task. */
    TaskState state() {
        if (uploadedAt != null) {
            return TaskState.SUCCEEDED;
        }
        if (abortedAt != null) {
            return TaskState.ABORTED;
        }
        if (success != null) {
            return TaskState.RESULT_KNOWN;
        }
        return nodes.isEmpty() ? TaskState.QUEUED : TaskState.STARTED;
    }

    void happened(TaskEvent event, long now) {
        if (event instanceof TaskEvent.Started started) {
            nodes.put(started.round(), started.node());
            startedAt = startedAt == null ? Long.valueOf(now) : startedAt;
        } else if (event instanceof TaskEvent.Success result) {
            success = result;
            resultAt = now;
        } else if (event instanceof TaskEvent.Aborted aborted) {
            abortReason = aborted.reason();
            abortedAt = now;
        } else if (event instanceof TaskEvent.ResultUploaded) {
            uploadedAt = now;
        }
    }

    void takenBack(TaskEvent event) {
        if (event instanceof TaskEvent.Started started) {
            nodes.remove(started.round());
            startedAt = nodes.isEmpty() ? null : startedAt;
        } else if (event instanceof TaskEvent.Success) {
            success = null;
            resultAt = null;
        } else if (event instanceof TaskEvent.Aborted) {
            abortReason = null;
            abortedAt = null;
        } else if (event instanceof TaskEvent.ResultUploaded) {
            uploadedAt = null;
        }
    }

    Facts facts() {
        TaskState state = state();
        return new Facts(
                created,
                state,
                log.transactionHash(),
                log.blockNumber(),
                fee,
                List.copyOf(nodes.values()),
                success == null ? null : success.resultNode(),
                success == null ? null : success.result(),
                state == TaskState.ABORTED ? abortReason : null,
                createdAt,
                startedAt,
                resultAt,
                state == TaskState.SUCCEEDED ? uploadedAt : abortedAt);
    }
}
