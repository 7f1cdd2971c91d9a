// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.text;

/**
 * Text that others wrote, such as a node, the Relay or whoever wrote a prompt, as exceptions and logs may show it: short, on one
 * line, and without characters that a terminal or a log viewer obeys.
 */
public final class ForeignText {
    /** As many characters as a sentence of a node or the Relay has, with what it quotes. */
    private static final int DEFAULT_LENGTH = 300;

    private static final String CUT = "...";

    private ForeignText() {}

    /** As {@link #shown(String, int)}, with at most 300 characters. */
    public static String shown(String text) {
        return shown(text, DEFAULT_LENGTH);
    }

    /**
     * The text with each run of white space, line ends and control characters as one space, without invisible characters such as
     * those that change the direction of writing, and without halves of surrogate pairs.
     *
     * @param text may be null, which is shown as nothing
     * @param most characters of the text; where there are more, an ellipsis follows them
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
