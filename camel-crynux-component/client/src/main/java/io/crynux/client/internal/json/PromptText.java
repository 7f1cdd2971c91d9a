// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.json;

import java.util.Optional;

/** What makes a text one that people can read, as a prompt is: something visible, and no leftovers of bytes that are no text. */
public final class PromptText {
    /** Letters and symbols by their type that show nothing: fillers of Hangul, the empty Braille pattern, the place of an object. */
    private static final String BLANK_SYMBOLS = "\u115f\u1160\u3164\uffa0\u2800\ufffc";

    /** Control characters that texts have: tab, line ends, form feed, and the escape that begins a terminal's colours. */
    private static final String CONTROLS_OF_TEXT = "\t\n\u000b\f\r\u001b";

    private PromptText() {}

    /** Whether there is nothing to see: white space, control and format characters, marks without a letter to stand on. */
    public static boolean isBlank(String text) {
        return text.codePoints().allMatch(PromptText::isInvisible);
    }

    /**
     * What shows that a text comes from bytes that are no text, or were read in a wrong way: a control character such as NUL, a
     * character that Unicode does not have, half of a surrogate pair.
     *
     * @return the first such character and its place, from 1; empty if there is none
     */
    public static Optional<String> flaw(String text) {
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            if (isSurrogate(character)) {
                return Optional.of(half(character, i));
            }
            if (character < ' ' && CONTROLS_OF_TEXT.indexOf(character) < 0) {
                return Optional.of(at(String.format("the control character U+%04X", character), i));
            }
            if ((character & 0xfffe) == 0xfffe) {
                return Optional.of(at(String.format("U+%04X, which is not a character", character), i));
            }
            i += Character.charCount(character);
        }
        return Optional.empty();
    }

    /** Half of a surrogate pair, which no UTF-8 can hold: what is sent would be another text than what was hashed. */
    static Optional<String> loneSurrogate(String text) {
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            if (isSurrogate(character)) {
                return Optional.of(half(character, i));
            }
            i += Character.charCount(character);
        }
        return Optional.empty();
    }

    private static String half(int character, int index) {
        return at(String.format("half of a surrogate pair, U+%04X", character), index);
    }

    private static String at(String what, int index) {
        return what + ", as character " + (index + 1);
    }

    private static boolean isSurrogate(int character) {
        return Character.getType(character) == Character.SURROGATE;
    }

    private static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK -> true;
            default -> BLANK_SYMBOLS.indexOf(character) >= 0;
        };
    }
}
