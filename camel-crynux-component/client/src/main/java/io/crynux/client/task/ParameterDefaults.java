// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.internal.json.ModelDefaults;
import io.crynux.client.internal.json.ParameterTree;
import io.crynux.client.internal.json.TaskJson;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Completes task parameters. Members of the parameters win, even if they are null; missing ones come from the options set
 * here, then from the base document, then from the client's defaults: {@code crynux-network/sdxl-turbo} for images with its
 * recommended settings, {@code Qwen/Qwen2.5-7B-Instruct} for text. Sections such as {@code task_config} are filled member by
 * member, everything else as a whole. Does not validate against a schema. Immutable and thread-safe.
 */
public final class ParameterDefaults {
    private static final ParameterDefaults BUILT_IN = builder().build();

    /** Sections whose members are independent of each other, and are filled one by one. */
    private static final Set<String> SECTIONS =
            Set.of("task_config", "generation_config", "template_args", "validation", "train_args", "transforms");

    /** The options as partial parameters of each kind. */
    private final ObjectNode image;

    private final ObjectNode text;
    private final ObjectNode fineTuning;
    private final ObjectNode base;

    /** For conversations without a system message; may be null. */
    private final ObjectNode systemMessage;

    private ParameterDefaults(Builder builder) {
        image = builder.image.deepCopy();
        text = builder.text.deepCopy();
        fineTuning = builder.fineTuning.deepCopy();
        base = builder.base.deepCopy();
        if (builder.systemPrompt == null) {
            systemMessage = Conversation.systemMessage(base.path("messages")).orElse(null);
        } else {
            systemMessage = Conversation.systemMessage(builder.systemPrompt);
            Conversation.replaceSystemMessage(base, systemMessage);
        }
    }

