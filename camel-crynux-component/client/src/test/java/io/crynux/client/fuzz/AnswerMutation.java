// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.fuzz;

import io.crynux.client.fuzz.LyingServer.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** One answer over HTTP that is not as it should be: its body, its status, its headers, its framing, or all. */
final class AnswerMutation {
    private static final int[] STATUSES = {
        200, 200, 200, 201, 204, 206, 226, 301, 302, 307, 400, 401, 403, 404, 408, 413, 418, 429, 500, 502, 503, 504,
        599, 999
    };
    /** None of them lasts: a Retry-After that is honoured would only make runs longer. */
    private static final String[] RETRY_AFTER = {
        "0", "1", "-1", "soon", "", "1.5", "Wed, 21 Oct 1915 07:28:00 GMT", "Wed, 99 Oct 2099 07:28:00 GMT", "0x10", "١"
    };

    private final Random random;
    private final Answer honest;
    private String told = "";

    AnswerMutation(Random random, Answer honest) {
        this.random = random;
        this.honest = honest;
    }

    /** What was done, for a report. */
    String told() {
        return told;
    }

    void write(OutputStream out) throws IOException {
        int kind = random.nextInt(10);
        byte[] body = kind < 6 ? body() : honest.body();
        int status = kind >= 5 && kind < 8 ? STATUSES[random.nextInt(STATUSES.length)] : honest.status();
        byte[] message = kind < 8 ? message(status, body) : brokenFraming(status, body);
        told = abridged(message);
        out.write(message);
        out.flush();
    }

    private byte[] body() {
        return switch (random.nextInt(8)) {
            case 0 -> bytes(random.nextInt(2_000));
            case 1 -> flipped(honest.body());
            case 2 -> Arrays.copyOf(honest.body(), random.nextInt(honest.body().length + 1));
            case 3 -> "[".repeat(1 + random.nextInt(100_000)).getBytes(StandardCharsets.US_ASCII);
            default -> new JsonMutation(random).of(honest.body()).getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] flipped(byte[] bytes) {
        byte[] copy = bytes.clone();
        for (int i = 0; i < 1 + random.nextInt(4) && copy.length > 0; i++) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private byte[] message(int status, byte[] body) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
        head.append(random.nextInt(4) == 0 ? "Content-Type: text/html\r\n" : "Content-Type: application/json\r\n");
        if (random.nextInt(4) == 0) {
            head.append("Retry-After: ")
                    .append(RETRY_AFTER[random.nextInt(RETRY_AFTER.length)])
                    .append("\r\n");
        }
        if (random.nextInt(6) == 0) {
            head.append("Content-Encoding: gzip\r\n");
        }
        head.append("Content-Length: ").append(body.length).append("\r\nConnection: close\r\n\r\n");
        return joined(head.toString(), body);
    }

    private byte[] brokenFraming(int status, byte[] body) {
        String line = "HTTP/1.1 " + status + " OK\r\n";
        String length = "Content-Length: " + body.length + "\r\n";
        return switch (random.nextInt(13)) {
            case 0 -> new byte[0];
            case 1 -> bytes(1 + random.nextInt(500));
            case 2 -> joined(line + "Content-Length: " + (body.length + 1 + random.nextInt(1000)) + "\r\n\r\n", body);
            case 3 -> joined(line + "Content-Length: " + random.nextInt(body.length + 1) + "\r\n\r\n", body);
            case 4 -> joined(line + "Content-Length: -5\r\n\r\n", body);
            case 5 -> joined(line + "Content-Length: many\r\n\r\n", body);
            case 6 -> joined(line + "Content-Length: 99999999999999999999\r\n\r\n", body);
            case 7 -> joined(line + length + "Content-Length: 3\r\n\r\n", body);
            case 8 ->
                joined(
                        line + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length + 7) + "\r\n",
                        body);
            case 9 -> joined(line + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", body);
            case 10 -> joined(line + length + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", body);
            case 11 -> joined("HTTP/9.9 " + status + "\r\nno header\r\n: \r\n" + length + "\r\n", body);
            default -> joined(line + "X: " + "y".repeat(1 << 20) + "\r\n" + length + "\r\n", body);
        };
    }

    private static byte[] joined(String head, byte[] body) {
        byte[] bytes = head.getBytes(StandardCharsets.UTF_8);
        byte[] message = Arrays.copyOf(bytes, bytes.length + body.length);
        System.arraycopy(body, 0, message, bytes.length, body.length);
        return message;
    }

    private static String abridged(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        return text.length() <= 1_500 ? text : text.substring(0, 1_500) + "... (" + text.length() + " bytes)";
    }
}
