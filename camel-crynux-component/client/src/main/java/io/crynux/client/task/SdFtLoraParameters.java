// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.internal.json.ParameterNames;
import io.crynux.client.internal.json.ParameterTree;
import io.crynux.client.internal.json.TaskJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The parameters of a fine-tuning task, which trains a LoRA of a Stable Diffusion model. The result is the validation images and
 * a checkpoint, from which another task can continue. Ranges are checked when the task is submitted. Immutable; {@code toString}
 * does not contain the data set.
 */
public final class SdFtLoraParameters implements OpenParameters {
    private static final String MODEL = "model";
    private static final String DATASET = "dataset";
    private static final String VALIDATION = "validation";
    private static final String TRAINING = "train_args";
    private static final String LORA = "lora";
    private static final String TRANSFORMS = "transforms";
    private static final String SCHEDULER = "lr_scheduler";
    private static final String ADAM = "adam_args";

    private static final Map<String, List<String>> ORDER = ParameterNames.FINE_TUNING;

    private final String json;

    private SdFtLoraParameters(ObjectNode members) {
        json = TaskJson.write(members);
    }

    /** Starts with nothing; a model and a data set are required. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public TaskKind kind() {
        return TaskKind.SD_FT_LORA;
    }

    /** The members that were set, in a fixed order; the client has no defaults for fine-tuning. */
    @Override
    public String json() {
        return json;
    }

    /** As {@link #json()}. */
    @Override
    public String openJson() {
        return json;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SdFtLoraParameters that && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return "SdFtLoraParameters[" + json.length() + " characters]";
    }

    /** Collects the parameters of a fine-tuning task; the units and defaults are the network's. */
    public static final class Builder {
        private final Map<String, ObjectNode> sections = new LinkedHashMap<>();
        private final ObjectNode others = ParameterTree.object();

        private Builder() {}

        /** The model to train, on Hugging Face, such as {@code crynux-network/stable-diffusion-v1-5}. */
        public Builder model(String name) {
            return put(MODEL, "name", Objects.requireNonNull(name, "name"));
        }

        /** Variant of the model's files, such as {@code fp16}; default the main one. */
        public Builder variant(String variant) {
            return put(MODEL, "variant", Objects.requireNonNull(variant, "variant"));
        }

        /** Revision of the model on Hugging Face; default {@code main}. */
        public Builder revision(String revision) {
            return put(MODEL, "revision", Objects.requireNonNull(revision, "revision"));
        }

        /** A data set on Hugging Face; wins against {@link #datasetUrl}. */
        public Builder datasetName(String name) {
            return put(DATASET, "name", Objects.requireNonNull(name, "name"));
        }

        /** An archive with the data set, as an http or https URL of at most 2083 characters. */
        public Builder datasetUrl(String url) {
            return put(DATASET, "url", Objects.requireNonNull(url, "url"));
        }

        /** Configuration of the data set; default the only one. */
        public Builder datasetConfig(String name) {
            return put(DATASET, "config_name", Objects.requireNonNull(name, "name"));
        }

        /** Column of the images; default {@code image}. */
        public Builder imageColumn(String column) {
            return put(DATASET, "image_column", Objects.requireNonNull(column, "column"));
        }

        /** Column of the captions; default {@code text}. */
        public Builder captionColumn(String column) {
            return put(DATASET, "caption_column", Objects.requireNonNull(column, "column"));
        }

        /** Prompt of the validation images; by default captions of the data set, and possibly fewer images. */
        public Builder validationPrompt(String prompt) {
            return put(VALIDATION, "prompt", Objects.requireNonNull(prompt, "prompt"));
        }

        /** Validation images, 1 to 10; default 4. */
        public Builder validationImages(int images) {
            return put(VALIDATION, "num_images", images);
        }

        /** Above 0; default 0.0001. */
        public Builder learningRate(double rate) {
            return put(TRAINING, "learning_rate", ParameterTree.number(rate));
        }

        /** Whether the learning rate is multiplied by accumulation steps, batch size and processes; default true. */
        public Builder scaleLearningRate(boolean scale) {
            return put(TRAINING, "scale_lr", scale);
        }

        /** Images per step, 1 or more; default 16. */
        public Builder batchSize(int images) {
            return put(TRAINING, "batch_size", images);
        }

        /** Steps whose gradients are summed, 1 or more; default 1. */
        public Builder gradientAccumulationSteps(int steps) {
            return put(TRAINING, "gradient_accumulation_steps", steps);
        }

        /** Epochs of this task, 1 or more; default 1. */
        public Builder epochs(int epochs) {
            return put(TRAINING, "num_train_epochs", epochs);
        }

        /** Steps of this task, 1 or more; wins against {@link #epochs}. */
        public Builder steps(int steps) {
            return put(TRAINING, "num_train_steps", steps);
        }

        /** Epochs of the whole training, over all tasks that continue it, 1 or more; default 1. */
        public Builder totalEpochs(int epochs) {
            return put(TRAINING, "max_train_epochs", epochs);
        }

        /** Steps of the whole training, 1 or more; wins against {@link #totalEpochs}. */
        public Builder totalSteps(int steps) {
            return put(TRAINING, "max_train_steps", steps);
        }

