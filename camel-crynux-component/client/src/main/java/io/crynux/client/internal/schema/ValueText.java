// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Values for messages: short, without the images and prompts of the user. */
final class ValueText {
    private static final int LONGEST_VALUE = 80;
    private static final int LONGEST_SENTENCE = 240;

    private ValueText() {}

    /** {@code "abc"}, {@code 20.5}, {@code null}, {@code an array of 3}, {@code a data URL of 5,120 characters}. */
    static String of(JsonNode value) {
        if (value.isTextual()) {
            return text(value.textValue());
        }
        if (value.isArray()) {
            return "an array of " + value.size();
        }
        return value.isObject() ? "an object" : cut(value.asText(), LONGEST_VALUE);
    }

    /** A name or text in quotation marks, cut if it is long. */
    static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(cut(text, LONGEST_VALUE))) + '"';
    }

    /** A sentence of the validator, cut if it is long. */
    static String clip(String sentence) {
        return cut(sentence, LONGEST_SENTENCE);
    }

    private static String text(String text) {
        if (text.regionMatches(true, 0, "data:", 0, 5)) {
            return String.format(Locale.ROOT, "a data URL of %,d characters", text.length());
        }
        return text.length() <= LONGEST_VALUE
                ? quoted(text)
                : quoted(text) + String.format(Locale.ROOT, " (%,d characters)", text.length());
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "...";
    }
}
