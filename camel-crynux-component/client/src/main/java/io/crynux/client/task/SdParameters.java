// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.internal.json.ParameterNames;
import io.crynux.client.internal.json.ParameterTree;
import io.crynux.client.internal.json.TaskJson;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The parameters of an image task. {@link #json()} adds the client's defaults, {@link #openJson()} does not. Ranges are checked
 * when the task is submitted. Immutable; {@code toString} does not contain the prompt.
 */
public final class SdParameters implements OpenParameters {
    private static final List<String> ORDER = List.of(
            "base_model",
            "prompt",
            "negative_prompt",
            "lora",
            "controlnet",
            "refiner",
            "scheduler",
            "dtype",
            "task_config");

    /** Behind the others, where {@link Builder#set} has always put them. */
    private static final List<String> LAST = List.of("unet", "vae", "textual_inversion", "version");

    private final String openJson;
    private final String json;

    private SdParameters(ObjectNode open) {
        openJson = TaskJson.write(open);
        json = ParameterDefaults.builtIn().fill(TaskKind.SD, open).json();
    }

    /**
     * Starts with the prompt.
     *
     * @param prompt description of the image; Compel syntax for weights ({@code word++}, {@code (phrase)1.3}); not empty
     */
    public static Builder builder(String prompt) {
        return new Builder(prompt);
    }

    @Override
    public TaskKind kind() {
        return TaskKind.SD;
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
        return other instanceof SdParameters that && openJson.equals(that.openJson);
    }

    @Override
    public int hashCode() {
        return openJson.hashCode();
    }

    @Override
    public String toString() {
        return "SdParameters[" + json.length() + " characters]";
    }

    /** Collects the parameters of an image task; the units and defaults are the network's. */
    public static final class Builder {
        private final ObjectNode members = ParameterTree.object();
        private final ObjectNode config = ParameterTree.object();
        private final ObjectNode last = ParameterTree.object();

        private Builder(String prompt) {
            members.put("prompt", Objects.requireNonNull(prompt, "prompt"));
        }

        /** A model on Hugging Face, such as {@code stabilityai/sdxl-turbo}, in its main variant; written as its name alone. */
        public Builder baseModel(String name) {
            members.put("base_model", Objects.requireNonNull(name, "name"));
            return this;
        }

        /**
         * A model in a variant of its files; {@code fp16} computes in float16 whatever {@link #dtype} says. Relays of July 2024
         * accept no variants.
         */
        public Builder baseModel(String name, String variant) {
            members.putObject("base_model")
                    .put("name", Objects.requireNonNull(name, "name"))
                    .put("variant", Objects.requireNonNull(variant, "variant"));
            return this;
        }

        /** What the image must not show. Has no effect without guidance (SDXL Turbo, LCM). */
        public Builder negativePrompt(String prompt) {
            members.put("negative_prompt", Objects.requireNonNull(prompt, "prompt"));
            return this;
        }

        /** Pixels, a multiple of 8; default 512. */
        public Builder imageWidth(int pixels) {
            config.put("image_width", pixels);
            return this;
        }

        /** Pixels, a multiple of 8; default 512. */
        public Builder imageHeight(int pixels) {
            config.put("image_height", pixels);
            return this;
        }

        /** Denoising steps, 1 to 100; default 1. */
        public Builder steps(int steps) {
            config.put("steps", steps);
            return this;
        }

        /** Guidance scale, 0 to 20, none up to 1; the network's default is 5, the client's for SDXL Turbo 1. */
        public Builder cfg(double scale) {
            config.set("cfg", ParameterTree.number(scale));
            return this;
        }

        /** 0 to 2147483647; default 0 on the classic network, a random one on today's Relay. Equal parameters and seeds give equal images, up to differences of GPUs. */
        public Builder seed(int seed) {
            config.put("seed", seed);
            return this;
        }

        /** 1 to 10; default 1. */
        public Builder numImages(int images) {
            config.put("num_images", images);
            return this;
        }

        /** Whether images that are not safe for work come back black; default true. */
        public Builder safetyChecker(boolean enabled) {
            config.put("safety_checker", enabled);
            return this;
        }

        /**
         * The denoising method.
         *
         * @param method {@code DPMSolverMultistepScheduler} (the network's default), {@code LCMScheduler} or {@code
         *     EulerAncestralDiscreteScheduler}
         * @param args such as {@code timestep_spacing}; may be empty
         */
        public Builder scheduler(String method, Map<String, ?> args) {
            members.set("scheduler", methodAndArgs(method, args));
            return this;
        }

        /** A LoRA: a Hugging Face name, or the URL (in small letters) of a safetensors file; full weight. */
        public Builder lora(String model) {
            members.putObject("lora").put("model", Objects.requireNonNull(model, "model"));
            return this;
        }

        /**
         * A LoRA at part of its weight.
         *
         * @param weight percent, 2 to 100; nodes read 1 as 100 %
         */
        public Builder lora(String model, int weight) {
            lora(model);
            members.withObjectProperty("lora").put("weight", weight);
            return this;
        }

        /**
         * A LoRA in one of several files of its repository.
         *
         * @param weight percent, 2 to 100; nodes read 1 as 100 %
         * @param fileName such as {@code lora.safetensors}; by default nodes guess it, and fail if there are several
         */
        public Builder lora(String model, int weight, String fileName) {
            lora(model, weight);
            members.withObjectProperty("lora").put("weight_file_name", Objects.requireNonNull(fileName, "fileName"));
            return this;
        }

        /**
         * A ControlNet: the image guides the composition.
         *
         * @param model a Hugging Face name, or the URL (in small letters) of a safetensors file
         * @param image a PNG, JPEG, GIF or WebP image; sent inside the parameters
         * @param weight percent, 2 to 100; nodes read 1 as 100 %. The network's default is 70
         * @throws IllegalArgumentException if the image has none of these formats
         */
        public Builder controlnet(String model, byte[] image, int weight) {
            String dataUrl = Images.dataUrl(image);
            ObjectNode present = controlnet();
            present.put("model", Objects.requireNonNull(model, "model"));
            present.put("image_dataurl", dataUrl);
            present.put("weight", weight);
            return this;
        }

        /** Variant of the ControlNet's files, such as {@code fp16}; default the main one. */
        public Builder controlnetVariant(String variant) {
            controlnet().put("variant", Objects.requireNonNull(variant, "variant"));
            return this;
        }

        /**
         * How nodes preprocess the image of the ControlNet.
         *
         * @param method such as {@code canny}, {@code openpose}, {@code depth_midas}
         * @param args such as {@code low_threshold}; may be empty
         */
        public Builder preprocess(String method, Map<String, ?> args) {
            controlnet().set("preprocess", methodAndArgs(method, args));
            return this;
        }

        /**
         * A model that refines the image of the base model. Nodes do not download it, so that the task fails on a node that does
         * not have it.
         *
         * @param model a Hugging Face name, such as {@code stabilityai/stable-diffusion-xl-refiner-1.0}
         * @param denoisingCutoff percent of the denoising after which the refiner takes over, 2 to 100; the network's default is
         *     80. Has no effect with a ControlNet
         * @param steps denoising steps of the refiner, 1 to 100; the network's default is 20
         */
        public Builder refiner(String model, int denoisingCutoff, int steps) {
            members.putObject("refiner")
                    .put("model", Objects.requireNonNull(model, "model"))
                    .put("denoising_cutoff", denoisingCutoff)
                    .put("steps", steps);
            return this;
        }

        /** A UNet in place of the base model's, such as that of LCM; as for the refiner, nodes do not download it. */
        public Builder unet(String model) {
            return last("unet", model);
        }

        /** A VAE in place of the base model's; as for the refiner, nodes do not download it. */
        public Builder vae(String model) {
            return last("vae", model);
        }

        /** Embeddings by textual inversion; as for the refiner, nodes do not download them. */
        public Builder textualInversion(String model) {
            return last("textual_inversion", model);
        }

        /**
         * Version of the parameters: {@code 1.0.0}, {@code 2.0.0}, {@code 2.1.0} or {@code 2.5.0} (the default). Not the version
         * of the task, which is {@link TaskRequest.Builder#taskVersion}.
         */
        public Builder version(String version) {
            return last("version", version);
        }

        /** {@code auto} (the default), {@code float16}, {@code bfloat16} or {@code float32}. */
        public Builder dtype(String dtype) {
            members.put("dtype", Objects.requireNonNull(dtype, "dtype"));
            return this;
        }

        /**
         * A member of the parameters without a method of its own here.
         *
         * @param value any value that Jackson can write; overrides other methods of this builder for the same member
         */
        public Builder set(String member, Object value) {
            members.set(Objects.requireNonNull(member, "member"), ParameterTree.of(value));
            return this;
        }

        public SdParameters build() {
            ObjectNode open = members.deepCopy();
            if (!config.isEmpty()) {
                ParameterTree.fill(
                        open, "task_config", ParameterTree.arranged(config.deepCopy(), ParameterNames.TASK_CONFIG));
            }
            ObjectNode arranged = ParameterTree.arranged(open, ORDER);
            ParameterTree.fillFrom(arranged, ParameterTree.arranged(last, LAST), Set.of());
            return new SdParameters(arranged);
        }

        private Builder last(String member, String value) {
            last.put(member, Objects.requireNonNull(value, member));
            return this;
        }

        private ObjectNode controlnet() {
            return members.withObjectProperty("controlnet");
        }

        private static ObjectNode methodAndArgs(String method, Map<String, ?> args) {
            ObjectNode chosen = ParameterTree.object().put("method", Objects.requireNonNull(method, "method"));
            if (!args.isEmpty()) {
                chosen.set("args", ParameterTree.of(args));
            }
            return chosen;
        }
    }
}
