// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.internal.json.PromptText;
import java.math.BigInteger;
import java.util.List;

/** Image tasks that would be paid for and fail. */
final class SdWarnings {
    private static final List<String> NEVER_FETCHED = List.of("unet", "vae", "textual_inversion");

    /** The latent space of Stable Diffusion has an eighth of the image's resolution. */
    private static final int PIXELS_PER_LATENT = 8;

    private final JsonNode parameters;
    private final Findings findings;

    SdWarnings(JsonNode parameters, Findings findings) {
        this.parameters = parameters;
        this.findings = findings;
    }

    void find() {
        findings.checkVersion(parameters);
        baseModel();
        prompt(parameters.path("prompt"));
        ForeignMembers.check(parameters, findings);
        PriceFactors.checkImage(parameters, findings);
        taskConfig(parameters.path("task_config"));
        lora(parameters.path("lora"));
        new ControlNetWarnings(parameters.path("controlnet"), findings).find();
        refiner(parameters.path("refiner"));
        for (String member : NEVER_FETCHED) {
            if (!parameters.path(member).asText().isEmpty()) {
                neverFetched("/" + member);
            }
        }
    }

    private void baseModel() {
        JsonNode model = parameters.path("base_model");
        boolean named = model.isObject();
        findings.checkModelName(named ? model.path("name") : model, named ? "/base_model/name" : "/base_model", false);
        String dtype = parameters.path("dtype").asText("auto");
        if ("fp16".equals(model.path("variant").textValue()) && (dtype.equals("float32") || dtype.equals("bfloat16"))) {
            findings.add("/dtype", "is " + dtype + ", but the variant fp16 of the base model forces float16");
        }
    }

    private void prompt(JsonNode prompt) {
        if (prompt.isTextual() && PromptText.isBlank(prompt.textValue())) {
            findings.add("/prompt", "has no visible characters");
        }
    }

    private void taskConfig(JsonNode config) {
        if (!config.isObject()) {
            return;
        }
        if (!config.has("num_images")) {
            findings.add(
                    "/task_config",
                    "has no num_images: nodes make 6 images, and the network's bridge computes a size and fee of 0");
        }
        side(config, "image_width");
        side(config, "image_height");
    }

    private void side(JsonNode config, String member) {
        JsonNode value = config.path(member);
        if (!value.isIntegralNumber()) {
            return;
        }
        BigInteger pixels = value.bigIntegerValue();
        if (pixels.signum() > 0
                && pixels.mod(BigInteger.valueOf(PIXELS_PER_LATENT)).signum() != 0) {
            findings.add(
                    "/task_config/" + member, "is " + ValueText.of(value) + ", not a multiple of 8 as models require");
        }
    }

    private void lora(JsonNode lora) {
        findings.checkModelName(lora.path("model"), "/lora/model", true);
        checkPercent(lora, "weight", "/lora", findings);
    }

    private void refiner(JsonNode refiner) {
        if (!refiner.isObject()) {
            return;
        }
        neverFetched("/refiner");
        if (refiner.hasNonNull("variant")) {
            findings.add("/refiner/variant", "reaches the node as a data type and breaks the task; leave it out");
        }
        checkPercent(refiner, "denoising_cutoff", "/refiner", findings);
        if (refiner.has("denoising_cutoff") && parameters.path("controlnet").isObject()) {
            findings.add("/refiner/denoising_cutoff", "is ignored when there is a controlnet");
        }
    }

    private void neverFetched(String pointer) {
        findings.add(
                pointer,
                "names a model that nodes do not download: the task fails with \"Task model not downloaded\" unless the"
                        + " node already has it");
    }

    /** Nodes divide a percentage by 100 only if it is above 1. */
    static void checkPercent(JsonNode object, String member, String pointer, Findings findings) {
        JsonNode percent = object.path(member);
        if (percent.isNumber() && percent.doubleValue() == 1) {
            findings.add(pointer + "/" + member, "is 1, which nodes read as 100 %; the smallest percentage is 2");
        }
    }
}
