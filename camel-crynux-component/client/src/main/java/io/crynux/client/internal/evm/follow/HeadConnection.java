// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.http.HttpTransport;
import io.crynux.client.internal.text.ForeignText;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.web3j.protocol.ObjectMapperFactory;

/**
 * One WebSocket with a subscription for new heads. Pings find out whether it is alive: the JDK's client does not notice every
 * end that comes without a close frame.
 */
final class HeadConnection implements WebSocket.Listener {
    private static final ObjectMapper JSON = ObjectMapperFactory.getObjectMapper();
    private static final int SUBSCRIBE_ID = 1;
    private static final String SUBSCRIBE =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_subscribe\",\"params\":[\"newHeads\"]}";
    /** A head has some two thousand. */
    private static final int LONGEST_MESSAGE = 1 << 20;

    private static final int MOST_UNANSWERED_PINGS = 2;

    /** Whose connection it is. */
    interface Owner {
        void onSubscribed(HeadConnection connection);

        void onHead(HeadConnection connection);

        /** The last call, once, unless the owner has closed it. */
        void onEnd(HeadConnection connection, String why);
    }

    private final URI uri;
    private final HttpTransport http;
    private final ScheduledExecutorService scheduler;
    private final Duration pingInterval;
    private final Owner owner;
    private final AtomicBoolean over = new AtomicBoolean();
    /** Of a message that comes in parts. */
    private final StringBuilder parts = new StringBuilder();

    private final AtomicInteger pingsWithoutSign = new AtomicInteger();
    private volatile WebSocket socket;
    private volatile ScheduledFuture<?> check;
    private volatile boolean subscribed;

    HeadConnection(
            URI uri, HttpTransport http, ScheduledExecutorService scheduler, Duration pingInterval, Owner owner) {
        this.uri = uri;
        this.http = http;
        this.scheduler = scheduler;
        this.pingInterval = pingInterval;
        this.owner = owner;
    }

    /** As messages may show where it goes. */
    String shown() {
        return HttpTransport.shown(uri);
    }

    void open() {
        http.webSocket(uri, this).whenComplete((opened, error) -> {
            if (error != null) {
                end(reason(Futures.cause(error)));
            }
        });
    }

    /** Ends it without a word to the owner. */
    void close() {
        if (over.compareAndSet(false, true)) {
            stopPings();
            WebSocket open = socket;
            if (open != null) {
                // Nobody waits for the server's answer, which may never come.
                open.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((sent, error) -> open.abort());
            }
        }
    }

    /** Ends it; the owner is told. */
    void end(String why) {
        if (over.compareAndSet(false, true)) {
            stopPings();
            WebSocket open = socket;
            if (open != null) {
                open.abort();
            }
            owner.onEnd(this, why);
        }
    }

    private void stopPings() {
        ScheduledFuture<?> pending = check;
        if (pending != null) {
            pending.cancel(false);
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        if (over.get()) {
            opened.abort();
            return;
        }
        opened.request(1);
        endOnError(opened.sendText(SUBSCRIBE, true));
        scheduleCheck();
    }

    private void endOnError(CompletionStage<WebSocket> sent) {
        sent.whenComplete((done, error) -> {
            if (error != null) {
                end(reason(Futures.cause(error)));
            }
        });
    }

    private void scheduleCheck() {
        check = scheduler.schedule(this::check, pingInterval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void check() {
        if (over.get()) {
            return;
        }
        if (pingsWithoutSign.getAndIncrement() >= MOST_UNANSWERED_PINGS) {
            end("nothing was received for "
                    + pingInterval.multipliedBy(MOST_UNANSWERED_PINGS).toMillis() + " ms");
            return;
        }
        endOnError(socket.sendPing(ByteBuffer.allocate(0)));
        scheduleCheck();
    }

    private void onSign() {
        // Until it is subscribed, only the answer to that is a sign.
        if (subscribed) {
            pingsWithoutSign.set(0);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        parts.append(data);
        if (parts.length() > LONGEST_MESSAGE) {
            end("a message is longer than " + LONGEST_MESSAGE);
            return null;
        }
        if (last) {
            String message = parts.toString();
            parts.setLength(0);
            read(message);
        }
        onSign();
        from.request(1);
        return null;
    }

    private void read(String message) {
        JsonNode node;
        try {
            node = JSON.readTree(message);
        } catch (IOException e) {
            end("a message is not JSON");
            return;
        }
        if (over.get()) {
            return;
        }
        if ("eth_subscription".equals(node.path("method").asText())) {
            owner.onHead(this);
        } else if (node.path("id").asInt() == SUBSCRIBE_ID && node.hasNonNull("result")) {
            subscribed = true;
            owner.onSubscribed(this);
        } else if (node.hasNonNull("error")) {
            end("eth_subscribe is refused: "
                    + ForeignText.shown(node.path("error").path("message").asText("no reason")));
        }
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        onSign();
        from.request(1);
        return null;
    }

    /** The JDK's client answers pings by itself. */
    @Override
    public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        onSign();
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        end("the node closed it with code " + code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        end(reason(error));
    }

    private static String reason(Throwable error) {
        if (error instanceof WebSocketHandshakeException refused && refused.getResponse() != null) {
            return HttpReply.describe(refused.getResponse().statusCode());
        }
        return ForeignText.shown(error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage());
    }
}
