// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What is still to be sent over one WebSocket, in order and up to a limit. Undertow's own queue has no limit and takes a
 * buffer of 16 KB for each message, however short; so it gets one message at a time.
 */
final class Outbox {
    private final WebSocketChannel channel;
    private final long maxBytes;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean sending;
    private Runnable last = () -> {};

    Outbox(WebSocketChannel channel, long maxBytes) {
        this.channel = channel;
        this.maxBytes = maxBytes;
    }

    /** Sends a message after those before it; false, and nothing is sent, when too much waits already. */
    boolean send(byte[] message) {
        synchronized (this) {
            if (bytes > 0 && bytes + message.length > maxBytes) {
                return false;
            }
            waiting.add(message);
            bytes += message.length;
            if (sending) {
                return true;
            }
            sending = true;
        }
        sendNext();
        return true;
    }

    /** Does something when all that waits now has been sent; at once when nothing does. Nothing may be sent after it. */
    void afterwards(Runnable action) {
        synchronized (this) {
            if (sending) {
                last = action;
                return;
            }
        }
        action.run();
    }

    /** Called by the thread that has set {@code sending}, without a lock: Undertow has its own. */
    private void sendNext() {
        Delivery delivery;
        do {
            byte[] message = next();
            if (message == null) {
                last.run();
                return;
            }
            delivery = new Delivery(message.length);
            WebSockets.sendText(ByteBuffer.wrap(message), channel, delivery);
        } while (delivery.isOver());
    }

    private synchronized byte[] next() {
        sending = !waiting.isEmpty();
        return waiting.poll();
    }

    private synchronized void sent(int length) {
        bytes -= length;
    }

    /** Goes on with the next message: here when the end comes later, in the loop above when it has come at once. */
    private final class Delivery implements WebSocketCallback<Void> {
        private final int length;
        private final AtomicBoolean met = new AtomicBoolean();

        Delivery(int length) {
            this.length = length;
        }

        boolean isOver() {
            return met.getAndSet(true);
        }

        @Override
        public void complete(WebSocketChannel to, Void context) {
            sent(length);
            if (met.getAndSet(true)) {
                sendNext();
            }
        }

        @Override
        public void onError(WebSocketChannel to, Void context, Throwable error) {
            // The connection is closed: nobody reads the rest.
            complete(to, null);
        }
    }
}
