// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.internal.json.TaskJson;
import java.util.Optional;

/** What the rest of the client must know of a task's parameters: which model runs and how much comes back. */
public final class ParameterSummary {

    /** What a node makes of an SD task that does not say {@code num_images} (published schema). */
    static final int IMAGES_IF_UNSAID = 6;

    private static final int VALIDATION_IMAGES_IF_UNSAID = 4;

    private final TaskKind kind;
    private final JsonNode parameters;

    private ParameterSummary(TaskKind kind, JsonNode parameters) {
        this.kind = kind;
        this.parameters = parameters;
    }

    /**
     * Reads parameters, valid or not.
     *
     * @throws InvalidTaskException if the text is no JSON
     */
    public static ParameterSummary of(TaskKind kind, String json) {
        return new ParameterSummary(kind, TaskJson.read(json));
    }

    /** As {@link #of(TaskKind, String)}. */
    public static ParameterSummary of(TaskParameters parameters) {
        return of(parameters.kind(), parameters.json());
    }

    /** The name of the model, in the spelling of the parameters; empty if they name none. */
    public Optional<String> model() {
        return ParameterTree.modelName(parameters.path(kind == TaskKind.SD ? "base_model" : "model"));
    }

    /**
     * How many result files to expect, index 0 first. SD: one PNG per image, {@code task_config.num_images} or 6. GPT: 1.
     * Fine-tuning: the validation images, {@code validation.num_images} or 4, beside the checkpoint archive; fewer may come
     * when no validation prompt is given. A number that is not between 1 and 10 counts as not said: no schema lets it pass.
     */
    public int resultFiles() {
        return switch (kind) {
            case SD -> images("task_config", IMAGES_IF_UNSAID);
            case GPT -> 1;
            case SD_FT_LORA -> images("validation", VALIDATION_IMAGES_IF_UNSAID);
        };
    }

    /** The least VRAM of a node in GB, see {@link ModelDefaults#vramLimit}. */
    public int vramLimit() {
        return ModelDefaults.vramLimit(kind, model().orElse(null));
    }

    /** The size of the task for the contract, see {@link ModelDefaults#cap}. */
    public int cap() {
        return ModelDefaults.cap(kind, resultFiles());
    }

    private int images(String section, int otherwise) {
        JsonNode number = parameters.path(section).path("num_images");
        boolean usable = number.isNumber() && number.doubleValue() >= 1 && number.doubleValue() <= 10;
        return usable ? number.intValue() : otherwise;
    }
}
