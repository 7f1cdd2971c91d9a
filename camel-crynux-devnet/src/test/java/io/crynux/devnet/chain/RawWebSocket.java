// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A WebSocket on a plain socket, for what comes right before the end of a connection: the JDK's client can lose the last messages
 * when an end follows without a close frame (seen with 17 and 25 against a plain server socket).
 */
public final class RawWebSocket implements AutoCloseable {
    private static final int FINAL_TEXT = 0x81;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTES_OF_LENGTH = 126;
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    public RawWebSocket(String url) throws IOException {
        URI uri = URI.create(url);
        socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
        out.writeBytes("GET / HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        assertThat(head).startsWith("HTTP/1.1 101").contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    /** Sends a short text; a mask of zeros leaves it as it is. */
    public void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(bytes.length).isLessThan(TWO_BYTES_OF_LENGTH);
        out.writeByte(FINAL_TEXT);
        out.writeByte(MASKED | bytes.length);
        out.writeInt(0);
        out.write(bytes);
        out.flush();
    }

    /** The next text. */
    public JsonNode next() throws IOException {
        return next(in.readUnsignedByte());
    }

    private JsonNode next(int type) throws IOException {
        assertThat(type).isEqualTo(FINAL_TEXT);
        int length = in.readUnsignedByte();
        byte[] text = new byte[length == TWO_BYTES_OF_LENGTH ? in.readUnsignedShort() : length];
        in.readFully(text);
        return RpcClient.JSON.readTree(text);
    }

    /** All texts until the connection ends, which must not be within one; a close frame fails the test. */
    public List<JsonNode> untilTheEnd() throws IOException {
        List<JsonNode> texts = new ArrayList<>();
        for (int type = in.read(); type != -1; type = in.read()) {
            texts.add(next(type));
        }
        return texts;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
