// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.text;

/**
 * Makes text from a node, the Relay or a user safe for exceptions and logs: short, on one line, without control characters that
 * a terminal or a log viewer interprets.
 */
public final class ForeignText {
    /** Enough for an error message of a node or of the Relay. */
    private static final int DEFAULT_LENGTH = 300;

    private static final String CUT = "...";

    private ForeignText() {}

    /** As {@link #shown(String, int)}, with at most 300 characters. */
    public static String shown(String text) {
        return shown(text, DEFAULT_LENGTH);
    }

    /**
     * The text with each run of white space, line ends and control characters replaced by one space, and without invisible
     * characters, such as those that change the writing direction, and unpaired surrogates.
     *
     * @param text null gives an empty text
     * @param most maximum number of characters; an ellipsis follows if there are more
     */
    public static String shown(String text, int most) {
        if (text == null) {
            return "";
        }
        StringBuilder shown = new StringBuilder(Math.min(text.length(), most) + CUT.length());
        int characters = 0;
        boolean gap = false;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (isGap(character)) {
                gap = characters > 0;
            } else if (isVisible(character)) {
                int needed = gap ? 2 : 1;
                if (characters + needed > most) {
                    return shown.append(CUT).toString();
                }
                if (gap) {
                    shown.append(' ');
                }
                shown.appendCodePoint(character);
                characters += needed;
                gap = false;
            }
        }
        return shown.toString();
    }

    private static boolean isGap(int character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.getType(character) == Character.CONTROL;
    }

    private static boolean isVisible(int character) {
        int type = Character.getType(character);
        return type != Character.FORMAT && type != Character.SURROGATE;
    }
}
