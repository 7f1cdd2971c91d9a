// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.event.ContractEvent;
import io.crynux.client.event.TaskEvent;
import io.crynux.client.internal.relayhttp.RelayClient;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Downloads the results of tasks that are known by an event only. */
public final class EventResults {
    private final ResultFetcher results;

    /** @param relay signs as the tasks' creator */
    public EventResults(RelayClient relay) {
        this.results = new ResultFetcher(relay);
    }

    /**
     * Downloads the result of the task that an event reports.
     *
     * @param success a TaskSuccess whose kind is known
     * @return its files are the caller's to close; what the event does not tell, such as the fee, is null in it
     */
    public CompletableFuture<TaskResult> of(TaskEvent success, long maxBytes, long spoolThreshold) {
        ContractEvent.Succeeded details = (ContractEvent.Succeeded) success.details();
        TaskKind kind = success.kind().orElseThrow();
        CompletableFuture<List<ResultFile>> download = results.files(
                kind, success.taskId(), kind == TaskKind.GPT ? 1 : details.images(), maxBytes, spoolThreshold);
        CompletableFuture<TaskResult> result = download.thenApply(files -> new TaskResult(
                kind,
                TaskState.DONE,
                success.taskId().toString(),
                null,
                success.creator().orElseThrow(),
                success.transactionHash(),
                success.block().number(),
                success.block().hash(),
                null,
                1,
                details.resultNode(),
                details.resultHash(),
                files));
        // Who gives up the result gives up the download, and what comes all the same belongs to nobody.
        result.whenComplete((done, error) -> {
            if (error != null) {
                download.cancel(false);
                download.thenAccept(files -> files.forEach(ResultFile::close));
            }
        });
        return result;
    }
}
