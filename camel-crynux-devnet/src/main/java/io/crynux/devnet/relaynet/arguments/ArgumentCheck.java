// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments;

import io.crynux.devnet.golang.GoJsonReader;
import io.crynux.devnet.golang.GoJsonWriter;
import io.crynux.devnet.golang.GoSyntaxException;
import io.crynux.devnet.golang.JsonNumber;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the parameters of a task ({@code task_args}) as the Relay does when a task is created.
 *
 * <p>The Relay checks the parameters with {@link #rewritten} after the whitelist of creators. What the request says besides
 * (time-out of fine-tuning, version, commitment) comes then, and {@link #workload} last, before the balance.
 */
public final class ArgumentCheck {
    private static final String SOURCE = "https://raw.githubusercontent.com/crynux-network/";

    /** What the Relay checks parameters with. */
    private static final Map<TaskType, Schema> SCHEMAS = Map.of(
            TaskType.IMAGE,
            Schema.load(
                    "sd.schema.json",
                    SOURCE + "stable-diffusion-task/main/schema/stable-diffusion-inference-task.json"),
            TaskType.LANGUAGE,
            Schema.load("gpt.schema.json", SOURCE + "gpt-task/refs/tags/v3.1.0/schema/gpt-inference-task.json"),
            TaskType.FINE_TUNING,
            Schema.load(
                    "sd-ft-lora.schema.json",
                    SOURCE + "stable-diffusion-task/main/schema/stable-diffusion-finetune-lora-task.json"));

    private static final BigInteger UINT64 = BigInteger.ONE.shiftLeft(64);
    private static final BigInteger INT64 = BigInteger.ONE.shiftLeft(63);

    /** Numbers that count where {@code task_config} has none. */
    private static final Map<String, BigInteger> PICTURE_DEFAULTS = Map.of(
            "num_images", BigInteger.valueOf(6),
            "image_width", BigInteger.valueOf(512),
            "image_height", BigInteger.valueOf(512),
            "steps", BigInteger.ONE);

    private static final BigInteger DEFAULT_MAX_NEW_TOKENS = BigInteger.valueOf(256);

    private ArgumentCheck() {}

    /**
     * Checks parameters by the schema, and rewrites them: names of models in lower case, members sorted, numbers as they were.
     *
     * @param type {@code task_type}
     * @param args {@code task_args}, not empty
     * @return what the Relay keeps, and what nodes and creator read
     * @throws RequestRefusedException 500 with the text of Go's error if {@code args} is not JSON; 400 {@code task_args},
     *     {@code jsonschema: '<pointer>' does not validate with ...} if it is not valid
     */
    public static String rewritten(long type, String args) throws RequestRefusedException {
        Object json = read(args);
        TaskType kind = TaskType.of(type);
        Optional<String> problem = SCHEMAS.get(kind).problem(json);
        if (problem.isPresent()) {
            throw RequestRefusedException.invalid("task_args", problem.get());
        }
        if (TaskType.isKnown(type)) {
            ModelNames.rewrite(kind, members(json));
        }
        return GoJsonWriter.write(json);
    }

    /**
     * What a price depends on.
     *
     * @param type {@code task_type}
     * @param rewritten parameters from {@link #rewritten}
     * @throws RequestRefusedException 500: the schema lets more pass than the Relay can calculate with
     */
    public static Workload workload(long type, String rewritten) throws RequestRefusedException {
        Map<String, Object> args = members(read(rewritten));
        if (args.get("quantize_bits") instanceof JsonNumber bits && !isCount(bits.text())) {
            throw RequestRefusedException.failure("extract model execution config: invalid quantize_bits");
        }
        if (!TaskType.isKnown(type)) {
            throw RequestRefusedException.failure("unknown task type " + type);
        }
        return switch (TaskType.of(type)) {
            case IMAGE -> Workload.ofPictures(pixelSteps(args));
            case LANGUAGE -> language(args);
            case FINE_TUNING -> Workload.NONE;
        };
    }

    private static BigInteger pixelSteps(Map<String, Object> args) throws RequestRefusedException {
        Map<String, BigInteger> factors = new HashMap<>(PICTURE_DEFAULTS);
        factors.putAll(PriceDecoder.taskConfig(args));
        if (factors.containsValue(BigInteger.ZERO)) {
            throw RequestRefusedException.failure("sd pixel-step factors must be positive");
        }
        BigInteger product = factors.values().stream().reduce(BigInteger.ONE, BigInteger::multiply);
        if (product.compareTo(UINT64) >= 0) {
            throw RequestRefusedException.failure("sd pixel-step units overflow uint64");
        }
        return product;
    }

    private static Workload language(Map<String, Object> args) throws RequestRefusedException {
        ImageBlocks images = ImageBlocks.strip(args.get("messages"));
        Map<String, Object> text = new HashMap<>();
        for (String member : List.of("messages", "tools", "template_args")) {
            text.put(member, args.get(member));
        }
        long bytes = GoJsonWriter.write(text).getBytes(StandardCharsets.UTF_8).length;
        BigInteger tokens = PriceDecoder.generationConfig(args).getOrDefault("max_new_tokens", DEFAULT_MAX_NEW_TOKENS);
        return new Workload(BigInteger.ZERO, bytes, images.count(), images.pixels(), tokens);
    }

    /** True for a number of 63 bits without sign, point and exponent. */
    private static boolean isCount(String text) {
        return text.equals("-0")
                || (text.chars().allMatch(Character::isDigit) && new BigInteger(text).compareTo(INT64) < 0);
    }

    private static Object read(String args) throws RequestRefusedException {
        try {
            return GoJsonReader.read(args);
        } catch (GoSyntaxException e) {
            throw RequestRefusedException.failure(e.getMessage());
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> members(Object json) {
        return (Map<String, Object>) json;
    }
}
