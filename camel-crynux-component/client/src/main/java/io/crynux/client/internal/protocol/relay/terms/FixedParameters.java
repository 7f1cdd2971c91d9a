// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.terms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.internal.json.ParameterTree;
import io.crynux.client.internal.schema.ParameterSummary;
import io.crynux.client.task.TaskKind;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Parameters that leave nothing to the node that would let the members of a group differ: the number of images, the seed, and
 * for text no sampling unless the user asks for it. What the user has set stays as it is.
 */
final class FixedParameters {
    private static final String SAMPLE = "do_sample";
    private static final String CONFIG = "generation_config";

    /** Settings that apply to sampling only. */
    private static final List<String> OF_SAMPLING = List.of("temperature", "top_k", "top_p", "min_p", "typical_p");

    private FixedParameters() {}

    /**
     * Completes parameters, valid or not.
     *
     * @param seeds seeds for parameters without one, 0 or more
     */
    static void complete(TaskKind kind, JsonNode parameters, IntSupplier seeds) {
        if (!(parameters instanceof ObjectNode object)) {
            return;
        }
        switch (kind) {
            case SD -> {
                if (object.get("task_config") instanceof ObjectNode config) {
                    fill(config, "seed", seeds);
                    numImages(kind, object, config);
                }
            }
            case GPT -> {
                fill(object, "seed", seeds);
                QuantizeBits.writePlain(object);
                if (!object.hasNonNull(CONFIG)) {
                    object.putObject(CONFIG);
                }
                ParameterTree.fill(object, CONFIG, SAMPLE, BooleanNode.FALSE);
            }
            case SD_FT_LORA -> {
                fill(object, "seed", seeds);
                if (object.get("validation") instanceof ObjectNode validation) {
                    numImages(kind, object, validation);
                }
            }
        }
    }

    /** Settings of the user that have no effect, because they apply to sampling, and the user has not asked for it. */
    static List<Violation> withoutEffect(TaskKind kind, JsonNode given) {
        JsonNode config = given.path(CONFIG);
        if (kind != TaskKind.GPT || config.has(SAMPLE)) {
            return List.of();
        }
        return OF_SAMPLING.stream()
                .filter(config::has)
                .map(name -> new Violation(
                        "/" + CONFIG + "/" + name,
                        "has no effect without sampling, because do_sample is sent as false unless it is set; set it to"
                                + " true"))
                .toList();
    }

    private static void fill(ObjectNode target, String member, IntSupplier seeds) {
        if (!target.has(member)) {
            target.put(member, seeds.getAsInt());
        }
    }

    /** The network's default, which is what nodes would make. */
    private static void numImages(TaskKind kind, ObjectNode parameters, ObjectNode section) {
        if (!section.has("num_images")) {
            section.put("num_images", ParameterSummary.of(kind, parameters).resultFiles());
        }
    }
}
