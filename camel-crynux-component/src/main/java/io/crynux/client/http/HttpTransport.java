// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asynchronous HTTP whose answers are bounded in size and time. Redirects are not followed, since a signature must not
 * travel to another host.
 */
public final class HttpTransport {
    private final HttpSettings settings;
    private final HttpClient client;
    private final ScheduledExecutorService scheduler;

    /** The executor completes the answers and the scheduler keeps the deadlines; both are the caller's to close. */
    public HttpTransport(HttpSettings settings, Executor executor, ScheduledExecutorService scheduler) {
        this.settings = settings;
        this.scheduler = scheduler;
        // HTTP/1.1: the networks' nodes and proxies speak it everywhere, and upgrade attempts confuse some of them.
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(executor)
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER);
        if (settings.sslContext() != null) {
            builder.sslContext(settings.sslContext());
        }
        if (settings.proxy() != null) {
            builder.proxy(settings.proxy());
        }
        this.client = builder.build();
    }

    /**
     * Sends a request. The future fails with an IOException when there is no complete answer in time or it is too long;
     * any HTTP status is an answer.
     */
    public CompletableFuture<HttpReply> send(HttpRequest request, long maxBytes) {
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(request, info -> new LimitedBody(maxBytes));
        CompletableFuture<HttpReply> reply =
                exchange.thenApply(r -> new HttpReply(r.statusCode(), r.headers(), r.body()));
        // HttpRequest.timeout ends with the headers; a body that stalls would never end.
        ScheduledFuture<?> deadline = scheduler.schedule(
                () -> {
                    reply.completeExceptionally(new HttpTimeoutException("no complete answer within "
                            + settings.requestTimeout().toMillis() + " ms"));
                    exchange.cancel(true);
                },
                settings.requestTimeout().toMillis(),
                TimeUnit.MILLISECONDS);
        reply.whenComplete((done, error) -> deadline.cancel(false));
        return reply;
    }

    /** A URL as messages and logs may show it: without path, query and credentials, which can hold an API key. */
    public static String shown(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }
}
