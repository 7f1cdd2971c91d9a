// SPDX-License-Identifier: Apache-2.0
package io.crynux.testing;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How a {@link RelayProxy} answers one request. */
@FunctionalInterface
public interface RelayFault {
    int CHUNK = 64 * 1024;

    /** The Relay, when it is asked. */
    @FunctionalInterface
    interface Relay {
        HttpResponse<byte[]> answer() throws IOException;
    }

    void answer(HttpExchange exchange, Relay relay) throws IOException;

    /** What the Relay answers. */
    RelayFault NONE = (exchange, relay) -> {
        HttpResponse<byte[]> answer = relay.answer();
        send(exchange, answer.statusCode(), answer.body());
    };

    /** The connection breaks before anything is answered. */
    RelayFault RESET = (exchange, relay) -> exchange.close();

    /** The Relay does what it is asked, but its answer is lost. */
    RelayFault LOST_ANSWER = (exchange, relay) -> {
        relay.answer();
        exchange.close();
    };

    /** No answer; the connection stays open. */
    RelayFault SILENCE = (exchange, relay) -> {};

    /** The Relay's answer breaks off in the middle. */
    RelayFault TRUNCATED = (exchange, relay) -> {
        HttpResponse<byte[]> answer = relay.answer();
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
        exchange.getResponseBody().write(answer.body(), 0, answer.body().length / 2);
        exchange.getResponseBody().flush();
        exchange.close();
    };

    /** A proxy's page. */
    static RelayFault html(int status, String... headers) {
        return text(status, "<html><body>" + "Something is wrong. ".repeat(10_000) + "</body></html>", headers);
    }

    /** A text, with headers as names and values in turn. */
    static RelayFault text(int status, String body, String... headers) {
        return (exchange, relay) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
        };
    }

    /** The Relay's own refusal. */
    static RelayFault refusal(String field, String message) {
        return text(
                400,
                "{\"message\":\"validation_error\",\"data\":{\"field_name\":\"" + field + "\",\"message\":\"" + message
                        + "\"}}");
    }

    /** An answer of so many bytes that begins like a PNG, made while it is sent. */
    static RelayFault png(long size) {
        return (exchange, relay) -> {
            exchange.sendResponseHeaders(200, size);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(pngSignature());
                byte[] zeros = new byte[CHUNK];
                for (long left = size - pngSignature().length; left > 0; left -= CHUNK) {
                    out.write(zeros, 0, (int) Math.min(left, CHUNK));
                }
            }
        };
    }

    /**
     * A PNG without end, a little at a time.
     *
     * @param begun counted down when the first bytes are sent
     * @param abandoned counted down when nobody takes them any more
     */
    static RelayFault endless(CountDownLatch begun, CountDownLatch abandoned) {
        return (exchange, relay) -> {
            exchange.sendResponseHeaders(200, 0);
            CountDownLatch never = new CountDownLatch(1);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(pngSignature());
                while (true) {
                    out.write(new byte[CHUNK]);
                    out.flush();
                    begun.countDown();
                    never.await(20, TimeUnit.MILLISECONDS);
                }
            } catch (IOException e) {
                abandoned.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private static byte[] pngSignature() {
        return new byte[] {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
