// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** A complete answer. */
public final class HttpReply {
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    HttpReply(int status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    public int status() {
        return status;
    }

    /** The content; not copied. */
    public byte[] body() {
        return body;
    }

    /** What the header Retry-After asks for (RFC 9110 section 10.2.3: seconds, or a date); empty without it. */
    public Optional<Duration> retryAfter(Instant now) {
        return headers.firstValue("Retry-After").flatMap(value -> parseRetryAfter(value.trim(), now));
    }

    private static Optional<Duration> parseRetryAfter(String value, Instant now) {
        try {
            if (!value.isEmpty() && value.length() < 10 && value.chars().allMatch(Character::isDigit)) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
            }
            Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO);
        } catch (DateTimeException e) {
            // Proxies send all kinds of values; one that means nothing is as good as none.
            return Optional.empty();
        }
    }
}
