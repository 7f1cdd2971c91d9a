// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.List;

/** Describes the violation of a schema's keyword; the text follows the JSON pointer of the value. */
final class ProblemText {

    private ProblemText() {}

    static String of(ValidationMessage message) {
        JsonNode rule = message.getSchemaNode();
        JsonNode value = message.getInstanceNode();
        String keyword = message.getType();
        if (value == null || rule == null || keyword == null) {
            return libraryText(message);
        }
        return switch (keyword) {
            case "type" -> "must be " + types(rule) + butIs(value);
            case "enum" -> "must be " + either(rule) + butIs(value);
            case "const" -> "must be " + ValueText.of(rule) + butIs(value);
            case "minimum" -> "must be at least " + rule.asText() + butIs(value);
            case "maximum" -> "must be at most " + rule.asText() + butIs(value);
            case "exclusiveMinimum" -> "must be greater than " + rule.asText() + butIs(value);
            case "exclusiveMaximum" -> "must be less than " + rule.asText() + butIs(value);
            case "minLength" -> rule.asInt() == 1 ? "must not be empty" : length("at least", rule, value);
            // Without the value, because URLs of data sets can contain tokens.
            case "format" ->
                "must be an absolute URI, such as https://example.org/set.zip: a scheme first, no control characters,"
                        + " every % followed by two hexadecimal digits, a port that is a number";
            case "maxLength" -> length("at most", rule, value);
            case "required" -> "lacks the required member " + ValueText.quoted(message.getProperty());
            case "additionalProperties", "unevaluatedProperties" ->
                "has the member " + ValueText.quoted(message.getProperty()) + ", which is not allowed here";
            default -> libraryText(message);
        };
    }

    /** For keywords that only custom schemas have: the library's sentence without its location. */
    private static String libraryText(ValidationMessage message) {
        String text = message.getMessage();
        String location = message.getInstanceLocation() + ": ";
        return ValueText.clip(text.startsWith(location) ? text.substring(location.length()) : text);
    }

    private static String butIs(JsonNode value) {
        return ", but is " + ValueText.of(value);
    }

    private static String length(String bound, JsonNode rule, JsonNode value) {
        String text = value.asText();
        return "must have " + bound + " " + rule.asText() + " characters, but has "
                + text.codePointCount(0, text.length());
    }

    private static String either(JsonNode values) {
        List<String> words = new ArrayList<>();
        values.forEach(value -> words.add(ValueText.of(value)));
        return words.size() == 1 ? words.get(0) : "one of " + String.join(", ", words);
    }

    private static String types(JsonNode rule) {
        List<String> words = new ArrayList<>();
        if (rule.isArray()) {
            rule.forEach(type -> words.add(withArticle(type.asText())));
        } else {
            words.add(withArticle(rule.asText()));
        }
        return String.join(" or ", words);
    }

    private static String withArticle(String type) {
        return switch (type) {
            case "integer", "object", "array" -> "an " + type;
            case "null" -> "null";
            case "boolean" -> "true or false";
            default -> "a " + type;
        };
    }
}