    /** The client's defaults without options. */
    public static ParameterDefaults builtIn() {
        return BUILT_IN;
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Completes parameters that may be partial.
     *
     * @param parameters a JSON object; for text also an array, which is the list of messages. A conversation without a
     *     system message gets one in front: the system prompt of the options, or else the base's system message
     * @throws InvalidTaskException if they are neither, or exceed the limits of the Relay
     */
    public TaskParameters fill(TaskKind kind, JsonNode parameters) {
        ObjectNode filled = asObject(kind, parameters);
        switch (kind) {
            case SD -> fillImage(filled);
            case GPT -> fillText(filled);
            case SD_FT_LORA -> fillFineTuning(filled);
        }
        return TaskParameters.ofJson(kind, TaskJson.write(filled));
    }

    /**
     * Completes typed parameters from the members that were set on their builders; raw JSON text
     * ({@link TaskParameters#ofJson}) is used as it is.
     */
    public TaskParameters fill(TaskParameters parameters) {
        return parameters instanceof OpenParameters open
                ? fill(parameters.kind(), TaskJson.read(open.openJson()))
                : parameters;
    }

    /**
     * Creates parameters from a text: the prompt of an image, or the user's message after the messages of the base.
     *
     * @throws InvalidTaskException for fine-tuning, which has no prompt
     */
    public TaskParameters prompt(TaskKind kind, String prompt) {
        Objects.requireNonNull(prompt, "prompt");
        ObjectNode parameters = ParameterTree.object();
        switch (kind) {
            case SD -> parameters.put("prompt", prompt);
            case GPT -> parameters.set("messages", Conversation.continued(base.path("messages"), prompt));
            case SD_FT_LORA ->
                throw new InvalidTaskException("A fine-tuning task has no prompt; send its parameters as JSON");
        }
        return fill(kind, parameters);
    }

    private static ObjectNode asObject(TaskKind kind, JsonNode given) {
        // Writing and reading the text makes a copy, enforces the limits, and drops Java objects that JSON does not
        // have.
        JsonNode parameters = TaskJson.read(TaskJson.write(given));
        if (parameters instanceof ObjectNode object) {
            return object;
        }
        if (kind == TaskKind.GPT && parameters.isArray()) {
            ObjectNode wrapped = ParameterTree.object();
            wrapped.set("messages", parameters);
            return wrapped;
        }
        String type = parameters.getNodeType().name().toLowerCase(Locale.ROOT);
        throw new InvalidTaskException(
                "The parameters of a task of kind " + kind.id() + " cannot be used",
                List.of(new Violation("", "must be an object, but is of type " + type)));
    }

    private void fillImage(ObjectNode filled) {
        ParameterTree.fillFrom(filled, image, SECTIONS);
        ParameterTree.fillFrom(filled, base, SECTIONS);
        ParameterTree.fill(filled, "base_model", ModelDefaults.imageModel(ModelDefaults.IMAGE_MODEL));
        ParameterTree.modelName(filled.path("base_model")).ifPresent(model -> ModelDefaults.fillRecipe(filled, model));
        // Always set: without it nodes make 6 images, whatever the size and the fee of the task.
        ParameterTree.fill(filled, "task_config", "num_images", JsonNodeFactory.instance.numberNode(1));
    }

    private void fillText(ObjectNode filled) {
        ParameterTree.fillFrom(filled, text, SECTIONS);
        ParameterTree.fillFrom(filled, base, SECTIONS);
        if (systemMessage != null) {
            Conversation.fillSystemMessage(filled, systemMessage);
        }
        ParameterTree.fill(filled, "model", JsonNodeFactory.instance.textNode(ModelDefaults.TEXT_MODEL));
    }

    private void fillFineTuning(ObjectNode filled) {
        ParameterTree.fillFrom(filled, fineTuning, SECTIONS);
        ParameterTree.fillFrom(filled, base, SECTIONS);
    }

    /** Options as users set them. Null does not set an option; a kind ignores options that it does not know. */
    public static final class Builder {
        private final ObjectNode image = ParameterTree.object();
        private final ObjectNode text = ParameterTree.object();
        private final ObjectNode fineTuning = ParameterTree.object();
        private String systemPrompt;
        private ObjectNode base = ParameterTree.object();

        private Builder() {}

        /** The model's name; the network's own image models use their variant fp16. */
        public Builder model(String name) {
            ParameterTree.put(image, "base_model", name == null ? null : ModelDefaults.imageModel(name));
            ParameterTree.put(text, "model", name);
            ParameterTree.put(
                    fineTuning,
                    "model",
                    name == null ? null : ParameterTree.object().put("name", name));
            return this;
        }

        /** What an image must not show. */
        public Builder negativePrompt(String prompt) {
            ParameterTree.put(image, "negative_prompt", prompt);
            return this;
        }

        /** Images per task, 1 to 10; for fine-tuning the validation images. */
        public Builder numImages(Integer images) {
            ParameterTree.put(image, "task_config", "num_images", images);
            ParameterTree.put(fineTuning, "validation", "num_images", images);
            return this;
        }

        /** Denoising steps of an image, 1 to 100. */
        public Builder steps(Integer steps) {
            ParameterTree.put(image, "task_config", "steps", steps);
            return this;
        }

        /** Guidance scale of an image, 0 to 20; none up to 1. */
        public Builder cfg(Double cfg) {
            ParameterTree.put(image, "task_config", "cfg", cfg == null ? null : ParameterTree.number(cfg));
            return this;
        }

        /** Seed of the random numbers; for images 0 to 2147483647. */
        public Builder seed(Long seed) {
            ParameterTree.put(image, "task_config", "seed", seed);
            ParameterTree.put(text, "seed", seed);
            ParameterTree.put(fineTuning, "seed", seed);
            return this;
        }

        /** Pixels, a multiple of 8. */
        public Builder imageWidth(Integer pixels) {
            ParameterTree.put(image, "task_config", "image_width", pixels);
            return this;
        }

        /** Pixels, a multiple of 8. */
        public Builder imageHeight(Integer pixels) {
            ParameterTree.put(image, "task_config", "image_height", pixels);
            return this;
        }

        /** System message of a text task. */
        public Builder systemPrompt(String prompt) {
            systemPrompt = prompt;
            return this;
        }

        /** Base document of the same kind; null for none. */
        public Builder base(ObjectNode document) {
            base = document == null ? ParameterTree.object() : document.deepCopy();
            return this;
        }

        /**
         * As {@link #base(ObjectNode)}, from JSON text.
         *
         * @throws InvalidTaskException if the text is not a JSON object
         */
        public Builder baseJson(String json) {
            JsonNode document = json == null ? null : TaskJson.read(json);
            if (document != null && !document.isObject()) {
                throw new InvalidTaskException("The base parameters are not a JSON object");
            }
            return base((ObjectNode) document);
        }

        public ParameterDefaults build() {
            return new ParameterDefaults(this);
        }
    }
}
