// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.fault;

import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A body that goes on until the client has had enough: the beginning of a JSON string, and letters without end. */
final class EndlessBody implements IoCallback {
    private static final byte[] BEGINNING =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"message\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LETTERS = new byte[64 * 1024];

    static {
        Arrays.fill(LETTERS, (byte) 'a');
    }

    static void begin(HttpServerExchange exchange) {
        exchange.getResponseSender().send(ByteBuffer.wrap(BEGINNING), new EndlessBody());
    }

    @Override
    public void onComplete(HttpServerExchange exchange, Sender sender) {
        sender.send(ByteBuffer.wrap(LETTERS), this);
    }

    @Override
    public void onException(HttpServerExchange exchange, Sender sender, IOException exception) {
        // The client has gone, as it should.
        exchange.endExchange();
    }
}
