// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.internal.async.Steps;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.ResultFile;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Downloads a task's result; a new download ends the one before. Used on the engine's loop only. */
final class ResultTransfer {
    private static final Logger LOG = LoggerFactory.getLogger(ResultTransfer.class);

    private final TaskEngine engine;
    private final Steps steps;
    private CompletableFuture<?> current = CompletableFuture.completedFuture(null);

    ResultTransfer(TaskEngine engine, Steps steps) {
        this.engine = engine;
        this.steps = steps;
    }

    /**
     * Downloads the result, and keeps it in the journal where somebody may ask for it after a restart.
     *
     * @param then is given the files, or the error; it is not called for a download that was stopped
     */
    void download(TaskRecord record, BiConsumer<List<ResultFile>, Throwable> then) {
        stop();
        CompletableFuture<List<ResultFile>> download = engine.downloadResult(record);
        current = download;
        steps.after(download, (files, error) -> {
            if (isCurrent(download) && error != null) {
                then.accept(null, error);
            } else if (isCurrent(download)) {
                keep(record, files, then);
            } else if (files != null) {
                files.forEach(ResultFile::close);
            }
        });
    }

    private void keep(TaskRecord record, List<ResultFile> files, BiConsumer<List<ResultFile>, Throwable> then) {
        if (record.order().idempotencyKey() == null) {
            then.accept(files, null);
            return;
        }
        CompletableFuture<Void> keeping = engine.journal().keep(record, files);
        current = keeping;
        steps.after(keeping, (kept, error) -> {
            if (!isCurrent(keeping)) {
                files.forEach(ResultFile::close);
                return;
            }
            if (error != null) {
                LOG.warn("{}: the result is here, but not kept for after a restart", TaskLog.name(record), error);
            }
            then.accept(files, null);
        });
    }

    private boolean isCurrent(CompletableFuture<?> transfer) {
        return current == transfer && !transfer.isCancelled();
    }

    void stop() {
        current.cancel(false);
        // One that has just ended cannot be cancelled, but is not to be heard of either.
        current = CompletableFuture.completedFuture(null);
    }
}
