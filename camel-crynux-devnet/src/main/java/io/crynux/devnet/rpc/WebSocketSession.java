// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.StreamSourceFrameChannel;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.utils.Numeric;
import org.xnio.IoUtils;

/** One WebSocket: answers requests one after the other, and sends the notifications of its subscriptions. */
final class WebSocketSession extends AbstractReceiveListener {
    /** What may wait for a client that does not read: more, and it is disconnected. */
    static final int MAX_UNSENT_BYTES = 16 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketSession.class);
    private static final int MAX_SUBSCRIPTIONS = 1_000;
    private static final int ID_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final WebSocketChannel channel;
    private final RpcDispatcher dispatcher;
    private final WebSocketFaults faults;
    private final Outbox outbox;
    private final Map<String, RpcMethod> methods =
            Map.of("eth_subscribe", this::subscribe, "eth_unsubscribe", this::unsubscribe);

    private volatile Map<String, Subscription> subscriptions = Map.of();
    /** Notifications of subscriptions whose ids are not sent yet; null while there are none. */
    private List<byte[]> early;

    private volatile boolean gone;

    WebSocketSession(WebSocketChannel channel, RpcDispatcher dispatcher, WebSocketFaults faults) {
        this.channel = channel;
        this.dispatcher = dispatcher;
        this.faults = faults;
        this.outbox = new Outbox(channel, MAX_UNSENT_BYTES);
    }

    @Override
    protected void onText(WebSocketChannel from, StreamSourceFrameChannel message) {
        new MessageReader(RpcServer.MAX_BODY_BYTES, this::receive).handleEvent(message);
    }

    /** Bytes are taken for text, as by geth. */
    @Override
    protected void onBinary(WebSocketChannel from, StreamSourceFrameChannel message) {
        onText(from, message);
    }

    /** Nothing more is read until the pong is sent: pongs that nobody reads must not pile up either. */
    @Override
    protected void onFullPingMessage(WebSocketChannel from, BufferedBinaryMessage message) {
        var payload = message.getData();
        if (faults.silent()) {
            payload.free();
            return;
        }
        channel.suspendReceives();
        WebSockets.sendPong(payload.getResource(), channel, new WebSocketCallback<Void>() {
            @Override
            public void complete(WebSocketChannel to, Void context) {
                payload.free();
                channel.resumeReceives();
            }

            @Override
            public void onError(WebSocketChannel to, Void context, Throwable error) {
                complete(to, null);
            }
        });
    }

    @Override
    protected void onError(WebSocketChannel from, Throwable error) {
        LOG.debug("A WebSocket broke: {}", error.toString());
        super.onError(from, error);
    }

    /** Nothing more is read until the answer is on its way, so that who asks without listening asks for little. */
    private void receive(byte[] request) {
        if (faults.silent()) {
            return;
        }
        channel.suspendReceives();
        try {
            channel.getWorker().execute(() -> {
                try {
                    answer(request);
                } finally {
                    channel.resumeReceives();
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("A request arrived after the server was closed");
            cut();
        }
    }

    private void answer(byte[] request) {
        Optional<byte[]> answer = dispatcher.answer(request, methods, () -> {});
        synchronized (this) {
            answer.ifPresent(this::send);
            if (early != null) {
                early.forEach(this::send);
                early = null;
            }
        }
    }

    private synchronized JsonNode subscribe(Params params) {
        Subscription wanted = Subscription.of(params);
        if (subscriptions.size() >= MAX_SUBSCRIPTIONS) {
            throw RpcException.of(RpcException.LIMIT_EXCEEDED, "too many subscriptions");
        }
        byte[] random = new byte[ID_BYTES];
        RANDOM.nextBytes(random);
        String id = Numeric.toHexString(random);
        Map<String, Subscription> more = new LinkedHashMap<>(subscriptions);
        more.put(id, wanted);
        subscriptions = Collections.unmodifiableMap(more);
        early = early == null ? new ArrayList<>() : early;
        return new TextNode(id);
    }

    private synchronized JsonNode unsubscribe(Params params) {
        if (!params.at(0).isTextual()) {
            throw RpcException.invalidParams("invalid or missing subscription id");
        }
        Map<String, Subscription> others = new LinkedHashMap<>(subscriptions);
        boolean removed = others.remove(params.at(0).textValue()) != null;
        subscriptions = Collections.unmodifiableMap(others);
        return BooleanNode.valueOf(removed);
    }

    /** The subscriptions of now, by their ids. */
    Map<String, Subscription> subscriptions() {
        return subscriptions;
    }

    /**
     * Sends the notifications of a change.
     *
     * @param since the subscriptions at the time of the change; those that have ended since get nothing
     */
    synchronized void publish(Map<String, Subscription> since, Function<Subscription, List<JsonNode>> change) {
        since.forEach((id, subscription) -> {
            if (subscriptions.containsKey(id)) {
                change.apply(subscription).forEach(result -> notify(RpcDispatcher.bytes(notification(id, result))));
            }
        });
    }

    private void notify(byte[] notification) {
        if (gone) {
            return;
        }
        if (faults.cuts(this)) {
            gone = true;
            outbox.afterwards(this::cut);
        } else if (early != null) {
            early.add(notification);
        } else {
            send(notification);
        }
    }

    private static ObjectNode notification(String id, JsonNode result) {
        ObjectNode notification =
                JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0").put("method", "eth_subscription");
        notification.putObject("params").put("subscription", id).set("result", result);
        return notification;
    }

    private void send(byte[] message) {
        if (!gone && !faults.silent() && !outbox.send(message)) {
            LOG.warn("A WebSocket client does not read and is disconnected");
            cut();
        }
    }

    /** Breaks the connection without a word. */
    void cut() {
        gone = true;
        // By the thread that reads from it: Undertow does not expect another one to close it meanwhile.
        channel.getIoThread().execute(() -> IoUtils.safeClose(channel));
    }
}
