// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.http;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.text.ForeignText;
import io.crynux.client.settings.HttpSettings;
import io.crynux.client.settings.HttpSettings.BasicCredentials;
import io.crynux.client.task.Content;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Asynchronous HTTP whose answers are bounded in size and time, and whose requests to one server are bounded in number. Redirects are not followed, since a signature must not
 * travel to another host. Cancelling a future abandons its request.
 */
public final class HttpTransport {
    private static final int OK = 200;
    private static final String AUTHORIZATION = "Authorization";
    private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";
    private static final int ERROR_PAGE_BYTES = 64 * 1024;
    /** Requests at once to one server: when thousands of tasks are taken up at a start, each has something to ask. */
    private static final int MOST_AT_ONCE = 128;

    private final HttpSettings settings;
    private final HttpClient client;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;
    private final CallListener listener;
    private final Map<String, HostLimiter> places = new ConcurrentHashMap<>();

    /** One that tells nobody of its requests. */
    public HttpTransport(HttpSettings settings, Executor executor, ScheduledExecutorService scheduler) {
        this(settings, executor, scheduler, (uri, status) -> {});
    }

    /** The executor completes the answers and the scheduler keeps the deadlines; both are the caller's to close. */
    public HttpTransport(
            HttpSettings settings, Executor executor, ScheduledExecutorService scheduler, CallListener listener) {
        this.listener = listener;
        this.settings = settings;
        this.executor = executor;
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
     * Sends a request whose answer is short. The future fails with an IOException when there is no complete answer within
     * the request time-out or it is too long; any HTTP status is an answer. Of an answer other than 200 only the beginning
     * is kept.
     */
    public CompletableFuture<HttpReply> send(HttpRequest request, long maxBytes) {
        return placesAt(request).run(() -> send(request, maxBytes, maxBytes, patience(), () -> {}));
    }

    /**
     * Sends a request whose answer may be long. As {@link #send}, but the request time-out is for the time in which nothing
     * comes, and an answer beyond the threshold is kept in a temporary file, which is the caller's to close.
     */
    public CompletableFuture<HttpReply> download(HttpRequest request, long maxBytes, long spoolThreshold) {
        return placesAt(request).run(() -> {
            IdleTimeout patience = patience();
            return send(request, maxBytes, spoolThreshold, patience, patience::onProgress);
        });
    }

    private HostLimiter placesAt(HttpRequest request) {
        return places.computeIfAbsent(
                BasicCredentials.without(request.uri()).getRawAuthority(), server -> new HostLimiter(MOST_AT_ONCE));
    }

    private IdleTimeout patience() {
        return new IdleTimeout(scheduler, settings.requestTimeout());
    }

    private CompletableFuture<HttpReply> send(
            HttpRequest request, long maxBytes, long spoolThreshold, IdleTimeout patience, Runnable onProgress) {
        AtomicReference<SpooledBody> body = new AtomicReference<>();
        CompletableFuture<HttpReply> reply = new CompletableFuture<>();
        CompletableFuture<CompletableFuture<HttpResponse<Content>>> sent = new CompletableFuture<>();
        HttpResponse.BodyHandler<Content> bodies = info -> {
            HttpResponse.BodySubscriber<Content> subscriber;
            if (info.statusCode() == OK) {
                long announced =
                        info.headers().firstValueAsLong("Content-Length").orElse(-1);
                body.set(new SpooledBody(maxBytes, announced, spoolThreshold, onProgress));
                subscriber = body.get();
            } else {
                subscriber = new FirstBytes(ERROR_PAGE_BYTES);
            }
            subscriber
                    .getBody()
                    .thenApplyAsync(content -> new HttpReply(info.statusCode(), info.headers(), content), executor)
                    .whenComplete((done, error) -> end(reply, done, error));
            return new HeardBody(subscriber, sent);
        };
        CompletableFuture<HttpResponse<Content>> exchange = client.sendAsync(withCredentials(request), bodies);
        // Only of what has no body: an exchange with one is complete already.
        exchange.handleAsync(
                        (bodiless, error) -> {
                            if (error != null) {
                                end(reply, null, error);
                            } else if (bodiless != null) {
                                // The refusal of a tunnel.
                                Content nothing = Content.of(new byte[0]);
                                end(reply, new HttpReply(bodiless.statusCode(), bodiless.headers(), nothing), null);
                            }
                            return bodiless;
                        },
                        executor)
                .whenComplete((bodiless, rejected) -> {
                    if (rejected != null) {
                        reply.completeExceptionally(rejected);
                    }
                });
        sent.complete(exchange);
        patience.watch(reply);
        reply.whenComplete((done, error) -> {
            if (error == null) {
                listener.onCall(request.uri(), done.status());
            } else if (!reply.isCancelled()) {
                listener.onCall(request.uri(), CallListener.NO_STATUS);
            }
            if (error != null) {
                exchange.cancel(true);
                if (body.get() != null) {
                    body.get().discard();
                }
            }
        });
        return reply;
    }

    /** Those of the URL go to its server alone, since redirects are not followed; those of the proxy to the proxy alone. */
    private HttpRequest withCredentials(HttpRequest request) {
        Optional<BasicCredentials> ofServer = BasicCredentials.in(request.uri());
        BasicCredentials ofProxy = settings.proxyCredentials();
        if (ofServer.isEmpty() && ofProxy == null) {
            return request;
        }
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(request, (name, value) -> true).uri(BasicCredentials.without(request.uri()));
        ofServer.ifPresent(credentials -> builder.header(AUTHORIZATION, credentials.header()));
        if (ofProxy != null) {
            // The JDK's client leaves it out of requests that go to no proxy.
            builder.header(PROXY_AUTHORIZATION, ofProxy.header());
        }
        return builder.build();
    }

    private static void end(CompletableFuture<HttpReply> reply, HttpReply done, Throwable error) {
        if (error == null) {
            if (!reply.complete(done)) {
                done.content().close();
            }
            return;
        }
        Throwable cause = Futures.cause(error);
        if (cause instanceof RuntimeException && !(cause instanceof CancellationException)) {
            // The JDK's client stumbles over some headers, such as lengths that are no numbers.
            cause = new IOException("the answer is no HTTP (" + ForeignText.shown(cause.toString()) + ")");
        }
        reply.completeExceptionally(cause);
    }

    /** Opens a WebSocket, with the same TLS, proxy and credentials as requests; fails when it does not stand within the connect time-out. */
    public CompletableFuture<WebSocket> webSocket(URI uri, WebSocket.Listener listener) {
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(settings.connectTimeout());
        BasicCredentials.in(uri).ifPresent(credentials -> builder.header(AUTHORIZATION, credentials.header()));
        if (settings.proxyCredentials() != null) {
            builder.header(PROXY_AUTHORIZATION, settings.proxyCredentials().header());
        }
        return builder.buildAsync(BasicCredentials.without(uri), listener);
    }

    /** A URL as messages and logs may show it: without path, query and credentials, which can hold an API key. */
    public static String shown(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }
}
