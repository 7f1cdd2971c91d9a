// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskResult;
import java.util.List;

/** Makes of a record what its submitter is told. */
final class TaskResults {

    private TaskResults() {}

    static TaskResult of(TaskRecord record, List<ResultFile> files) {
        TaskOrder order = record.order();
        BlockRef block = record.createdIn();
        return new TaskResult(
                order.kind(),
                record.state(),
                record.taskId(),
                order.taskHash(),
                order.creator(),
                record.transactionHash(),
                block == null ? null : block.number(),
                block == null ? null : block.hash(),
                order.feeWei(),
                order.attempt(),
                record.resultNode(),
                record.resultHash(),
                files);
    }
}
