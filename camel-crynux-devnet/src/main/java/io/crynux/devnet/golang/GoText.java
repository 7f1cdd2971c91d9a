// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.golang;

import java.util.List;
import java.util.regex.Pattern;

/** Text as Go's {@code strings} and {@code strconv} treat it. */
public final class GoText {
    private static final String SPACES =
            "\\t-\\r \\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}";
    private static final Pattern SPACE_RUN = Pattern.compile("[" + SPACES + "]+");
    private static final Pattern SPACE_AROUND = Pattern.compile("^[" + SPACES + "]+|[" + SPACES + "]+\\z");
    private static final int DELETE = 0x7f;

    private GoText() {}

    /** {@code strings.ToLower}: character by character, without rules of a language or of the place in a word. */
    public static String lower(String text) {
        return text.codePoints()
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** {@code strings.TrimSpace}. */
    public static String trim(String text) {
        return SPACE_AROUND.matcher(text).replaceAll("");
    }

    /** {@code strings.Fields}: the parts between white space. */
    public static List<String> fields(String text) {
        String trimmed = trim(text);
        return trimmed.isEmpty() ? List.of() : List.of(SPACE_RUN.split(trimmed));
    }

    /** What {@code strconv.Quote} puts between its quotation marks. */
    public static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '"' -> escaped.append("\\\"");
                case '\\' -> escaped.append("\\\\");
                case 0x07 -> escaped.append("\\a");
                case '\b' -> escaped.append("\\b");
                case '\f' -> escaped.append("\\f");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                case 0x0b -> escaped.append("\\v");
                default -> appendOther(escaped, point);
            }
        });
        return escaped.toString();
    }

    private static void appendOther(StringBuilder escaped, int point) {
        if (isPrintable(point)) {
            escaped.appendCodePoint(point);
        } else if (point < ' ' || point == DELETE) {
            escaped.append(String.format("\\x%02x", point));
        } else if (point <= Character.MAX_VALUE) {
            escaped.append(String.format("\\u%04x", point));
        } else {
            escaped.append(String.format("\\U%08x", point));
        }
    }

    /** Go's {@code unicode.IsPrint}: letters, marks, numbers, punctuation, symbols and the ASCII space. */
    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }

    /** True if Go's decoder of JSON finds a struct's field by this name: the letter case does not matter. */
    public static boolean foldsTo(String name, String field) {
        return name.codePoints()
                .map(GoText::folded)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .equals(field);
    }

    /** Two letters outside ASCII fold to one of ASCII. */
    private static int folded(int point) {
        return switch (point) {
            case 0x17f -> 's';
            case 0x212a -> 'k';
            default -> point < 0x80 ? Character.toLowerCase(point) : point;
        };
    }
}
