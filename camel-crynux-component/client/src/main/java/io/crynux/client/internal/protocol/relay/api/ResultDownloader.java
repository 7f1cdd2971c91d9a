// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.http.ResumableDownload;
import io.crynux.client.task.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.web3j.utils.Numeric;

/**
 * Downloads a file with as many requests as it takes: after a broken connection the next request asks for the rest, as long as each
 * brings something.
 */
final class ResultDownloader {
    private final CallRunner runner;
    private final long maxSize;
    private final long spoolThreshold;

    /**
     * @param maxSize maximum size of a file, in bytes
     * @param spoolThreshold maximum size in memory
     */
    ResultDownloader(CallRunner runner, long maxSize, long spoolThreshold) {
        this.runner = runner;
        this.maxSize = maxSize;
        this.spoolThreshold = spoolThreshold;
    }

    /** Completes with content that the caller closes. Cancelling frees what arrived. */
    CompletableFuture<Answer<Content>> download(Function<ResumableDownload, DownloadCall> call) {
        ResumableDownload target = new ResumableDownload(maxSize, spoolThreshold);
        CompletableFuture<Answer<Content>> result = new CompletableFuture<>();
        result.whenComplete((content, error) -> target.discard());
        next(call, target, result);
        return result;
    }

    private void next(
            Function<ResumableDownload, DownloadCall> call,
            ResumableDownload target,
            CompletableFuture<Answer<Content>> result) {
        long before = target.received();
        CompletableFuture<Answer<Void>> part = runner.run(call.apply(target));
        result.whenComplete((content, error) -> part.cancel(false));
        part.whenComplete((answer, error) -> {
            if (error != null) {
                result.completeExceptionally(Futures.cause(error));
                return;
            }
            Optional<Refusal> refusal = answer.refusal();
            if (refusal.isEmpty()) {
                finish(target, result);
            } else if (refusal.get() instanceof Refusal.NoAnswer && target.received() > before && !result.isDone()) {
                next(call, target, result);
            } else {
                result.complete(new Answer.Refused<>(refusal.get()));
            }
        });
    }

    private static void finish(ResumableDownload target, CompletableFuture<Answer<Content>> result) {
        if (result.isDone()) {
            return;
        }
        Content content = target.finish();
        if (!result.complete(new Answer.Done<>(content))) {
            content.close();
        }
    }

    /**
     * Whether a text's file has the score that its nodes agreed on: its SHA-256 (relay protocol, section 4.2).
     *
     * @throws UncheckedIOException if the content cannot be read
     */
    static boolean hasScore(Content content, String score) {
        try (InputStream bytes = content.open()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[8192];
            for (int length = bytes.read(buffer); length >= 0; length = bytes.read(buffer)) {
                digest.update(buffer, 0, length);
            }
            return Numeric.toHexString(digest.digest()).equalsIgnoreCase(score);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
