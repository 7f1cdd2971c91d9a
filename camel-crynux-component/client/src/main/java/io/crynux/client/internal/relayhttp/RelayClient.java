// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import io.crynux.client.error.OtherTaskException;
import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.http.HttpTransport;
import io.crynux.client.internal.signing.CheckedSigner;
import io.crynux.client.settings.RelaySettings;
import io.crynux.client.task.Content;
import io.crynux.client.wallet.Signer;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/**
 * The Relay's API for task creators. Calls retry temporary failures with back-off until the caller completes or cancels the
 * future, which also cancels a running request; they fail with a {@link io.crynux.client.error.RelayException} if the Relay
 * rejects them.
 */
public final class RelayClient {
    private final URI tasks;
    private final RelayTime time;
    private final HttpTransport http;
    private final RequestSigner signer;
    private final Clock clock;
    private final RelayRetry retry;
    private final RelayLag lag;
    private final Duration maxRetryAfter;
    /** URL for messages. */
    private final String relay;

    public RelayClient(
            URI relayUrl,
            RelaySettings settings,
            HttpTransport http,
            Signer signer,
            Clock clock,
            Executor executor,
            ScheduledExecutorService scheduler) {
        this.tasks = url(relayUrl, "/v1/inference_tasks");
        this.time = new RelayTime(relayUrl, http, clock);
        this.http = http;
        this.signer = new RequestSigner(new CheckedSigner(signer, executor, scheduler), clock);
        this.clock = clock;
        this.maxRetryAfter = settings.maxRetryAfter();
        this.lag = new RelayLag(settings.initialLag());
        this.relay = HttpTransport.shown(relayUrl);
        this.retry = new RelayRetry(settings, executor, scheduler, clock, relay, this::readClock);
    }

    static URI url(URI relayUrl, String path) {
        return URI.create(relayUrl.toString().replaceAll("/+$", "") + path);
    }

    /** Uploads the parameters of a new task, after a delay in which the Relay usually learns of it. */
    public CompletableFuture<Void> upload(BigInteger taskId, String taskArgs) {
        CompletableFuture<HttpReply> call = retry.run(new UploadCall(tasks, http, signer, taskId, taskArgs, lag));
        return following(
                call,
                call.thenCompose(reply -> RelayAnswer.of(reply).meaning() == RelayAnswer.Meaning.ALREADY_DONE
                        ? checkUploaded(taskId, taskArgs)
                        : CompletableFuture.completedFuture(null)));
    }

    /** The uploaded parameters may belong to another task of this wallet, which had the id before a reorganisation. */
    private CompletableFuture<Void> checkUploaded(BigInteger taskId, String taskArgs) {
        TaskStatusCall question = new TaskStatusCall(tasks, http, signer, taskId);
        CompletableFuture<HttpReply> call = retry.run(question);
        return following(call, call.handle((reply, error) -> {
            if (error instanceof OtherTaskException other) {
                throw other;
            }
            // If the Relay does not return the task, assume that the parameters are right.
            if (error == null && isOfAnother(question.task(reply), taskArgs)) {
                throw new OtherTaskException("The Relay at " + relay + " reports that it has the parameters of task "
                        + taskId + ", but they belong to another task");
            }
            return null;
        }));
    }

    private static boolean isOfAnother(RelayTask task, String taskArgs) {
        return task.isWithoutParameters()
                || task.parameters().filter(args -> !args.equals(taskArgs)).isPresent();
    }

    /**
     * Downloads one file of a result.
     *
     * @param number of the image, from 0; 0 for a text
     * @param maxBytes maximum size
     * @param spoolThreshold maximum size in memory; a larger file goes to a temporary file
     * @param check returns what is wrong with the file, or empty
     * @return content that the caller closes
     */
    public CompletableFuture<Content> result(
            BigInteger taskId,
            int number,
            long maxBytes,
            long spoolThreshold,
            Function<Content, Optional<String>> check) {
        CompletableFuture<HttpReply> call =
                retry.run(new DownloadCall(tasks, http, signer, taskId, number, maxBytes, spoolThreshold, check));
        return following(call, call.thenApply(HttpReply::content));
    }

    /**
     * Reads the state of a task once; empty while the Relay does not know or return the task. Fails with a
     * {@link RelayTroubleException} or another IOException if the Relay fails; does not retry.
     */
    public CompletableFuture<Optional<RelayTaskState>> state(BigInteger taskId) {
        TaskStatusCall call = new TaskStatusCall(tasks, http, signer, taskId);
        return call.request().thenCompose(call::send).thenCompose(reply -> state(call, reply));
    }

    private CompletableFuture<Optional<RelayTaskState>> state(TaskStatusCall call, HttpReply reply) {
        RelayAnswer answer = RelayAnswer.of(reply);
        return switch (answer.meaning()) {
            case NOT_YET, NOT_SHOWN, OTHER_TASK -> CompletableFuture.completedFuture(Optional.empty());
            case OK ->
                call.flaw(reply)
                        .map(flaw -> this.<Optional<RelayTaskState>>failed(call, flaw, reply))
                        .orElseGet(() -> CompletableFuture.completedFuture(call.state(reply)));
            // The next request is signed with the Relay's time.
            case INVALID_SIGNATURE -> readClock().thenCompose(offset -> failed(call, answer.text(), reply));
            default -> failed(call, answer.text(), reply);
        };
    }

    private <T> CompletableFuture<T> failed(TaskStatusCall call, String why, HttpReply reply) {
        Duration asked = reply.retryAfter(clock.instant()).orElse(Duration.ZERO);
        return CompletableFuture.failedFuture(new RelayTroubleException(
                call.what() + " failed: " + why, asked.compareTo(maxRetryAfter) > 0 ? maxRetryAfter : asked));
    }

    /** A future that ends with the call, and ends the call when it is cancelled. */
    private static <T> CompletableFuture<T> following(CompletableFuture<HttpReply> call, CompletableFuture<T> future) {
        future.whenComplete((done, error) -> {
            if (future.isCancelled()) {
                call.cancel(false);
            }
        });
        return future;
    }

    /**
     * Reads a task of the signer once. Fails with a {@link io.crynux.client.error.RelayException} if the Relay does not return
     * the task, and with an IOException if it does not answer.
     */
    public CompletableFuture<RelayTask> task(BigInteger taskId) {
        return new TaskQuery(tasks, http, signer, this::readClock).ask(taskId);
    }

    /** How far the Relay's clock is ahead of the local one; later requests are signed with the Relay's time. */
    public CompletableFuture<Duration> readClock() {
        return time.offset().thenApply(offset -> {
            signer.setClockOffset(offset);
            return offset;
        });
    }
}
