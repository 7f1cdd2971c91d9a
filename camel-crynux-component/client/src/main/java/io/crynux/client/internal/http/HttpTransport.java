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
 * Asynchronous HTTP with limits for the size and time of answers and for the number of concurrent requests to a server. Does
 * not follow redirects, so that no signature reaches another host. Cancelling a future cancels its request.
 */
public final class HttpTransport {
    private static final int OK = 200;
    private static final String AUTHORIZATION = "Authorization";
    private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";
    private static final int ERROR_PAGE_BYTES = 64 * 1024;
    /** Maximum number of concurrent requests to a server: at a start, thousands of resumed tasks can send one each. */
    private static final int MAX_CONCURRENT = 128;

    private final HttpSettings settings;
    private final HttpClient client;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;
    private final CallListener listener;
    private final Map<String, HostLimiter> limiters = new ConcurrentHashMap<>();

    /** Without a listener. */
    public HttpTransport(HttpSettings settings, Executor executor, ScheduledExecutorService scheduler) {
        this(settings, executor, scheduler, (uri, status) -> {});
    }

    /** The executor completes the answers, the scheduler checks the timeouts; the caller closes both. */
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
     * Sends a request with a short answer. The future fails with an IOException if there is no complete answer within the
     * request timeout or the answer is too long; any HTTP status is an answer. Of an answer other than 200 only the beginning
     * is kept.
     */
    public CompletableFuture<HttpReply> send(HttpRequest request, long maxBytes) {
        return limiter(request).run(() -> send(request, maxBytes, maxBytes, idleTimeout(), () -> {}));
    }

    /**
     * Sends a request with a long answer. As {@link #send}, but the request timeout applies to the time without progress, and an
     * answer above the threshold goes to a temporary file, which the caller closes.
     */
    public CompletableFuture<HttpReply> download(HttpRequest request, long maxBytes, long spoolThreshold) {
        return limiter(request).run(() -> {
            IdleTimeout timeout = idleTimeout();
            return send(request, maxBytes, spoolThreshold, timeout, timeout::onProgress);
        });
    }

    /**
     * Sends a request for a file that may be continued: what arrived is in the target, also if the future fails. The answer's own
     * content is empty if its status is 200 or 206. The request timeout applies to the time without progress.
     */
    public CompletableFuture<HttpReply> download(HttpRequest request, ResumableDownload target) {
        return limiter(request).run(() -> {
            IdleTimeout timeout = idleTimeout();
            return send(
                    request,
                    info -> ResumableDownload.isContent(info.statusCode())
                            ? target.subscriber(info, timeout::onProgress)
                            : new FirstBytes(ERROR_PAGE_BYTES),
                    timeout,
                    () -> {});
        });
    }

    private HostLimiter limiter(HttpRequest request) {
        return limiters.computeIfAbsent(
                BasicCredentials.without(request.uri()).getRawAuthority(), server -> new HostLimiter(MAX_CONCURRENT));
    }

    private IdleTimeout idleTimeout() {
        return new IdleTimeout(scheduler, settings.requestTimeout());
    }

    private CompletableFuture<HttpReply> send(
            HttpRequest request, long maxBytes, long spoolThreshold, IdleTimeout timeout, Runnable onProgress) {
        AtomicReference<SpooledBody> body = new AtomicReference<>();
        HttpResponse.BodyHandler<Content> bodies = info -> {
            if (info.statusCode() != OK) {
                return new FirstBytes(ERROR_PAGE_BYTES);
            }
            long announced = info.headers().firstValueAsLong("Content-Length").orElse(-1);
            body.set(new SpooledBody(maxBytes, announced, spoolThreshold, onProgress));
            return body.get();
        };
        return send(request, bodies, timeout, () -> {
            if (body.get() != null) {
                body.get().discard();
            }
        });
    }

    /** @param discard frees what has arrived when the request fails */
    private CompletableFuture<HttpReply> send(
            HttpRequest request, HttpResponse.BodyHandler<Content> handler, IdleTimeout timeout, Runnable discard) {
        CompletableFuture<HttpReply> reply = new CompletableFuture<>();
        CompletableFuture<CompletableFuture<HttpResponse<Content>>> sent = new CompletableFuture<>();
        HttpResponse.BodyHandler<Content> bodies = info -> {
            HttpResponse.BodySubscriber<Content> subscriber = handler.apply(info);
            subscriber
                    .getBody()
                    .thenApplyAsync(content -> new HttpReply(info.statusCode(), info.headers(), content), executor)
                    .whenComplete((done, error) -> end(reply, done, error));
            return new HeardBody(subscriber, sent);
        };
        CompletableFuture<HttpResponse<Content>> exchange = client.sendAsync(withCredentials(request), bodies);
        // Only answers without a body: HeardBody completes the others.
        exchange.handleAsync(
                        (bodiless, error) -> {
                            if (error != null) {
                                end(reply, null, error);
                            } else if (bodiless != null) {
                                // A proxy refused the tunnel.
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
        timeout.watch(reply);
        reply.whenComplete((done, error) -> {
            if (error == null) {
                listener.onCall(request.uri(), done.status());
            } else if (!reply.isCancelled()) {
                listener.onCall(request.uri(), CallListener.NO_STATUS);
            }
            if (error != null) {
                exchange.cancel(true);
                discard.run();
            }
        });
        return reply;
    }

    /** The URL's credentials go only to its server, because redirects are not followed, the proxy's only to the proxy. */
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
            // The JDK's client drops the header from requests without a proxy.
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
            // The JDK's client throws such exceptions for some invalid headers, such as lengths that are not numbers.
            cause = notHttp(cause);
        }
        reply.completeExceptionally(cause);
    }

    /** The name of a class of the JDK's client means nothing to whoever reads the message. */
    private static IOException notHttp(Throwable cause) {
        String why = cause.getMessage() == null ? "" : ": " + ForeignText.shown(cause.getMessage());
        return new IOException("the answer is not HTTP" + why, cause);
    }

    /** Opens a WebSocket, with the same TLS, proxy and credentials as requests; fails after the connect timeout. */
    public CompletableFuture<WebSocket> webSocket(URI uri, WebSocket.Listener listener) {
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(settings.connectTimeout());
        BasicCredentials.in(uri).ifPresent(credentials -> builder.header(AUTHORIZATION, credentials.header()));
        if (settings.proxyCredentials() != null) {
            builder.header(PROXY_AUTHORIZATION, settings.proxyCredentials().header());
        }
        return builder.buildAsync(BasicCredentials.without(uri), listener);
    }

    /** A URL for messages and logs: without path, query and credentials, which can contain an API key. */
    public static String shown(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }
}
