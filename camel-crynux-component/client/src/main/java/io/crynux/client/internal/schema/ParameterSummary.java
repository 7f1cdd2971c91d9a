// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.internal.json.ModelDefaults;
import io.crynux.client.internal.json.ParameterTree;
import io.crynux.client.internal.json.TaskJson;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskParameters;
import java.util.Optional;

/** What the client reads from a task's parameters: the model, the number of results, and what the task needs of the network. */
public final class ParameterSummary {

    /** Number of images of an SD task without {@code num_images} (published schema). */
    static final int DEFAULT_IMAGES = 6;

    private static final int DEFAULT_VALIDATION_IMAGES = 4;

    private final TaskKind kind;
    private final JsonNode parameters;

    private ParameterSummary(TaskKind kind, JsonNode parameters) {
        this.kind = kind;
        this.parameters = parameters;
    }

    /**
     * Reads parameters, valid or not.
     *
     * @throws InvalidTaskException if the text is not JSON
     */
    public static ParameterSummary of(TaskKind kind, String json) {
        return new ParameterSummary(kind, TaskJson.read(json));
    }

    /** As {@link #of(TaskKind, String)}. */
    public static ParameterSummary of(TaskKind kind, JsonNode parameters) {
        return new ParameterSummary(kind, parameters);
    }

    /** As {@link #of(TaskKind, String)}. */
    public static ParameterSummary of(TaskParameters parameters) {
        return of(parameters.kind(), parameters.json());
    }

    /** The name of the model, as the parameters spell it; empty if they have none. */
    public Optional<String> model() {
        return ParameterTree.modelName(parameters.path(kind == TaskKind.SD ? "base_model" : "model"));
    }

    /**
     * Number of expected result files. SD: one PNG per image, {@code task_config.num_images} or 6. GPT: 1.
     * Fine-tuning: the validation images, {@code validation.num_images} or 4, beside the checkpoint archive; there can be
     * fewer without a validation prompt. A number that is not between 1 and 10 is ignored, because no schema accepts it.
     */
    public int resultFiles() {
        return switch (kind) {
            case SD -> images("task_config", DEFAULT_IMAGES);
            case GPT -> 1;
            case SD_FT_LORA -> images("validation", DEFAULT_VALIDATION_IMAGES);
        };
    }

    /**
     * The least VRAM, in GB, that a node should have: 8 for Stable Diffusion 1.5, 14 for SDXL and SDXL Turbo, 10 for other
     * image models (the Python SDK's rule), 24 for text and for fine-tuning (bridge, docs). The documentation advises more than
     * 24 above 8 billion parameters; a name does not reveal their number, so users set it themselves.
     */
    public int vramLimit() {
        return vramLimit(kind, model().orElse(""));
    }

    /** As {@link #vramLimit()}, for a model that is spelled as the network spells it. */
    public static int vramLimit(TaskKind kind, String model) {
        if (kind != TaskKind.SD) {
            return 24;
        }
        if (ModelDefaults.isStableDiffusion15(model)) {
            return 8;
        }
        return ModelDefaults.isStableDiffusionXl(model) ? 14 : 10;
    }

    /**
     * The {@code cap} of the task, its size for the contract: the number of images for SD, 1 for the other kinds. The network's
     * document asks for 0 for text, but the contract queues a task at the price {@code value / cap} when no node is free, so
     * that 0 then reverts with Panic(0x12), a division by zero. Its reference bridge sends 1 as well.
     */
    public int cap() {
        return kind == TaskKind.SD ? resultFiles() : 1;
    }

    private int images(String section, int otherwise) {
        JsonNode number = parameters.path(section).path("num_images");
        boolean usable = number.isNumber() && number.doubleValue() >= 1 && number.doubleValue() <= 10;
        return usable ? number.intValue() : otherwise;
    }
}
