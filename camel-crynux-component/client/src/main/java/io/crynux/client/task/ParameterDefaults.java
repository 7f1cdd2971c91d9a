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
 * Completes task parameters: what the parameters say wins, even where it is null; what they leave open comes from the
 * options set here, then from the base document, then from the house ({@link ModelDefaults}). Sections such as {@code
 * task_config} are filled member by member, everything else as a whole. Nothing is checked against a schema here. Immutable
 * and safe for use by several threads.
 */
public final class ParameterDefaults {
    private static final ParameterDefaults HOUSE = builder().build();

    /** Members that are filled one by one: settings that stand beside each other rather than make one thing together. */
    private static final Set<String> SECTIONS =
            Set.of("task_config", "generation_config", "template_args", "validation", "train_args", "transforms");

    /** The options as partial parameters of each kind. */
    private final ObjectNode image;

    private final ObjectNode text;
    private final ObjectNode fineTuning;
    private final ObjectNode base;

    /** For conversations that have none; null for none. */
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

    /** The house's choices alone. */
    public static ParameterDefaults house() {
        return HOUSE;
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Completes parameters that may be partial.
     *
     * @param parameters a JSON object; for text also an array, which is the list of messages. A conversation without a
     *     system message gets one in front: the system prompt of the options, or else the base's system message
     * @throws InvalidTaskException if they are neither, or nothing that {@link TaskJson} reads
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
     * Completes typed parameters, from what was set on their builders; raw JSON text ({@link TaskParameters#ofJson}) is used
     * as it is.
     */
    public TaskParameters fill(TaskParameters parameters) {
        return parameters instanceof OpenParameters open
                ? fill(parameters.kind(), TaskJson.read(open.openJson()))
                : parameters;
    }

    /**
     * Makes parameters of a bare text: the prompt of an image, or what the user says after the messages of the base.
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
                throw new InvalidTaskException("A fine-tuning task takes no prompt; give its parameters as JSON");
        }
        return fill(kind, parameters);
    }

    private static ObjectNode asObject(TaskKind kind, JsonNode given) {
        // By way of the text, which is what counts: a copy of its own, within the limits, without what JSON does not
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
        // Said always: left open, nodes make 6 images, whatever the task's size and fee were meant for.
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

    /** Options as users set them. Null leaves an option open; a kind ignores an option that it does not know. */
    public static final class Builder {
        private final ObjectNode image = ParameterTree.object();
        private final ObjectNode text = ParameterTree.object();
        private final ObjectNode fineTuning = ParameterTree.object();
        private String systemPrompt;
        private ObjectNode base = ParameterTree.object();

        private Builder() {}

        /** The model's name; the network's own image models are asked for in their variant fp16. */
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

        /** The start of the random numbers; for images 0 to 2147483647. */
        public Builder seed(Long seed) {
            ParameterTree.put(image, "task_config", "seed", seed);
            ParameterTree.put(text, "seed", seed);
            ParameterTree.put(fineTuning, "seed", seed);
            return this;
        }

        /** In pixels; a multiple of 8. */
        public Builder imageWidth(Integer pixels) {
            ParameterTree.put(image, "task_config", "image_width", pixels);
            return this;
        }

        /** In pixels; a multiple of 8. */
        public Builder imageHeight(Integer pixels) {
            ParameterTree.put(image, "task_config", "image_height", pixels);
            return this;
        }

        /** What a text model is told before the conversation. */
        public Builder systemPrompt(String prompt) {
            systemPrompt = prompt;
            return this;
        }

        /** A document to start from, of the kind that is filled; null for none. */
        public Builder base(ObjectNode document) {
            base = document == null ? ParameterTree.object() : document.deepCopy();
            return this;
        }

        /**
         * As {@link #base(ObjectNode)}, from JSON text.
         *
         * @throws InvalidTaskException if the text is no JSON object
         */
        public Builder baseJson(String json) {
            JsonNode document = json == null ? null : TaskJson.read(json);
            if (document != null && !document.isObject()) {
                throw new InvalidTaskException("The parameters to start from are no JSON object");
            }
            return base((ObjectNode) document);
        }

        public ParameterDefaults build() {
            return new ParameterDefaults(this);
        }
    }
}
