// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.internal.image.ImageFormat;
import io.crynux.client.internal.json.ModelDefaults;
import io.crynux.client.internal.json.ParameterNames;
import io.crynux.client.internal.json.ParameterTree;
import io.crynux.client.internal.json.TaskJson;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The parameters of a text task. What is not set is left to the house ({@link ModelDefaults}) in {@link #json()}, and to
 * whoever completes {@link #openJson()}; what is open even then, the model's own generation config decides. Ranges are
 * checked by {@link io.crynux.client.internal.schema.TaskSchema}, not here. Immutable; never prints its messages.
 */
public final class GptParameters implements OpenParameters {
    private static final List<String> ORDER = List.of(
            "model", "messages", "tools", "generation_config", "template_args", "seed", "dtype", "quantize_bits");

    private final String openJson;
    private final String json;

    private GptParameters(ObjectNode open) {
        openJson = TaskJson.write(open);
        json = ParameterDefaults.house().fill(TaskKind.GPT, open).json();
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public TaskKind kind() {
        return TaskKind.GPT;
    }

    /** What was set, completed by the house. */
    @Override
    public String json() {
        return json;
    }

    /** Only what was set, in a fixed order of members. */
    @Override
    public String openJson() {
        return openJson;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GptParameters that && openJson.equals(that.openJson);
    }

    @Override
    public int hashCode() {
        return openJson.hashCode();
    }

    @Override
    public String toString() {
        return "GptParameters[" + json.length() + " characters]";
    }

    /** Collects a conversation, in the order of the calls, and how it is to be answered. */
    public static final class Builder {
        private final ObjectNode members = ParameterTree.object();
        private final ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        private final ObjectNode config = ParameterTree.object();

        private Builder() {}

        /** A model on Hugging Face, such as {@code Qwen/Qwen2.5-7B-Instruct}. */
        public Builder model(String name) {
            members.put("model", Objects.requireNonNull(name, "name"));
            return this;
        }

        /** What the model is told before the conversation. */
        public Builder system(String text) {
            return message("system", text);
        }

        public Builder user(String text) {
            return message("user", text);
        }

        /** An earlier answer of the model. */
        public Builder assistant(String text) {
            return message("assistant", text);
        }

        /**
         * A message.
         *
         * @param role system, user, assistant or tool
         */
        public Builder message(String role, String content) {
            messages.add(Conversation.message(
                    Objects.requireNonNull(role, "role"), Objects.requireNonNull(content, "content")));
            return this;
        }

        /**
         * A text and an image of the user; needs a model that sees.
         *
         * @param image a PNG, JPEG, GIF or WebP image; travels inside the parameters
         * @throws IllegalArgumentException if the image has none of these formats
         */
        public Builder user(String text, byte[] image) {
            if (ImageFormat.of(image).isEmpty()) {
                throw new IllegalArgumentException("The image is no PNG, JPEG, GIF or WebP");
            }
            ObjectNode message = messages.addObject().put("role", "user");
            ArrayNode content = message.putArray("content");
            content.addObject().put("type", "text").put("text", Objects.requireNonNull(text, "text"));
            content.addObject()
                    .put("type", "image")
                    .put("base64", Base64.getEncoder().encodeToString(image));
            return this;
        }

        /** The start of the random numbers; 0 unless set. */
        public Builder seed(long seed) {
            members.put("seed", seed);
            return this;
        }

        /** Most tokens of an answer; 256 unless set. */
        public Builder maxNewTokens(int tokens) {
            config.put("max_new_tokens", tokens);
            return this;
        }

        /** Whether tokens are drawn at random; if not, temperature and the like have no effect. */
        public Builder doSample(boolean sample) {
            config.put("do_sample", sample);
            return this;
        }

        /** The higher, the more surprising. */
        public Builder temperature(double temperature) {
            config.set("temperature", ParameterTree.number(temperature));
            return this;
        }

        /** Draws among the likeliest tokens that together have this probability. */
        public Builder topP(double probability) {
            config.set("top_p", ParameterTree.number(probability));
            return this;
        }

        /** Draws among that many likeliest tokens. */
        public Builder topK(int tokens) {
            config.put("top_k", tokens);
            return this;
        }

        /** Draws among tokens of at least that share of the likeliest one's probability. */
        public Builder minP(double share) {
            config.set("min_p", ParameterTree.number(share));
            return this;
        }

        /** Draws among tokens of typical information content up to this probability. */
        public Builder typicalP(double probability) {
            config.set("typical_p", ParameterTree.number(probability));
            return this;
        }

        /** Above 1 discourages repetition. */
        public Builder repetitionPenalty(double penalty) {
            config.set("repetition_penalty", ParameterTree.number(penalty));
            return this;
        }

        /** Width of the beam search. */
        public Builder numBeams(int beams) {
            config.put("num_beams", beams);
            return this;
        }

        /** Answers to one conversation; 1 unless set. */
        public Builder numReturnSequences(int answers) {
            config.put("num_return_sequences", answers);
            return this;
        }

        /** Texts that end an answer. */
        public Builder stopStrings(List<String> texts) {
            config.set("stop_strings", ParameterTree.of(texts));
            return this;
        }

        /**
         * The tools that the model may call, as a JSON array of tool objects. The network hands calls back as text.
         *
         * @throws InvalidTaskException if the text is no JSON
         */
        public Builder tools(String json) {
            members.set("tools", TaskJson.read(json));
            return this;
        }

        /** Arguments for the model's chat template. */
        public Builder templateArgs(Map<String, ?> args) {
            members.set("template_args", ParameterTree.of(args));
            return this;
        }

        /** {@code auto} (the default), {@code float16}, {@code bfloat16} or {@code float32}. */
        public Builder dtype(String dtype) {
            members.put("dtype", Objects.requireNonNull(dtype, "dtype"));
            return this;
        }

        /** 4 or 8 bits per weight, for models that do not fit otherwise. */
        public Builder quantizeBits(int bits) {
            members.put("quantize_bits", bits);
            return this;
        }

        /**
         * A member of the parameters that this builder has no method for, such as messages with tool calls.
         *
         * @param value anything that Jackson writes; wins over what this builder's methods say about the same member
         */
        public Builder set(String member, Object value) {
            members.set(Objects.requireNonNull(member, "member"), ParameterTree.of(value));
            return this;
        }

        public GptParameters build() {
            ObjectNode open = members.deepCopy();
            if (!messages.isEmpty()) {
                ParameterTree.fill(open, "messages", messages.deepCopy());
            }
            if (!config.isEmpty()) {
                ParameterTree.fill(open, "generation_config", ParameterTree.arranged(config.deepCopy(), ParameterNames.GENERATION_CONFIG));
            }
            return new GptParameters(ParameterTree.arranged(open, ORDER));
        }
    }
}
