// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.golang;

import java.util.BitSet;

/**
 * Syntax of JSON as Go's {@code encoding/json} checks it, byte by byte, with the texts of its errors. Clients see these texts: the
 * Relay answers 500 with them.
 */
final class GoJsonSyntax {
    private static final int MAX_DEPTH = 10_000;
    private static final int HEX_DIGITS = 4;

    private enum State {
        BEGIN_VALUE,
        BEGIN_VALUE_OR_END,
        BEGIN_NAME,
        BEGIN_NAME_OR_END,
        IN_STRING,
        IN_ESCAPE,
        IN_HEX,
        IN_LITERAL,
        MINUS,
        ZERO,
        DIGITS,
        POINT,
        FRACTION,
        EXPONENT,
        EXPONENT_SIGN,
        EXPONENT_DIGITS,
        END_VALUE,
        END
    }

    /** What comes next in the innermost container. */
    private enum Place {
        NAME,
        MEMBER,
        ELEMENT
    }

    private State state = State.BEGIN_VALUE;
    private int depth;
    /** Containers that are open, innermost last; set if it is an object. */
    private final BitSet objects = new BitSet();
    /** Set while an object's name is read and its value is not. */
    private final BitSet atName = new BitSet();

    private String literal = "";
    private int position;

    private GoJsonSyntax() {}

    /** @throws GoSyntaxException with the text of Go's error */
    static void check(byte[] json) throws GoSyntaxException {
        var syntax = new GoJsonSyntax();
        for (byte b : json) {
            syntax.step(b & 0xff);
        }
        // Go ends a number or a literal in this way, and names the space if it does not fit.
        syntax.step(' ');
        if (syntax.state != State.END) {
            throw new GoSyntaxException("unexpected end of JSON input");
        }
    }

    private void step(int c) throws GoSyntaxException {
        switch (state) {
            case BEGIN_VALUE -> beginValue(c);
            case BEGIN_VALUE_OR_END -> {
                if (c == ']') {
                    endValue(c);
                } else {
                    beginValue(c);
                }
            }
            case BEGIN_NAME -> beginName(c);
            case BEGIN_NAME_OR_END -> {
                if (c == '}') {
                    atName.clear(depth);
                    endValue(c);
                } else {
                    beginName(c);
                }
            }
            case IN_STRING -> inString(c);
            case IN_ESCAPE -> inEscape(c);
            case IN_HEX -> inHex(c);
            case IN_LITERAL -> inLiteral(c);
            default -> inNumberOrAfter(c);
        }
    }

    private void inNumberOrAfter(int c) throws GoSyntaxException {
        boolean digit = '0' <= c && c <= '9';
        switch (state) {
            case MINUS -> expect(digit, c == '0' ? State.ZERO : State.DIGITS, c, "in numeric literal");
            case ZERO, DIGITS -> {
                if (!digit || state == State.ZERO) {
                    afterInteger(c);
                }
            }
            case POINT -> expect(digit, State.FRACTION, c, "after decimal point in numeric literal");
            case FRACTION -> {
                if (!digit) {
                    afterFraction(c);
                }
            }
            case EXPONENT, EXPONENT_SIGN -> {
                if (state == State.EXPONENT && (c == '+' || c == '-')) {
                    state = State.EXPONENT_SIGN;
                } else {
                    expect(digit, State.EXPONENT_DIGITS, c, "in exponent of numeric literal");
                }
            }
            case EXPONENT_DIGITS -> {
                if (!digit) {
                    endValue(c);
                }
            }
            default -> endValue(c);
        }
    }

    private void expect(boolean met, State next, int c, String context) throws GoSyntaxException {
        if (!met) {
            throw unexpected(c, context);
        }
        state = next;
    }

    private void afterInteger(int c) throws GoSyntaxException {
        if (c == '.') {
            state = State.POINT;
        } else {
            afterFraction(c);
        }
    }

