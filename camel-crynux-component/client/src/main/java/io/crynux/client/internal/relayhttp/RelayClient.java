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
 * The Relay's calls of a task creator. Each retries what may pass, with back-off and until its future is completed or
 * cancelled from outside, which also abandons a request that is under way; it fails with a
 * {@link io.crynux.client.error.RelayException} when the Relay refuses for good.
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
    /** As messages name it. */
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

    /** Gives the Relay the parameters of a task that has just come on chain; not before the Relay is likely to know it. */
    public CompletableFuture<Void> upload(BigInteger taskId, String taskArgs) {
        CompletableFuture<HttpReply> call = retry.run(new UploadCall(tasks, http, signer, taskId, taskArgs, lag));
        return following(
                call,
                call.thenCompose(reply -> RelayAnswer.of(reply).meaning() == RelayAnswer.Meaning.ALREADY_DONE
                        ? checkUploaded(taskId, taskArgs)
                        : CompletableFuture.completedFuture(null)));
    }

    /** What is there may belong to another task of ours, which has had the id before a reorganisation. */
    private CompletableFuture<Void> checkUploaded(BigInteger taskId, String taskArgs) {
        TaskStatusCall question = new TaskStatusCall(tasks, http, signer, taskId);
        CompletableFuture<HttpReply> call = retry.run(question);
        return following(call, call.handle((reply, error) -> {
            if (error instanceof OtherTaskException other) {
                throw other;
            }
            // A Relay that does not tell is believed that they are ours.
            if (error == null && isOfAnother(question.task(reply), taskArgs)) {
                throw new OtherTaskException("The Relay at " + relay + " has said that the parameters of task " + taskId
                        + " are there, but they are another task's");
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
     * @param maxBytes a longer one is refused
     * @param spoolThreshold a longer one is kept in a temporary file
     * @param check tells what is wrong with the file, or nothing
     * @return the caller's to close
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
     * Asks once how far a task has come; empty while the Relay does not know or not show the task. Fails with a
     * {@link RelayTroubleException} or another IOException when it does not tell, and is not tried again.
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
                        .map(flaw -> this.<Optional<RelayTaskState>>trouble(call, flaw, reply))
                        .orElseGet(() -> CompletableFuture.completedFuture(call.state(reply)));
            // The next one is signed by the right clock.
            case INVALID_SIGNATURE -> readClock().thenCompose(offset -> trouble(call, answer.words(), reply));
            default -> trouble(call, answer.words(), reply);
        };
    }

    private <T> CompletableFuture<T> trouble(TaskStatusCall call, String why, HttpReply reply) {
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
     * What the Relay says of a task of the signer's now; asked once. Fails with a
     * {@link io.crynux.client.error.RelayException} when it does not say, and with an IOException when it does not answer.
     */
    public CompletableFuture<RelayTask> task(BigInteger taskId) {
        return new TaskQuery(tasks, http, signer, this::readClock).ask(taskId);
    }

    /** How far the Relay's clock is ahead of ours; requests are signed by its clock from then on. */
    public CompletableFuture<Duration> readClock() {
        return time.offset().thenApply(offset -> {
            signer.setClockOffset(offset);
            return offset;
        });
    }
}
