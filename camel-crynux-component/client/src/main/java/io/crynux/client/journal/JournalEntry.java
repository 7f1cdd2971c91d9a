// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * A record in a journal file. It leaves out what earlier entries of the task contain: the order is in the first entry only, and
 * payments and cancellations only in an entry that adds one.
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

    /** @param before record of the task in the file, or null */
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
     * Applies this entry to the record before it.
     *
     * @param before null for the first entry of a task
     */
    TaskRecord after(TaskRecord before) {
        if (before == null && order == null) {
            throw new IllegalStateException("The entry of task " + key + " has no order before it");
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
