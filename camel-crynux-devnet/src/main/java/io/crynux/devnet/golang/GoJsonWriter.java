// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.golang;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * JSON text as Go's {@code json.Marshal} writes it: no white space, members in the order of their names' UTF-8 bytes, the
 * characters {@code <}, {@code >}, {@code &}, U+2028 and U+2029 escaped.
 */
public final class GoJsonWriter {
    /** UTF-8 keeps the order of code points; {@code String.compareTo} does not where there are surrogates. */
    private static final Comparator<Map.Entry<?, ?>> BY_NAME =
            (a, b) -> compareCodePoints((String) a.getKey(), (String) b.getKey());

    private record Level(Iterator<?> rest, char end) {}

    private final StringBuilder json = new StringBuilder();
    /** Containers that are open. A loop, since Go's JSON may be 10,000 levels deep. */
    private final Deque<Level> open = new ArrayDeque<>();

    private GoJsonWriter() {}

    /**
     * Text of a value.
     *
     * @param value null, {@code Boolean}, {@code String}, {@code List}, {@code Map} with names as keys, {@link JsonNumber},
     *     which keeps its text, or another {@code Number}, which goes through a double as in Go's generic values
     */
    public static String write(Object value) {
        return new GoJsonWriter().text(value);
    }

    private String text(Object value) {
        begin(value);
        while (!open.isEmpty()) {
            Level level = open.peek();
            if (!level.rest().hasNext()) {
                json.append(level.end());
                open.pop();
                continue;
            }
            char last = json.charAt(json.length() - 1);
            if (last != '[' && last != '{') {
                json.append(',');
            }
            Object next = level.rest().next();
            if (next instanceof Map.Entry<?, ?> member) {
                string((String) member.getKey());
                json.append(':');
                next = member.getValue();
            }
            begin(next);
        }
        return json.toString();
    }

    private void begin(Object value) {
        if (value instanceof Map<?, ?> members) {
            json.append('{');
            open.push(new Level(members.entrySet().stream().sorted(BY_NAME).iterator(), '}'));
        } else if (value instanceof List<?> elements) {
            json.append('[');
            open.push(new Level(elements.iterator(), ']'));
        } else if (value instanceof String text) {
            string(text);
        } else if (value instanceof JsonNumber number) {
            json.append(number.text());
        } else if (value instanceof Number number) {
            json.append(GoNumbers.json(number.doubleValue()));
        } else if (value == null || value instanceof Boolean) {
            json.append(value);
        } else {
            throw new IllegalArgumentException("JSON has no " + value.getClass());
        }
    }

    private void string(String text) {
        json.append('"');
        text.codePoints().forEach(this::escaped);
        json.append('"');
    }

    private void escaped(int point) {
        switch (point) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\b' -> json.append("\\b");
            case '\f' -> json.append("\\f");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            case '<', '>', '&', 0x2028, 0x2029 -> json.append(String.format("\\u%04x", point));
            default -> {
                if (point < ' ') {
                    json.append(String.format("\\u%04x", point));
                } else {
                    json.appendCodePoint(wellFormed(point));
                }
            }
        }
    }

    /** Half of a surrogate pair is no character: Go has replaced it by the time that it writes. */
    private static int wellFormed(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xfffd : point;
    }

    private static int compareCodePoints(String a, String b) {
        Iterator<Integer> left = a.codePoints().iterator();
        Iterator<Integer> right = b.codePoints().iterator();
        while (left.hasNext() && right.hasNext()) {
            int order = Integer.compare(wellFormed(left.next()), wellFormed(right.next()));
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(left.hasNext(), right.hasNext());
    }
}
