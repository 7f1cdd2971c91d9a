// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One request: its path, query and body, and the exchange to answer it with. */
final class Call {
    private static final long DISCARDED_BYTES = 256L * 1024 * 1024;

    private final HttpServerExchange exchange;
    private final Map<String, String> path;
    private final Map<String, List<String>> query;
    private final int maxBodyBytes;

    /** @param path the variable parts of the path, by name */
    Call(HttpServerExchange exchange, Map<String, String> path, int maxBodyBytes) {
        this.exchange = exchange;
        this.path = path;
        this.query = UrlEncoded.parse(exchange.getQueryString());
        this.maxBodyBytes = maxBodyBytes;
    }

    HttpServerExchange exchange() {
        return exchange;
    }

    /** A variable part of the path. */
    String path(String name) {
        return path.get(name);
    }

    Map<String, List<String>> query() {
        return query;
    }

    /** The header {@code Authorization}; null without one. */
    String authorization() {
        return exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
    }

    /**
     * A parameter of the query; empty without one.
     *
     * @param field as in the answer's {@code field_name}
     */
    String query(String name, String field) throws RequestRefusedException {
        List<String> values = query.getOrDefault(name, List.of(""));
        if (values.size() > 1) {
            throw RequestRefusedException.invalid(field, "multiple values not supported");
        }
        return values.get(0);
    }

    /** A whole number of the query; 0 without one. */
    long signed(String name, String field) throws RequestRefusedException {
        return GoNumber.signed(field, query(name, field));
    }

    /** A whole number of the query that is not negative; 0 without one. */
    BigInteger unsigned(String name, String field) throws RequestRefusedException {
        return GoNumber.unsigned(field, query(name, field), Long.SIZE);
    }

    /** Time and signature of a request without a body; both are required. */
    Seal querySeal() throws RequestRefusedException {
        return Seal.required(signed("timestamp", "Timestamp"), query("signature", "Signature"));
    }

    /** The type of the body, in lower case and without parameters; empty without one. */
    String contentType() {
        String header = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        return header == null ? "" : header.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    /** The whole body. One that is too long is read to its end all the same, so that the answer arrives. */
    byte[] body() throws RequestRefusedException, IOException {
        InputStream in = exchange.getInputStream();
        byte[] bytes = in.readNBytes(maxBodyBytes + 1);
        if (bytes.length > maxBodyBytes) {
            discard(in);
            throw RequestRefusedException.invalid("", "http: request body too large");
        }
        return bytes;
    }

    private static void discard(InputStream in) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long left = DISCARDED_BYTES;
        int read = in.read(buffer);
        while (read >= 0 && left > 0) {
            left -= read;
            read = in.read(buffer);
        }
    }
}
