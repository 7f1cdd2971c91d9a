// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.http;

import io.crynux.client.internal.spool.Spool;
import io.crynux.client.task.Content;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * A file that is received by several requests if connections break: what arrived is kept, and the next request asks for the rest
 * with a Range header (RFC 9110 section 14). In memory up to a threshold, beyond it in a temporary file. Requests follow one
 * another; finishing or discarding ends it.
 */
public final class ResumableDownload {
    private static final int PARTIAL = 206;

    private final long limit;
    private final long spoolThreshold;
    private Spool spool;
    private String version;

    /**
     * @param limit maximum size of the file, in bytes
     * @param spoolThreshold maximum size in memory
     */
    public ResumableDownload(long limit, long spoolThreshold) {
        this.limit = limit;
        this.spoolThreshold = spoolThreshold;
        this.spool = new Spool(spoolThreshold);
    }

    /** Number of bytes that have arrived. */
    public synchronized long received() {
        return spool.size();
    }

    /** Makes a request ask for what is missing, or for all of it if the file has changed. */
    public synchronized HttpRequest.Builder addRange(HttpRequest.Builder request) {
        if (spool.size() > 0) {
            request.header("Range", "bytes=" + spool.size() + "-");
            if (version != null) {
                request.header("If-Range", version);
            }
        }
        return request;
    }

    /** The whole file, which the caller closes. */
    public synchronized Content finish() {
        return spool.finish();
    }

    /** Frees what arrived. */
    public synchronized void discard() {
        spool.discard();
    }

    /** Whether an answer contains the file or a part of it. */
    static boolean isContent(int status) {
        return status == 200 || status == PARTIAL;
    }

    /** @param onProgress runs whenever bytes have arrived */
    synchronized HttpResponse.BodySubscriber<Content> subscriber(
            HttpResponse.ResponseInfo answer, Runnable onProgress) {
        long announced = answer.headers().firstValueAsLong("Content-Length").orElse(0);
        IOException flaw = null;
        if (answer.statusCode() == PARTIAL) {
            flaw = rangeFlaw(answer.headers().firstValue("Content-Range"));
        } else {
            // The server sends all of it, whether it ignores ranges or the file has changed.
            spool.discard();
            spool = new Spool(spoolThreshold);
            version = answer.headers().firstValue("Last-Modified").orElse(null);
        }
        if (flaw == null && spool.size() + announced > limit) {
            flaw = new BodyTooLargeException(limit);
        }
        return new Part(spool, flaw, onProgress);
    }

    private IOException rangeFlaw(Optional<String> range) {
        String expected = "bytes " + spool.size() + "-";
        return range.filter(value -> value.startsWith(expected)).isPresent()
                ? null
                : new IOException("the answer is another part of the file than the one that was asked for");
    }

    /** The body of one answer. */
    private final class Part implements HttpResponse.BodySubscriber<Content> {
        private final Spool target;
        private final IOException flaw;
        private final Runnable onProgress;
        private final CompletableFuture<Content> body = new CompletableFuture<>();
        private Flow.Subscription subscription;

        Part(Spool target, IOException flaw, Runnable onProgress) {
            this.target = target;
            this.flaw = flaw;
            this.onProgress = onProgress;
        }

        @Override
        public CompletionStage<Content> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription newSubscription) {
            subscription = newSubscription;
            if (flaw == null) {
                subscription.request(1);
            } else {
                fail(flaw);
            }
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            if (body.isDone()) {
                return;
            }
            onProgress.run();
            try {
                for (ByteBuffer buffer : buffers) {
                    if (target.size() + buffer.remaining() > limit) {
                        fail(new BodyTooLargeException(limit));
                        return;
                    }
                    target.write(buffer);
                }
                subscription.request(1);
            } catch (IOException e) {
                fail(e);
            }
        }

        private void fail(IOException why) {
            subscription.cancel();
            onError(why);
        }

        @Override
        public void onError(Throwable error) {
            body.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
            body.complete(Content.of(new byte[0]));
        }
    }
}
