// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.result;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The pictures that a task asks for.
 *
 * @param width in pixels
 * @param height in pixels
 */
record ImageRequest(String prompt, int width, int height, long seed, int count) {
    private static final int MAX_SIDE = 4096;
    private static final int MAX_COUNT = 10;
    private static final int DEFAULT_SIDE = 512;

    static ImageRequest ofImageTask(JsonNode parameters) throws TaskImpossibleException {
        JsonNode model = parameters.path("base_model");
        Workshop.available(
                model.isTextual() ? model.asText() : model.path("name").asText());
        JsonNode config = parameters.path("task_config");
        return new ImageRequest(
                parameters.path("prompt").asText(),
                within(config, "image_width", DEFAULT_SIDE, MAX_SIDE),
                within(config, "image_height", DEFAULT_SIDE, MAX_SIDE),
                config.path("seed").asLong(0),
                within(config, "num_images", 6, MAX_COUNT));
    }

    /** Fine-tuning shows what it has learnt in validation pictures. */
    static ImageRequest ofFineTuning(JsonNode parameters) throws TaskImpossibleException {
        Workshop.available(parameters.path("model").path("name").asText());
        JsonNode validation = parameters.path("validation");
        int side = within(parameters.path("train_args"), "resolution", DEFAULT_SIDE, MAX_SIDE);
        return new ImageRequest(
                validation.path("prompt").asText("validation"),
                side,
                side,
                parameters.path("seed").asLong(0),
                within(validation, "num_images", 4, MAX_COUNT));
    }

    /** What all requests for pictures of this size and number have in common. */
    ImageRequest ofSameForm() {
        return new ImageRequest("any", width, height, 0, count);
    }

    private static int within(JsonNode parent, String name, int absent, int max) throws TaskImpossibleException {
        JsonNode value = parent.path(name);
        if (value.isMissingNode()) {
            return absent;
        }
        // 20.0 is a whole number in JSON Schema, hence to the network.
        if (!value.isNumber() || value.doubleValue() != Math.rint(value.doubleValue())) {
            throw new TaskImpossibleException(name + " is not a whole number");
        }
        if (value.doubleValue() < 1 || value.doubleValue() > max) {
            throw new TaskImpossibleException(name + " is not between 1 and " + max);
        }
        return value.intValue();
    }
}
