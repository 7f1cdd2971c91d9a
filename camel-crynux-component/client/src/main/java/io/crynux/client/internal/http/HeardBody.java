// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.http;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.task.Content;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Completes a body before the JDK's client does. The client would complete the future of sendAsync on the common pool; on
 * machines with one or two cores, which do not have that pool, it starts a thread for each answer instead. A future that is
 * already complete needs no thread.
 */
final class HeardBody implements HttpResponse.BodySubscriber<Content> {
    private final HttpResponse.BodySubscriber<Content> body;
    private final CompletableFuture<Content> completed = new CompletableFuture<>();

    /** @param sent completes with the future of sendAsync */
    HeardBody(
            HttpResponse.BodySubscriber<Content> body,
            CompletableFuture<CompletableFuture<HttpResponse<Content>>> sent) {
        this.body = body;
        body.getBody()
                .whenComplete((content, error) -> sent.thenAccept(exchange -> {
                    exchange.complete(null);
                    Futures.complete(completed, content, error);
                }));
    }

    @Override
    public CompletionStage<Content> getBody() {
        return completed;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        body.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        body.onNext(buffers);
    }

    @Override
    public void onError(Throwable error) {
        body.onError(error);
    }

    @Override
    public void onComplete() {
        body.onComplete();
    }
}
