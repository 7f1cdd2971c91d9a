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

/** Collects a body and gives up as soon as it is longer than allowed, or says that it will be. */
final class SpooledBody implements HttpResponse.BodySubscriber<Content> {
    private final long limit;
    private final long announced;
    private final Runnable onProgress;
    private final Spool spool;
    private final CompletableFuture<Content> body = new CompletableFuture<>();
    private volatile Flow.Subscription subscription;

    /**
     * @param limit longest body that is taken, in bytes
     * @param announced how long the answer says that its body is, negative if it does not
     * @param onProgress is run whenever something has come
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
            // It was given up before it began.
            subscription.cancel();
        } else if (announced > limit) {
            giveUp(new BodyTooLargeException(limit));
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
                    giveUp(new BodyTooLargeException(limit));
                    return;
                }
                spool.write(buffer);
            }
            subscription.request(1);
        } catch (IOException e) {
            giveUp(e);
        }
    }

    private void giveUp(IOException why) {
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

    /** Frees what has come, for nobody wants it any more. */
    void discard() {
        if (body.isDone() && !body.isCompletedExceptionally()) {
            body.join().close();
        } else {
            onError(new IOException("the answer is not wanted any more"));
            Flow.Subscription underWay = subscription;
            if (underWay != null) {
                // Cancelling the exchange may come too late, and whoever sends would go on.
                underWay.cancel();
            }
        }
    }
}
