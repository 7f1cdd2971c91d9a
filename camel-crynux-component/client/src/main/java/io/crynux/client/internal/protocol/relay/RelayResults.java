// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay;

import io.crynux.client.error.ResultUnavailableException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.protocol.relay.api.Answer;
import io.crynux.client.internal.protocol.relay.api.Refusal;
import io.crynux.client.internal.protocol.relay.api.RelayApi;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.settings.Backoff;
import io.crynux.client.task.Content;
import io.crynux.client.task.TaskKind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Downloads files of results, again while they are not there yet or the Relay is away. */
final class RelayResults {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

    private final RelayApi api;
    private final ScheduledExecutorService scheduler;
    private final Consumer<String> onDownloaded;

    /** @param onDownloaded gets the commitment of a task of which a file is here */
    RelayResults(RelayApi api, ScheduledExecutorService scheduler, Consumer<String> onDownloaded) {
        this.api = api;
        this.scheduler = scheduler;
        this.onDownloaded = onDownloaded;
    }

    /** Cancelling the future ends the tries. Called on any thread. */
    CompletableFuture<Content> file(TaskRecord record, int number) {
        RequestEnd end = RelayTexts.end(record.data());
        if (end == null || end.commitment() == null) {
            return CompletableFuture.failedFuture(new IllegalStateException("the task has no result"));
        }
        Download download = new Download(record.order(), end, number);
        download.next();
        return download.file;
    }

    private static boolean isFinal(Refusal refusal) {
        return refusal instanceof Refusal.Permanent
                || refusal instanceof Refusal.NoFile
                || refusal instanceof Refusal.TooLarge
                || refusal instanceof Refusal.Stranger
                || refusal instanceof Refusal.NotFound;
    }

    /** The tries to download one file. */
    private final class Download {
        private final TaskOrder order;
        private final RequestEnd end;
        private final int number;
        private final CompletableFuture<Content> file = new CompletableFuture<>();
        private int failures;

        Download(TaskOrder order, RequestEnd end, int number) {
            this.order = order;
            this.end = end;
            this.number = number;
        }

        void next() {
            if (file.isDone()) {
                return;
            }
            CompletableFuture<Answer<Content>> download = order.kind() == TaskKind.SD_FT_LORA
                    ? api.checkpoint(end.commitment(), order.maxResultBytes(), order.spoolThreshold())
                    : api.result(end.commitment(), number, order.maxResultBytes(), order.spoolThreshold());
            file.whenComplete((content, error) -> download.cancel(false));
            download.whenComplete((answer, error) -> {
                if (error != null) {
                    file.completeExceptionally(Futures.cause(error));
                } else if (answer.value().isPresent()) {
                    onContent(answer.value().get());
                } else {
                    onRefusal(answer.refusal().orElseThrow());
                }
            });
        }

        /** A text's file must be the one whose hash its node has reported. */
        private void onContent(Content content) {
            boolean unchecked = order.kind() != TaskKind.GPT || end.score() == null;
            if (!unchecked && !RelayApi.hasScore(content, end.score())) {
                content.close();
                fail("the file at the Relay is not the one whose hash the node has reported");
                return;
            }
            onDownloaded.accept(end.commitment());
            if (!file.complete(content)) {
                content.close();
            }
        }

        private void onRefusal(Refusal refusal) {
            if (isFinal(refusal)) {
                fail(refusal.text());
                return;
            }
            Duration delay = BACKOFF.delay(failures++);
            if (refusal instanceof Refusal.Unavailable away && away.retryAfter().compareTo(delay) > 0) {
                delay = away.retryAfter();
            }
            scheduler.schedule(this::next, delay.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void fail(String why) {
            file.completeExceptionally(
                    new ResultUnavailableException(why, new TaskFacts(end.commitment(), null, end.chargedWei(), null)));
        }
    }
}
