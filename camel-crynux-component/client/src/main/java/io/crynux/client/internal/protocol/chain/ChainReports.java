// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.ResultUnavailableException;
import io.crynux.client.internal.protocol.TaskReports;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskResult;
import java.util.List;

/** What the engine reports of tasks on the chain. */
final class ChainReports implements TaskReports {

    @Override
    public TaskResult result(TaskRecord record, List<ResultFile> files) {
        return result(ChainRecord.of(record), files);
    }

    private static TaskResult result(ChainRecord record, List<ResultFile> files) {
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
                record.data().resultNode(),
                record.data().resultHash(),
                files);
    }

    @Override
    public CrynuxException end(TaskRecord record) {
        return ChainFailures.ofEnd(ChainRecord.of(record));
    }

    @Override
    public CrynuxException timedOut(TaskRecord record) {
        return ChainFailures.timedOut(ChainRecord.of(record), null, "");
    }

    @Override
    public CrynuxException broken(TaskRecord record, Throwable error) {
        return ChainFailures.broken(ChainRecord.of(record), error);
    }

    @Override
    public CrynuxShutdownException shutdown(TaskRecord record) {
        return ChainFailures.shutdown(ChainRecord.of(record));
    }

    @Override
    public CrynuxException unknown(TaskRecord record, boolean stopped) {
        ChainRecord known = ChainRecord.of(record);
        return stopped ? ChainFailures.shutdownWhileHung(known) : ChainFailures.missed(known);
    }

    @Override
    public ResultUnavailableException resultUnavailable(TaskRecord record, Throwable error) {
        return ChainFailures.resultUnavailable(ChainRecord.of(record), error);
    }
}
