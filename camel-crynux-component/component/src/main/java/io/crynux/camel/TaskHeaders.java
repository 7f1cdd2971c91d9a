// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.internal.text.ForeignText;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.camel.Message;
import org.apache.camel.TypeConversionException;
import org.apache.camel.util.TimeUtils;

/**
 * The headers that steer a task. Each is read as it is documented, or refused by its name: Camel's converters would take any text
 * for a duration of 0, and cut 20.7 to 20. A header that is null is one that is not there.
 */
final class TaskHeaders {
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");
    /** As Camel's options are written, such as 1h30m. */
    private static final Pattern TIME =
            Pattern.compile("(?:[0-9]{1,9}d)?(?:[0-9]{1,9}h)?(?:[0-9]{1,9}m)?(?:[0-9]{1,9}s)?(?:[0-9]{1,15}ms)?");

    private static final int LONGEST_VALUE_SHOWN = 60;

    private final Message in;

    TaskHeaders(Message in) {
        this.in = in;
    }

    /** CamelCrynuxTaskTimeout, or null. */
    Duration timeout() {
        String header = CrynuxConstants.TASK_TIMEOUT;
        Object value = in.getHeader(header);
        if (value == null) {
            return null;
        }
        Duration timeout;
        try {
            timeout = value instanceof Duration duration ? duration : duration(value);
        } catch (ArithmeticException | NumberFormatException | DateTimeParseException e) {
            timeout = null;
        }
        if (timeout == null || timeout.isNegative() || timeout.isZero() || timeout.compareTo(Range.Time.LONGEST) > 0) {
            throw refusal(
                    header,
                    value,
                    "it must be above 0 and at most 36500d: milliseconds, a Duration, or text such as 10m");
        }
        return timeout;
    }

    /** CamelCrynuxVramLimit, or null. */
    Long vramLimit() {
        return whole(CrynuxConstants.VRAM_LIMIT, 1, "it must be a whole number of GB, 1 or more");
    }

    /** CamelCrynuxCap, or null. */
    Long cap() {
        return whole(CrynuxConstants.CAP, 0, "it must be a whole number, 0 or more");
    }

    /** CamelCrynuxIdempotencyKey, or null. */
    String idempotencyKey() {
        String header = CrynuxConstants.IDEMPOTENCY_KEY;
        Object value = in.getHeader(header);
        if (value == null) {
            return null;
        }
        String key = value instanceof Number || value instanceof UUID || value instanceof Enum
                ? value.toString()
                : text(value);
        if (key == null || key.isBlank()) {
            throw refusal(header, value, "it must be text that identifies this request, and not be blank");
        }
        return key;
    }

    /** CamelCrynuxTaskFee as a number or text, or null. */
    Object fee() {
        Object value = in.getHeader(CrynuxConstants.TASK_FEE);
        if (value == null || value instanceof Number) {
            return value;
        }
        String text = text(value);
        if (text == null) {
            throw refusal(CrynuxConstants.TASK_FEE, value, "it must be an amount of CNX such as 30 or 0.5");
        }
        return text;
    }

    private Duration duration(Object value) {
        if (value instanceof Number number) {
            return Duration.ofMillis(new BigDecimal(number.toString()).longValueExact());
        }
        String text = text(value);
        if (text == null || text.isBlank()) {
            return null;
        }
        String time = text.trim();
        if (WHOLE.matcher(time).matches()) {
            return Duration.ofMillis(Long.parseLong(time));
        }
        return TIME.matcher(time).matches() ? Duration.ofMillis(TimeUtils.toMilliSeconds(time)) : Duration.parse(time);
    }

    private Long whole(String header, long least, String allowed) {
        Object value = in.getHeader(header);
        if (value == null) {
            return null;
        }
        long number;
        try {
            String text = value instanceof Number ? value.toString() : text(value);
            number = text == null ? -1 : new BigDecimal(text.trim()).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw refusal(header, value, allowed);
        }
        if (number < least) {
            throw refusal(header, value, allowed);
        }
        return number;
    }

    /** Of characters, and of bytes, as which Kafka has headers; null for what is neither. */
    private String text(Object value) {
        if (value instanceof CharSequence) {
            return value.toString();
        }
        try {
            return value instanceof byte[]
                    ? in.getExchange()
                            .getContext()
                            .getTypeConverter()
                            .tryConvertTo(String.class, in.getExchange(), value)
                    : null;
        } catch (TypeConversionException e) {
            return null;
        }
    }

    private static InvalidTaskException refusal(String header, Object value, String allowed) {
        String shown = value instanceof CharSequence || value instanceof Number || value instanceof Duration
                ? "'" + ForeignText.shown(value.toString(), LONGEST_VALUE_SHOWN) + "'"
                : "of type " + value.getClass().getTypeName();
        return new InvalidTaskException("Header " + header + " is " + shown + "; " + allowed
                + ". Nothing was signed; correct the header or remove it");
    }
}
