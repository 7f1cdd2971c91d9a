// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.json;

import java.util.Optional;

/** Checks that a prompt is readable text: it has visible characters, and no characters that come from binary data. */
public final class PromptText {
    /** Invisible characters that Unicode classifies as letters or symbols: Hangul fillers, the empty Braille pattern, the object replacement. */
    private static final String BLANK_SYMBOLS = "\u115f\u1160\u3164\uffa0\u2800\ufffc";

    /** Control characters of texts: tab, line ends, form feed, and the escape of terminal colours. */
    private static final String CONTROLS_OF_TEXT = "\t\n\u000b\f\r\u001b";

    private PromptText() {}

    /** Whether a text has no visible character: only white space, control and format characters, and combining marks. */
    public static boolean isBlank(String text) {
        return text.codePoints().allMatch(PromptText::isInvisible);
    }

    /**
     * Finds a sign of binary data or of a wrong charset: a control character such as NUL, a code point that is not a character, an
     * unpaired surrogate.
     *
     * @return the first such character and its position, from 1
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

    /** An unpaired surrogate, which UTF-8 cannot encode, so that another text than the hashed one would be sent. */
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
