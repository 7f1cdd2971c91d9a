// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.result;

import io.crynux.client.task.Content;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Downloads all files of a result concurrently; cancelling it, or a failure, cancels all downloads and frees their content. */
public final class ResultDownload {

    private ResultDownload() {}

    /**
     * @param count number of files
     * @param file downloads a file by its number from 0
     * @return files that the caller closes
     */
    public static CompletableFuture<List<ResultFile>> of(
            TaskKind kind, int count, IntFunction<CompletableFuture<Content>> file) {
        List<CompletableFuture<Content>> downloads =
                IntStream.range(0, count).mapToObj(file).toList();
        CompletableFuture<List<ResultFile>> all = CompletableFuture.allOf(
                        downloads.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> downloads.stream()
                        .map(download -> file(kind, download.join()))
                        .toList());
        // allOf waits for all downloads; a failure should fail at once.
        downloads.forEach(download -> download.whenComplete((content, error) -> {
            if (error != null) {
                all.completeExceptionally(error);
            }
        }));
        all.whenComplete((files, error) -> {
            if (error != null) {
                downloads.forEach(ResultDownload::abandon);
            }
        });
        return all;
    }

    private static ResultFile file(TaskKind kind, Content content) {
        try {
            return new ResultFile(ResultCheck.contentType(kind, content), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void abandon(CompletableFuture<Content> download) {
        download.cancel(false);
        download.thenAccept(Content::close);
    }
}
