// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Calls a JSON-RPC over a WebSocket, and hears what it tells. */
public final class WebSocketClient implements AutoCloseable, WebSocket.Listener {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    /** The close code that stands for an end without a word. */
    private static final int BROKEN = 1006;

    private static final long CLOSE_TIMEOUT_SECONDS = 20;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;
    private int id;

    public WebSocketClient(String url) {
        socket = HTTP.newWebSocketBuilder().buildAsync(URI.create(url), this).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            heard.add(part.toString());
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        heard.add("\"pong\"");
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        ended.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        ended.complete(BROKEN);
    }

    public WebSocket socket() {
        return socket;
    }

    public void send(String text) {
        socket.sendText(text, true).join();
    }

    /** The answer's envelope; nothing else may be told meanwhile. */
    public JsonNode call(String method, Object... params) {
        ObjectNode request = RpcClient.JSON
                .createObjectNode()
                .put("jsonrpc", "2.0")
                .put("id", ++id)
                .put("method", method);
        request.set("params", RpcClient.JSON.valueToTree(List.of(params)));
        send(request.toString());
        return next();
    }

    /** Subscribes, and returns the subscription's id. */
    public String subscribe(Object... params) {
        JsonNode answer = call("eth_subscribe", params);
        if (!answer.path("result").isTextual()) {
            throw new AssertionError("eth_subscribe answered " + answer);
        }
        return answer.path("result").asText();
    }

    /** The next message. */
    public JsonNode next() {
        try {
            String message = heard.poll(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("nothing more was heard");
            }
            return RpcClient.JSON.readTree(message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The results of the next notifications, which must be of that subscription. */
    public List<JsonNode> told(String subscription, int count) {
        List<JsonNode> results = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            JsonNode message = next();
            if (!message.at("/params/subscription").asText().equals(subscription)) {
                throw new AssertionError("no notification of " + subscription + ": " + message);
            }
            results.add(message.at("/params/result"));
        }
        return results;
    }

    /** What was heard and not asked for yet. */
    public int unread() {
        return heard.size();
    }

    /**
     * Waits until the connection has ended, and returns its close code. The JDK's client misses one in ten ends that come without
     * a close frame right after a message (seen with 17 against a plain socket), until it is to send something; so it is.
     */
    public int closeCode() {
        await().atMost(Duration.ofSeconds(CLOSE_TIMEOUT_SECONDS)).until(() -> ended.isDone() || !pings());
        return ended.getNow(BROKEN);
    }

    private boolean pings() {
        return socket.sendPing(ByteBuffer.allocate(0))
                .handle((sent, error) -> error == null)
                .join();
    }

    public boolean isOpen() {
        return !ended.isDone();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
