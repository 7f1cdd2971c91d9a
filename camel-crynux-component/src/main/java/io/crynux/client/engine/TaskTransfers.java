// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.engine;

import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.ResultFile;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Hands a task's parameters over and fetches its result; a new transfer ends the one before. Used on the engine's loop only. */
final class TaskTransfers {
    private final TaskEngine engine;
    private CompletableFuture<?> current = CompletableFuture.completedFuture(null);

    TaskTransfers(TaskEngine engine) {
        this.engine = engine;
    }

    /** @param then is given the error, or null; it is not called for a transfer that was stopped */
    void upload(TaskRecord record, Consumer<Throwable> then) {
        stop();
        CompletableFuture<Void> upload = engine.network.upload(record.taskId(), record.order());
        current = upload;
        upload.whenCompleteAsync(
                (done, error) -> {
                    if (isCurrent(upload)) {
                        then.accept(error);
                    }
                },
                engine.loop);
    }

    /** @param then is given the files, or the error; it is not called for a transfer that was stopped */
    void download(TaskRecord record, BiConsumer<List<ResultFile>, Throwable> then) {
        stop();
        CompletableFuture<List<ResultFile>> download = ResultDownload.of(engine.network, record);
        current = download;
        download.whenCompleteAsync(
                (files, error) -> {
                    if (isCurrent(download)) {
                        then.accept(files, error);
                    } else if (files != null) {
                        files.forEach(ResultFile::close);
                    }
                },
                engine.loop);
    }

    private boolean isCurrent(CompletableFuture<?> transfer) {
        return current == transfer && !transfer.isCancelled();
    }

    void stop() {
        current.cancel(false);
    }
}
