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
 * A body that we hear of ourselves, before the JDK's client does. It would complete the future of sendAsync on the common pool,
 * which machines with one or two cores do not have: there it starts a thread for each answer, as many as come at once. A future
 * that is complete already needs none.
 */
final class HeardBody implements HttpResponse.BodySubscriber<Content> {
    private final HttpResponse.BodySubscriber<Content> body;
    private final CompletableFuture<Content> told = new CompletableFuture<>();

    /** @param sent what sendAsync has returned, as soon as it has */
    HeardBody(
            HttpResponse.BodySubscriber<Content> body,
            CompletableFuture<CompletableFuture<HttpResponse<Content>>> sent) {
        this.body = body;
        body.getBody()
                .whenComplete((content, error) -> sent.thenAccept(exchange -> {
                    exchange.complete(null);
                    Futures.complete(told, content, error);
                }));
    }

    @Override
    public CompletionStage<Content> getBody() {
        return told;
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
