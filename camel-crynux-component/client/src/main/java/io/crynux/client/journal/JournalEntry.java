// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * A record as it stands in a journal file. What the file says of the task already is left out: the order is in its first
 * entry only, and payments and cancellations only where one was added.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JournalEntry(
        String key,
        TaskOrder order,
        TaskState state,
        List<Payment> payments,
        BigInteger taskId,
        BlockRef createdIn,
        String resultNode,
        String resultHash,
        String reason,
        Long signedAt,
        BigInteger signedAfter,
        BigInteger mostWei,
        List<Payment> cancellations,
        Long settledAt,
        BigInteger spentWei,
        BigInteger refundedWei) {

    /** @param before what the file says of the task, or null */
    static JournalEntry of(TaskRecord record, TaskRecord before) {
        TaskRecord.Signing signing = record.signing();
        TaskRecord.Settlement settlement = record.settlement();
        return new JournalEntry(
                record.order().key(),
                before == null ? record.order() : null,
                record.state(),
                before != null && before.payments().equals(record.payments()) ? null : record.payments(),
                record.taskId(),
                record.createdIn(),
                record.resultNode(),
                record.resultHash(),
                record.reason(),
                signing == null ? null : signing.at().toEpochMilli(),
                signing == null ? null : signing.head(),
                signing == null ? null : signing.mostWei(),
                before != null && before.cancellations().equals(record.cancellations()) ? null : record.cancellations(),
                settlement == null ? null : settlement.at().toEpochMilli(),
                settlement == null ? null : settlement.spentWei(),
                settlement == null ? null : settlement.refundedWei());
    }

    /**
     * The record that this entry makes of what the file said before.
     *
     * @param before null for the first entry of a task
     */
    TaskRecord after(TaskRecord before) {
        if (before == null && order == null) {
            throw new IllegalStateException("an entry of the task " + key + " comes before its order");
        }
        return new TaskRecord(
                order == null ? before.order() : order,
                state,
                payments == null ? before.payments() : payments,
                taskId,
                createdIn,
                resultNode,
                resultHash,
                reason,
                signedAt == null ? null : new TaskRecord.Signing(Instant.ofEpochMilli(signedAt), signedAfter, mostWei),
                cancellations == null ? before.cancellations() : cancellations,
                settledAt == null
                        ? null
                        : new TaskRecord.Settlement(Instant.ofEpochMilli(settledAt), spentWei, refundedWei));
    }
}
