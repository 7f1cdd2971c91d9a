// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.result;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers chats with prepared sentences about the question: a text to develop with, of the form and length of a real
 * one. The same request gets the same answer; another seed another.
 */
final class ChatAnswer {
    /** What counts as one token here: a word with the space before it, or a sign. Real models count differently. */
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:[\\p{L}\\p{N}_]+|[^\\s])");

    private static final int MENTIONED_CHARACTERS = 160;

    private static final List<String> OPENINGS = List.of(
            "You asked: \u201c%s\u201d.",
            "Let me take your question, \u201c%s\u201d, step by step.",
            "About \u201c%s\u201d:",
            "Thank you for asking \u201c%s\u201d.");
    private static final List<String> BODIES = List.of(
            "No language model runs behind this answer; a simulated node of the Crynux devnet has written it.",
            "On a real network, three nodes with the same GPU would now have computed this text and agreed on it.",
            "The answer is made from the question and the seed alone, so that a test can rely on every character.",
            "Its length obeys max_new_tokens, and the token counts below are those of this very text.",
            "Treat it as a placeholder of realistic size: your route, your parsing and your error handling are real.");
    private static final List<String> CLOSINGS = List.of(
            "Point your application at a public Crynux network to hear what a model has to say.",
            "Change the seed in the parameters to get a different wording.",
            "Nothing here was paid with real money.",
            "I hope that this helps you on.");

    /** The answer as the JSON file that a node uploads. */
    byte[] answer(ChatRequest request) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("model", request.model());
        ArrayNode choices = json.putArray("choices");
        int completionTokens = 0;
        for (int index = 0; index < request.answers(); index++) {
            Text text = shorten(compose(request, index), request);
            completionTokens += text.tokens();
            ObjectNode choice = choices.addObject().put("index", index);
            choice.putObject("message").put("role", "assistant").put("content", text.content());
            choice.put("finish_reason", text.complete() ? "stop" : "length");
        }
        int promptTokens = countTokens(request.conversation());
        json.putObject("usage")
                .put("prompt_tokens", promptTokens)
                .put("completion_tokens", completionTokens)
                .put("total_tokens", promptTokens + completionTokens);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private record Text(String content, int tokens, boolean complete) {}

    private static String compose(ChatRequest request, int index) {
        var dice = new Random(31 * (31 * request.seed() + request.conversation().hashCode()) + index);
        var text = new StringBuilder();
        if (request.question().isEmpty()) {
            text.append("There was no question in the messages.");
        } else {
            text.append(String.format(pick(OPENINGS, dice), mention(request.question())));
        }
        if (request.hasImage()) {
            text.append(" I see that you have sent a picture along; a simulated node cannot look at it.");
        }
        int first = dice.nextInt(BODIES.size());
        for (int i = 0; i < 3; i++) {
            text.append(' ').append(BODIES.get((first + i) % BODIES.size()));
        }
        return text.append(' ').append(pick(CLOSINGS, dice)).toString();
    }

    private static String pick(List<String> from, Random dice) {
        return from.get(dice.nextInt(from.size()));
    }

    private static String mention(String question) {
        String line = question.replaceAll("\\s+", " ");
        int length = line.codePointCount(0, line.length());
        return length <= MENTIONED_CHARACTERS
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MENTIONED_CHARACTERS))
                                .strip() + "\u2026";
    }

    private static Text shorten(String text, ChatRequest request) {
        String stopped = text;
        for (String stop : request.stops()) {
            int at = stop.isEmpty() ? -1 : stopped.indexOf(stop);
            if (at >= 0) {
                stopped = stopped.substring(0, at);
            }
        }
        Matcher tokens = TOKEN.matcher(stopped);
        int count = 0;
        int end = 0;
        while (tokens.find()) {
            if (count == request.maxTokens()) {
                return new Text(stopped.substring(0, end).strip(), count, false);
            }
            count++;
            end = tokens.end();
        }
        return new Text(stopped.strip(), count, true);
    }

    private static int countTokens(String text) {
        return (int) TOKEN.matcher(text).results().count();
    }
}
