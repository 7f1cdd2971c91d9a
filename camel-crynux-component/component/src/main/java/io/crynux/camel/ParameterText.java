// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.task.TaskKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Tells parameters from prompts. JSON is parameters when it has a member that parameters have, those of the other kinds and of web
 * UIs included: whoever writes them does not mean a prompt. Text that is no JSON is meant as parameters when it begins as JSON
 * does, with a bracket and a name or a quotation mark, and has such a member; so {@code [photo] a lighthouse} and
 * {@code {masterpiece}, best quality}, the weights of web UIs, are prompts.
 */
final class ParameterText {
    private static final String NAMES = "prompt|negative_?prompt|base_?model|task_?config|messages|generation_?config"
            + "|cfg_?scale|guidance_scale|num_inference_steps|sampler_name|init_images|class_type";
    /** With quotation marks and spaces. */
    private static final int LONGEST_NAME = 30;

    private static final String QUOTE = "(?:[\"'`\u201c\u201d\u201e\u2018\u2019]|&quot;|&#3[49];)";
    private static final Pattern NAME = Pattern.compile(NAMES, Pattern.CASE_INSENSITIVE);

    /** What stands in front of JSON that was cut out of something else, piece by piece; a comment, too. */
    private static final Pattern JUNK = Pattern.compile(
            "```\\w*+|data:|(?:while|for)\\s*+\\([1;]++\\)|//[^\\n]*+\\n|#[^\\n]*+\\n|/\\*(?s:.*?)\\*/|[^\\p{L}\\p{N}{\\[]++");

    private static final Pattern OPENING =
            Pattern.compile("[\\[{\\s,}\\]]++|#[^\\n]*+\\n|//[^\\n]*+\\n|/\\*(?s:.*?)\\*/");
    /** The start of a member's name. */
    private static final Pattern NAME_START = Pattern.compile("\\\\*+" + QUOTE + "|[\\w$-]++\\s*+:");

    private static final Pattern MEMBER = Pattern.compile(
            "(?:" + QUOTE + "\\s*+(?:" + NAMES + ")\\s*+\\\\*+" + QUOTE + "|[{,\\n]\\s*+(?:" + NAMES + "))\\s*+[:=]",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FIRST_MEMBER = Pattern.compile("(?:" + NAMES + ")\\s*+[:=]", Pattern.CASE_INSENSITIVE);
    /** Nobody describes an image so, whatever stands before it, such as the words of a model that wrote the JSON. */
    private static final Pattern OBJECT =
            Pattern.compile("\\{\\s*+" + QUOTE + "(?:" + NAMES + ")" + QUOTE + "\\s*+:", Pattern.CASE_INSENSITIVE);

    private ParameterText() {}

    /** Whether JSON is parameters, or is meant to be. */
    static boolean isParameters(TaskKind kind, JsonNode json) {
        if (kind == TaskKind.SD_FT_LORA) {
            return true;
        }
        if (json.isArray()) {
            return isListOfTexts(json)
                    || items(json).anyMatch(item -> hasMember(item) || (kind == TaskKind.GPT && item.has("content")));
        }
        return json.isEmpty() || hasMember(json) || isWorkflow(json);
    }

    private static boolean hasMember(JsonNode json) {
        return json.properties().stream()
                .anyMatch(member -> NAME.matcher(member.getKey()).matches());
    }

    private static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** A workflow of ComfyUI: nodes by number. */
    private static boolean isWorkflow(JsonNode json) {
        return json.properties().stream().anyMatch(node -> node.getValue().has("class_type"));
    }

    /** Whether JSON is a list of texts, or of nothing, which is neither one prompt nor a conversation. */
    static boolean isListOfTexts(JsonNode json) {
        return json.isArray() && items(json).allMatch(item -> item.isTextual() || item.isNull());
    }

    /** Whether text that cannot be read as a JSON object or array is one that got broken. */
    static boolean isMeant(TaskKind kind, String text) {
        int start = skip(JUNK, text, 0);
        if (kind == TaskKind.SD && OBJECT.matcher(text).find()) {
            return true;
        }
        if (start == text.length() || !isBracket(text.charAt(start))) {
            return false;
        }
        int name = skip(OPENING, text, start);
        if (name == text.length() || isCutName(text.substring(name))) {
            return true;
        }
        Matcher first = FIRST_MEMBER.matcher(text).region(name, text.length());
        Matcher begins = NAME_START.matcher(text).region(name, text.length());
        return first.lookingAt() || (begins.lookingAt() && MEMBER.matcher(text).find(start));
    }

    private static boolean isBracket(char character) {
        return character == '{' || character == '[';
    }

    private static int skip(Pattern piece, String text, int from) {
        Matcher matcher = piece.matcher(text);
        int at = from;
        while (matcher.region(at, text.length()).lookingAt() && matcher.end() > at) {
            at = matcher.end();
        }
        return at;
    }

    /** What is left of a text that was cut off within the name of its first member. */
    private static boolean isCutName(String rest) {
        if (!rest.startsWith("\"") || rest.length() > LONGEST_NAME) {
            return false;
        }
        String cut = rest.replaceAll("[\\s\"]", "").toLowerCase(Locale.ROOT);
        return Arrays.stream(NAMES.replace("?", "").split("\\|")).anyMatch(name -> name.startsWith(cut));
    }
}
