// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.http;

import io.crynux.client.task.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** A complete answer. */
public final class HttpReply {
    /** More digits than any sensible number of seconds has. */
    private static final int MAX_DIGITS = 9;

    private static final int UNAUTHORIZED = 401;
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;
    private static final Duration VERY_LONG = Duration.ofDays(10_000);

    private final int status;
    private final HttpHeaders headers;
    private final Content content;

    HttpReply(int status, HttpHeaders headers, Content content) {
        this.status = status;
        this.headers = headers;
        this.content = content;
    }

    public int status() {
        return status;
    }

    /** The content, which may be in a file. */
    public Content content() {
        return content;
    }

    /** The whole content of a short answer; not copied. */
    public byte[] body() {
        try {
            return content.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For messages: the status, and which credentials it requires. */
    public String describe() {
        return describe(status);
    }

    /** The same for a status alone. */
    public static String describe(int status) {
        return switch (status) {
            case PROXY_AUTHENTICATION_REQUIRED ->
                "HTTP 407: the proxy requires user and password; set proxyAuthUsername and proxyAuthPassword (and for"
                        + " https:// and wss:// start the JVM with -Djdk.http.auth.tunneling.disabledSchemes=)";
            case UNAUTHORIZED ->
                "HTTP 401: the server requires user and password; set them in the URL (user:password@host)";
            default -> "HTTP " + status;
        };
    }

    /** Whether the answer is a redirect. */
    public boolean isRedirect() {
        return status >= 300 && status < 400;
    }

    /**
     * What the header Retry-After asks for (RFC 9110 section 10.2.3: seconds, or a date); empty without it or if it is not
     * valid. May be very long: the caller limits it.
     */
    public Optional<Duration> retryAfter(Instant now) {
        return headers.firstValue("Retry-After").flatMap(value -> parseRetryAfter(value.trim(), now));
    }

    /** The time of the header Date (RFC 9110 section 6.6.1), in whole seconds; empty without it or if it is not valid. */
    public Optional<Instant> date() {
        return headers.firstValue("Date").flatMap(HttpReply::parseDate);
    }

    private static Optional<Instant> parseDate(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value.trim(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            // As for Retry-After: proxies send all kinds of values.
            return Optional.empty();
        }
    }

    private static Optional<Duration> parseRetryAfter(String value, Instant now) {
        if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.of(value.length() > MAX_DIGITS ? VERY_LONG : Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO);
        } catch (DateTimeException e) {
            // Proxies send all kinds of values; ignore those that are not valid.
            return Optional.empty();
        }
    }
}