        /** Width and height to which images are scaled, in pixels; default 512. */
        public Builder resolution(int pixels) {
            return put(TRAINING, "resolution", pixels);
        }

        /** {@code epsilon} or {@code v_prediction}; default the model's. */
        public Builder predictionType(String type) {
            return put(TRAINING, "prediction_type", Objects.requireNonNull(type, "type"));
        }

        /** Maximum norm of a gradient; default 1. */
        public Builder maxGradNorm(double norm) {
            return put(TRAINING, "max_grad_norm", ParameterTree.number(norm));
        }

        /** Default 0. */
        public Builder noiseOffset(double offset) {
            return put(TRAINING, "noise_offset", ParameterTree.number(offset));
        }

        /** Weights losses by their signal-to-noise ratio, 5 for example; default none. */
        public Builder snrGamma(double gamma) {
            return put(TRAINING, "snr_gamma", ParameterTree.number(gamma));
        }

        /**
         * How the learning rate changes.
         *
         * @param method {@code linear}, {@code cosine}, {@code cosine_with_restarts}, {@code polynomial}, {@code constant} (the
         *     default) or {@code constant_with_warmup}
         * @param warmupSteps default 500
         */
        public Builder learningRateScheduler(String method, int warmupSteps) {
            put(SCHEDULER, SCHEDULER, Objects.requireNonNull(method, "method"));
            return put(SCHEDULER, "lr_warmup_steps", warmupSteps);
        }

        /** Settings of the optimiser; the defaults are 0.9, 0.999, 0.01 and 1e-8. */
        public Builder adam(double beta1, double beta2, double weightDecay, double epsilon) {
            put(ADAM, "beta1", ParameterTree.number(beta1));
            put(ADAM, "beta2", ParameterTree.number(beta2));
            put(ADAM, "weight_decay", ParameterTree.number(weightDecay));
            return put(ADAM, "epsilon", ParameterTree.number(epsilon));
        }

        /** Rank of the LoRA's matrices; default 8. */
        public Builder rank(int rank) {
            return put(LORA, "rank", rank);
        }

        /** {@code gaussian} or {@code loftq}; by default the initial weights change nothing. */
        public Builder initialWeights(String method) {
            return put(LORA, "init_lora_weights", Objects.requireNonNull(method, "method"));
        }

        /** Modules of the model that get a LoRA; default those that nodes choose. */
        public Builder targetModules(List<String> modules) {
            return put(LORA, "target_modules", List.copyOf(modules));
        }

        /** Whether images are cropped at their centre rather than at random; default false. */
        public Builder centerCrop(boolean crop) {
            return put(TRANSFORMS, "center_crop", crop);
        }

        /** Whether images are flipped at random; default false. */
        public Builder randomFlip(boolean flip) {
            return put(TRANSFORMS, "random_flip", flip);
        }

        /** {@code no} (the default), {@code fp16} or {@code bf16}. */
        public Builder mixedPrecision(String precision) {
            return set("mixed_precision", Objects.requireNonNull(precision, "precision"));
        }

        /** Seed of the random numbers; default 0 on the classic network, a random one on today's Relay. */
        public Builder seed(long seed) {
            return set("seed", seed);
        }

        /**
         * Name of the checkpoint from which the training continues; default none. Nodes use any name as the sign that an archive
         * was uploaded with the task.
         */
        public Builder checkpoint(String name) {
            return set("checkpoint", Objects.requireNonNull(name, "name"));
        }

        /**
         * Version of the parameters: {@code 1.0.0}, {@code 2.0.0}, {@code 2.1.0} or {@code 2.5.0} (the default). Not the version
         * of the task, which is {@link TaskRequest.Builder#taskVersion}.
         */
        public Builder version(String version) {
            return set("version", Objects.requireNonNull(version, "version"));
        }

        /**
         * A member of the parameters without a method of its own here.
         *
         * @param value any value that Jackson can write; overrides other methods of this builder for the same member
         */
        public Builder set(String member, Object value) {
            others.set(Objects.requireNonNull(member, "member"), ParameterTree.of(value));
            return this;
        }

        public SdFtLoraParameters build() {
            ObjectNode built = others.deepCopy();
            ObjectNode training = section(TRAINING);
            List.of(SCHEDULER, ADAM).stream()
                    .filter(sections::containsKey)
                    .forEach(name -> training.set(name, section(name)));
            ParameterTree.fill(built, TRAINING, ParameterTree.arranged(training, ORDER.get(TRAINING)));
            // The schema requires it, although nothing in it is required.
            ParameterTree.fill(built, VALIDATION, section(VALIDATION));
            ORDER.get("").stream()
                    .filter(sections::containsKey)
                    .forEach(name -> ParameterTree.fill(built, name, section(name)));
            return new SdFtLoraParameters(ParameterTree.arranged(built, ORDER.get("")));
        }

        private ObjectNode section(String name) {
            ObjectNode present = sections.getOrDefault(name, ParameterTree.object());
            return ParameterTree.arranged(present, ORDER.get(name));
        }

        private Builder put(String section, String member, Object value) {
            sections.computeIfAbsent(section, name -> ParameterTree.object()).set(member, ParameterTree.of(value));
            return this;
        }
    }
}
