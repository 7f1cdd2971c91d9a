// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.http;

import io.crynux.client.internal.spool.Spool;
import io.crynux.client.task.Content;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Collects a body, and fails as soon as it exceeds the limit or announces that it will. */
final class SpooledBody implements HttpResponse.BodySubscriber<Content> {
    private final long limit;
    private final long announced;
    private final Runnable onProgress;
    private final Spool spool;
    private final CompletableFuture<Content> body = new CompletableFuture<>();
    private volatile Flow.Subscription subscription;

    /**
     * @param limit maximum size of the body, in bytes
     * @param announced the answer's Content-Length, negative if it has none
     * @param onProgress runs whenever bytes have arrived
     */
    SpooledBody(long limit, long announced, long spoolThreshold, Runnable onProgress) {
        this.limit = limit;
        this.announced = announced;
        this.onProgress = onProgress;
        this.spool = new Spool(spoolThreshold);
    }

    @Override
    public CompletionStage<Content> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        if (body.isDone()) {
            // It failed before it began.
            subscription.cancel();
        } else if (announced > limit) {
            fail(new BodyTooLargeException(limit));
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (body.isDone()) {
            subscription.cancel();
            return;
        }
        onProgress.run();
        try {
            for (ByteBuffer buffer : buffers) {
                if (spool.size() + buffer.remaining() > limit) {
                    fail(new BodyTooLargeException(limit));
                    return;
                }
                spool.write(buffer);
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
        spool.discard();
        body.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        if (!body.isDone()) {
            Content content = spool.finish();
            if (!body.complete(content)) {
                content.close();
            }
        }
    }

    /** Frees the received bytes, which nobody needs any more. */
    void discard() {
        if (body.isDone() && !body.isCompletedExceptionally()) {
            body.join().close();
        } else {
            onError(new IOException("the answer is no longer needed"));
            Flow.Subscription underWay = subscription;
            if (underWay != null) {
                // Cancelling the exchange may come too late, and the server would continue to send.
                underWay.cancel();
            }
        }
    }
}
