// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.OtherTaskException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.settings.Backoff;
import io.crynux.client.task.ResultFile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a task's parameters over and fetches its result; a new transfer ends the one before. Used on the engine's loop only. */
final class TaskTransfers {
    private static final Logger LOG = LoggerFactory.getLogger(TaskTransfers.class);
    private static final Backoff AGAIN = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));
    /** They take about 10 s, which is longer than a Relay is behind, however soon blocks are final. */
    private static final int LEAST_TRIES = 5;

    private final TaskEngine engine;
    private final Steps steps;
    private final Runnable awaitFinality;
    private CompletableFuture<?> current = CompletableFuture.completedFuture(null);
    /** The next try of what the Relay refused as it knows another task under the id. */
    private ScheduledFuture<?> again;

    private int refusals;

    /** @param awaitFinality has it found out what is final, where the network is to be asked for that */
    TaskTransfers(TaskEngine engine, Steps steps, Runnable awaitFinality) {
        this.engine = engine;
        this.steps = steps;
        this.awaitFinality = awaitFinality;
    }

    /**
     * Who sees a reorganisation later than the Relay, or earlier, differs with it about whose task has the id. That passes, and
     * what does not is told when no reorganisation can be the reason any more.
     */
    private boolean mayPass(TaskRecord record, Throwable error) {
        return isOfOtherTask(error)
                && record.createdIn() != null
                && (refusals < LEAST_TRIES || !engine.finality.isFinal(record.createdIn()));
    }

    private static boolean isOfOtherTask(Throwable error) {
        return otherTask(error).isPresent();
    }

    private static Optional<OtherTaskException> otherTask(Throwable error) {
        Throwable cause = Futures.cause(error);
        return cause instanceof OtherTaskException other ? Optional.of(other) : Optional.empty();
    }

    /** Whether the Relay says that it has the parameters of the task, and does not show them. */
    private static boolean isUnproven(Throwable error) {
        return otherTask(error).filter(other -> !other.isProven()).isPresent();
    }

    private void tryAgain(TaskRecord record, Runnable transfer) {
        Duration delay = AGAIN.delay(refusals++);
        LOG.debug("{}: the Relay knows another task under its id; next try in {}", TaskLog.name(record), delay);
        ScheduledFuture<?>[] own = new ScheduledFuture<?>[1];
        own[0] = steps.schedule(delay, () -> {
            // One that had begun to run when it was cancelled must not go on.
            if (again == own[0]) {
                transfer.run();
            }
        });
        again = own[0];
        awaitFinality.run();
    }

    /** @param then is given the error, or null; it is not called for a transfer that was stopped */
    void upload(TaskRecord record, Consumer<Throwable> then) {
        stop();
        beginUpload(record, then);
    }

    private void beginUpload(TaskRecord record, Consumer<Throwable> then) {
        CompletableFuture<Void> upload = engine.network.upload(record.taskId(), record.order());
        current = upload;
        steps.after(upload, (done, error) -> {
            if (!isCurrent(upload)) {
                return;
            }
            if (mayPass(record, error)) {
                tryAgain(record, () -> beginUpload(record, then));
            } else {
                // The creation is final: what the Relay has under its id is ours.
                then.accept(isUnproven(error) ? null : error);
            }
        });
    }

    /**
     * Downloads the result, and keeps it in the journal where somebody may ask for it after a restart.
     *
     * @param then is given the files, or the error; it is not called for a transfer that was stopped
     */
    void download(TaskRecord record, BiConsumer<List<ResultFile>, Throwable> then) {
        stop();
        beginDownload(record, then);
    }

    private void beginDownload(TaskRecord record, BiConsumer<List<ResultFile>, Throwable> then) {
        CompletableFuture<List<ResultFile>> download = engine.downloadResult(record);
        current = download;
        steps.after(download, (files, error) -> {
            if (isCurrent(download) && mayPass(record, error)) {
                tryAgain(record, () -> beginDownload(record, then));
            } else if (isCurrent(download) && error != null) {
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
        // What is thrown at once is a failure to keep it like any other.
        CompletableFuture<Void> keeping = CompletableFuture.completedFuture(null)
                .thenCompose(now -> engine.journal().keepResult(record, files));
        current = keeping;
        steps.after(keeping, (kept, error) -> {
            if (!isCurrent(keeping)) {
                files.forEach(ResultFile::close);
                return;
            }
            if (error != null) {
                LOG.warn(
                        "{}: the result was downloaded, but could not be stored for later restarts",
                        TaskLog.name(record),
                        error);
            }
            then.accept(files, null);
        });
    }

    private boolean isCurrent(CompletableFuture<?> transfer) {
        return current == transfer && !transfer.isCancelled();
    }

    void stop() {
        if (again != null) {
            again.cancel(false);
            again = null;
        }
        refusals = 0;
        current.cancel(false);
        // One that has just ended cannot be cancelled, but is not to be heard of either.
        current = CompletableFuture.completedFuture(null);
    }
}
