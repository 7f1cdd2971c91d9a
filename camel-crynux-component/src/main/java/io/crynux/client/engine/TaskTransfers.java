// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.engine;

import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.ResultFile;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a task's parameters over and fetches its result; a new transfer ends the one before. Used on the engine's loop only. */
final class TaskTransfers {
    private static final Logger LOG = LoggerFactory.getLogger(TaskTransfers.class);

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

    /**
     * Downloads the result, and keeps it in the journal where somebody may ask for it after a restart.
     *
     * @param then is given the files, or the error; it is not called for a transfer that was stopped
     */
    void download(TaskRecord record, BiConsumer<List<ResultFile>, Throwable> then) {
        stop();
        CompletableFuture<List<ResultFile>> download = engine.downloadResult(record);
        current = download;
        download.whenCompleteAsync(
                (files, error) -> {
                    if (isCurrent(download) && error != null) {
                        then.accept(null, error);
                    } else if (isCurrent(download)) {
                        keep(record, files, then);
                    } else if (files != null) {
                        files.forEach(ResultFile::close);
                    }
                },
                engine.loop);
    }

    private void keep(TaskRecord record, List<ResultFile> files, BiConsumer<List<ResultFile>, Throwable> then) {
        if (record.order().idempotencyKey() == null) {
            then.accept(files, null);
            return;
        }
        CompletableFuture<Void> keeping =
                engine.journal.keepResult(record, files).toCompletableFuture();
        current = keeping;
        keeping.whenCompleteAsync(
                (kept, error) -> {
                    if (!isCurrent(keeping)) {
                        files.forEach(ResultFile::close);
                        return;
                    }
                    if (error != null) {
                        LOG.warn(
                                "{}: the result is here, but not kept for after a restart",
                                TaskLog.name(record),
                                error);
                    }
                    then.accept(files, null);
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
