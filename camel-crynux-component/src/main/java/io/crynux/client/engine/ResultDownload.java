// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.engine;

import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskKind;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Downloads all files of a result at once; cancelling it cancels each. */
final class ResultDownload {

    private ResultDownload() {}

    static CompletableFuture<List<ResultFile>> of(TaskNetwork network, TaskRecord record) {
        String contentType = record.order().kind() == TaskKind.GPT ? "application/json" : "image/png";
        List<CompletableFuture<byte[]>> downloads = IntStream.range(
                        0, record.order().resultFiles())
                .mapToObj(number -> network.download(record.taskId(), number, record.order()))
                .toList();
        CompletableFuture<List<ResultFile>> all = CompletableFuture.allOf(
                        downloads.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> downloads.stream()
                        .map(download -> new ResultFile(contentType, download.join()))
                        .toList());
        all.whenComplete((files, error) -> {
            if (error != null) {
                downloads.forEach(download -> download.cancel(false));
            }
        });
        return all;
    }
}