    private void afterFraction(int c) throws GoSyntaxException {
        if (c == 'e' || c == 'E') {
            state = State.EXPONENT;
        } else {
            endValue(c);
        }
    }

    private void beginValue(int c) throws GoSyntaxException {
        switch (c) {
            case ' ', '\t', '\r', '\n' -> {}
            case '{' -> open(c, true, State.BEGIN_NAME_OR_END);
            case '[' -> open(c, false, State.BEGIN_VALUE_OR_END);
            case '"' -> state = State.IN_STRING;
            case '-' -> state = State.MINUS;
            case '0' -> state = State.ZERO;
            case 't' -> beginLiteral("true");
            case 'f' -> beginLiteral("false");
            case 'n' -> beginLiteral("null");
            default -> expect('1' <= c && c <= '9', State.DIGITS, c, "looking for beginning of value");
        }
    }

    private void open(int c, boolean object, State next) throws GoSyntaxException {
        depth++;
        objects.set(depth, object);
        atName.set(depth, object);
        expect(depth <= MAX_DEPTH, next, c, "exceeded max depth");
    }

    private void beginLiteral(String text) {
        literal = text;
        position = 1;
        state = State.IN_LITERAL;
    }

    private void beginName(int c) throws GoSyntaxException {
        if (!isSpace(c)) {
            expect(c == '"', State.IN_STRING, c, "looking for beginning of object key string");
        }
    }

    private void inString(int c) throws GoSyntaxException {
        if (c == '"') {
            state = State.END_VALUE;
        } else if (c == '\\') {
            state = State.IN_ESCAPE;
        } else if (c < ' ') {
            throw unexpected(c, "in string literal");
        }
    }

    private void inEscape(int c) throws GoSyntaxException {
        position = 0;
        if (c == 'u') {
            state = State.IN_HEX;
        } else {
            expect("bfnrt\\/\"".indexOf(c) >= 0, State.IN_STRING, c, "in string escape code");
        }
    }

    private void inHex(int c) throws GoSyntaxException {
        position++;
        expect(
                c < 0x80 && Character.digit(c, 16) >= 0,
                position == HEX_DIGITS ? State.IN_STRING : State.IN_HEX,
                c,
                "in \\u hexadecimal character escape");
    }

    private void inLiteral(int c) throws GoSyntaxException {
        char expected = literal.charAt(position);
        position++;
        expect(
                c == expected,
                position == literal.length() ? State.END_VALUE : State.IN_LITERAL,
                c,
                "in literal " + literal + " (expecting '" + expected + "')");
    }

    /** After a value or a name, with the character that follows it. */
    private void endValue(int c) throws GoSyntaxException {
        if (depth == 0) {
            expect(isSpace(c), State.END, c, "after top-level value");
            return;
        }
        state = State.END_VALUE;
        if (isSpace(c)) {
            return;
        }
        switch (place()) {
            case NAME -> {
                expect(c == ':', State.BEGIN_VALUE, c, "after object key");
                atName.clear(depth);
            }
            case MEMBER -> {
                if (c == '}') {
                    depth--;
                } else {
                    expect(c == ',', State.BEGIN_NAME, c, "after object key:value pair");
                    atName.set(depth);
                }
            }
            case ELEMENT -> {
                if (c == ']') {
                    depth--;
                } else {
                    expect(c == ',', State.BEGIN_VALUE, c, "after array element");
                }
            }
        }
        if (depth == 0) {
            state = State.END;
        }
    }

    private Place place() {
        if (!objects.get(depth)) {
            return Place.ELEMENT;
        }
        return atName.get(depth) ? Place.NAME : Place.MEMBER;
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static GoSyntaxException unexpected(int c, String context) {
        String quoted =
                switch (c) {
                    case '\'' -> "\\'";
                    case '"' -> "\"";
                    default -> GoText.escaped(Character.toString(c));
                };
        return new GoSyntaxException("invalid character '" + quoted + "' " + context);
    }
}
