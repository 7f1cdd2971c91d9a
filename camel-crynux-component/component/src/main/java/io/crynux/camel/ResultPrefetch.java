// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.CrynuxClient;
import io.crynux.client.error.ResultUnavailableException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.event.TaskEvent;
import io.crynux.client.event.TaskEventType;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskResult;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Fetches the results of succeeded tasks, several at once, and returns them as they arrive. */
final class ResultPrefetch {
    /** Maximum number of results that are being fetched or wait for an exchange, in memory or in temporary files. */
    private static final int MOST = 10;

    private final CrynuxClient client;
    private final ScheduledExecutorService timer;
    private final CrynuxConfiguration options;
    private final Runnable onFetched;
    private final Set<Fetch> underWay = ConcurrentHashMap.newKeySet();
    private final Queue<Fetched> fetched = new ConcurrentLinkedQueue<>();
    private boolean closed;

    /** One that is being fetched. */
    private static final class Fetch {
        private final CompletableFuture<TaskResult> result;

        Fetch(CompletableFuture<TaskResult> result) {
            this.result = result;
        }
    }

    /**
     * An event that is ready for its exchange.
     *
     * @param result its task's, or null
     * @param error why there is none, or null
     */
    record Fetched(TaskEvent event, TaskResult result, Exception error) {

        /** No result belongs to it. */
        static Fetched nothing(TaskEvent event) {
            return new Fetched(event, null, null);
        }
    }

    ResultPrefetch(
            CrynuxClient client, ScheduledExecutorService timer, CrynuxConfiguration options, Runnable onFetched) {
        this.client = client;
        this.timer = timer;
        this.options = options;
        this.onFetched = onFetched;
    }

    boolean hasRoom() {
        return underWay.size() + fetched.size() < MOST;
    }

    /** Whether no result is being fetched or waits for an exchange. */
    boolean isIdle() {
        return underWay.isEmpty() && fetched.isEmpty();
    }

    /** A result that has come, or null. */
    Fetched poll() {
        return fetched.poll();
    }

    /** Begins to fetch the result of the event's task; false where there is none to fetch. */
    boolean fetch(TaskEvent event) {
        if (!options.isFetchResult()
                || event.type() != TaskEventType.TASK_SUCCESS
                || event.kind().isEmpty()
                || event.removed()) {
            return false;
        }
        CompletableFuture<TaskResult> result =
                client.result(event, options.getMaxResultSize(), options.getSpoolThreshold());
        Fetch fetch = new Fetch(result);
        underWay.add(fetch);
        ScheduledFuture<?> deadline = timer.schedule(
                () -> result.completeExceptionally(new ResultUnavailableException(
                        "The result of task " + event.taskId() + " was not at the Relay "
                                + Duration.ofMillis(options.getResultTimeout())
                                + " after it was first asked for (resultTimeout). The task is paid; its result may still come:"
                                + " fetch it with crynux:task?operation=result",
                        new TaskFacts(event.taskId().toString(), null, null, null),
                        null)),
                options.getResultTimeout(),
                TimeUnit.MILLISECONDS);
        result.whenComplete((done, error) -> {
            deadline.cancel(false);
            onDone(event, fetch, done, error);
        });
        return true;
    }

    private void onDone(TaskEvent event, Fetch fetch, TaskResult done, Throwable error) {
        synchronized (this) {
            if (closed) {
                free(done);
                return;
            }
            // Before it leaves those under way, so that there is never more room than there is.
            fetched.add(new Fetched(event, done, exception(error)));
            underWay.remove(fetch);
        }
        onFetched.run();
    }

    private static Exception exception(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause == null || cause instanceof Exception ? (Exception) cause : new CompletionException(cause);
    }

    private static void free(TaskResult result) {
        if (result != null) {
            result.files().forEach(ResultFile::close);
        }
    }

    /** Cancels the fetches, and releases results that no exchange will get. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        underWay.forEach(fetch -> fetch.result.cancel(false));
        for (Fetched one = fetched.poll(); one != null; one = fetched.poll()) {
            free(one.result());
        }
    }
}
