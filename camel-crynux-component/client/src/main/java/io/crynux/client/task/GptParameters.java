// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.internal.json.ParameterNames;
import io.crynux.client.internal.json.ParameterTree;
import io.crynux.client.internal.json.TaskJson;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The parameters of a text task. {@link #json()} adds the client's defaults, {@link #openJson()} does not; for anything else
 * that is not set the model's own generation config applies. Ranges are checked when the task is submitted. Immutable;
 * {@code toString} does not contain the messages.
 */
public final class GptParameters implements OpenParameters {
    private static final List<String> ORDER = List.of(
            "model", "messages", "tools", "generation_config", "template_args", "seed", "dtype", "quantize_bits");

    private final String openJson;
    private final String json;

    private GptParameters(ObjectNode open) {
        openJson = TaskJson.write(open);
        json = ParameterDefaults.builtIn().fill(TaskKind.GPT, open).json();
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public TaskKind kind() {
        return TaskKind.GPT;
    }

    /** The parameters with the client's defaults. */
    @Override
    public String json() {
        return json;
    }

    /** Only the members that were set, in a fixed order. */
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

    /** Collects the messages of a conversation, in the order of the calls, and the settings of the answer. */
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

        /** A system message. */
        public Builder system(String text) {
            return message("system", text);
        }

        /** A message of the user. */
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
         * A text and an image of the user; needs a multimodal model.
         *
         * @param image a PNG, JPEG, GIF or WebP image; sent inside the parameters
         * @throws IllegalArgumentException if the image has none of these formats, or its size cannot be read
         */
        public Builder user(String text, byte[] image) {
            return user(text, List.of(image));
        }

        /**
         * A text and images of the user; needs a multimodal model.
         *
         * @param images PNG, JPEG, GIF or WebP images; sent inside the parameters, of which the Relay accepts 16 MiB
         * @throws IllegalArgumentException if an image has none of these formats, or its size cannot be read
         */
        public Builder user(String text, List<byte[]> images) {
            ArrayNode content = JsonNodeFactory.instance.arrayNode();
            content.addObject().put("type", "text").put("text", Objects.requireNonNull(text, "text"));
            images.forEach(image -> content.add(Images.block(image)));
            messages.addObject().put("role", "user").set("content", content);
            return this;
        }

        /**
         * An earlier answer of the model that calls tools.
         *
         * @param json the calls as a JSON array of {@code {"id", "type", "function": {"name", "arguments"}}}; the arguments are
         *     an object, or for DeepSeek-V3 and DeepSeek-R1 a string that holds one
         * @throws InvalidTaskException if the text is not JSON
         */
        public Builder toolCalls(String json) {
            messages.addObject().put("role", "assistant").putNull("content").set("tool_calls", TaskJson.read(json));
            return this;
        }

        /**
         * What a tool has returned.
         *
         * @param callId the {@code id} of the call in {@link #toolCalls}
         */
        public Builder toolResult(String callId, String content) {
            messages.add(Conversation.message("tool", Objects.requireNonNull(content, "content"))
                    .put("tool_call_id", Objects.requireNonNull(callId, "callId")));
            return this;
        }

        /** Seed of the random numbers; default 0 on the classic network, a random one on today's Relay. */
        public Builder seed(long seed) {
            members.put("seed", seed);
            return this;
        }

        /** Maximum number of tokens of an answer, 0 or more; default 256. */
        public Builder maxNewTokens(int tokens) {
            config.put("max_new_tokens", tokens);
            return this;
        }

        /**
         * Whether to sample tokens; without sampling, temperature and similar settings have no effect. By default the model
         * decides on the classic network. On today's Relay the default is false, since the nodes of a group must give equal
         * answers.
         */
        public Builder doSample(boolean sample) {
            config.put("do_sample", sample);
            return this;
        }

        /** Temperature of the sampling: higher values give more varied answers. */
        public Builder temperature(double temperature) {
            config.set("temperature", ParameterTree.number(temperature));
            return this;
        }

        /** Samples among the most likely tokens that together have this probability. */
        public Builder topP(double probability) {
            config.set("top_p", ParameterTree.number(probability));
            return this;
        }

        /** Samples among this number of the most likely tokens. */
        public Builder topK(int tokens) {
            config.put("top_k", tokens);
            return this;
        }

        /** Samples among tokens whose probability is at least this fraction of the most likely one's. */
        public Builder minP(double share) {
            config.set("min_p", ParameterTree.number(share));
            return this;
        }

        /** Samples among tokens of typical information content up to this probability. */
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

        /** Number of answers; default 1. */
        public Builder numReturnSequences(int answers) {
            config.put("num_return_sequences", answers);
            return this;
        }

        /** Texts that end an answer; default none. */
        public Builder stopStrings(List<String> texts) {
            config.set("stop_strings", ParameterTree.of(texts));
            return this;
        }

        /**
         * The tools that the model may call, as a JSON array of tool objects. The network returns calls as text.
         *
         * @throws InvalidTaskException if the text is not JSON
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
         * A member of the parameters without a method of its own here, for example of later releases of the network.
         *
         * @param value any value that Jackson can write; overrides other methods of this builder for the same member
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
                ParameterTree.fill(
                        open,
                        "generation_config",
                        ParameterTree.arranged(config.deepCopy(), ParameterNames.GENERATION_CONFIG));
            }
            return new GptParameters(ParameterTree.arranged(open, ORDER));
        }
    }
}
