// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends requests byte for byte: the JDK's client sets Host and Content-Length itself. */
final class RawHttp {
    private static final int PATIENCE_MILLIS = 20_000;

    private final URI server;

    RawHttp(String url) {
        server = URI.create(url);
    }

    /** The answer, head and body. */
    String send(String head, byte[] body) {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(head.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            request.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
            request.writeBytes(body);
            socket.getOutputStream().write(request.toByteArray());
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The status of a GET with further headers, each ended by a line feed. */
    int get(String path, String headers) {
        return status(send("GET " + path + " HTTP/1.1\nConnection: close\n" + headers, new byte[0]));
    }

    /** The answer to a POST with further headers, each ended by a line feed. */
    String post(String path, String headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return send(
                "POST " + path + " HTTP/1.1\nConnection: close\nContent-Length: " + bytes.length + "\n" + headers,
                bytes);
    }

    static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }
}
