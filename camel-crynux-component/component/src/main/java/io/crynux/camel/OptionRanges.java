// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.internal.text.ForeignText;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the values of an endpoint's options can be. A value that no task, event or wait can have is refused when a route starts,
 * not at each of its messages.
 */
final class OptionRanges {
    private static final String CORRECT = ". Correct it, or leave it out for the default";

    /** Beyond it no deadline can be kept: 100 years, in milliseconds. */
    static final long LONGEST_WAIT = 36_500L * 24 * 3_600 * 1_000;

    private static final long LARGEST_SEED = 2_147_483_647;
    private static final int PIXELS_PER_LATENT = 8;

    /** What the network's schema allows; of no effect with validate=false or a schema of one's own. */
    private static final List<Rule> OF_SCHEMA = List.of(
            whole("numImages", CrynuxConfiguration::getNumImages, 1, 10),
            whole("steps", CrynuxConfiguration::getSteps, 1, 100),
            new Rule("cfg", CrynuxConfiguration::getCfg, "0 to 20", cfg -> (Double) cfg >= 0 && (Double) cfg <= 20),
            side("imageWidth", CrynuxConfiguration::getImageWidth),
            side("imageHeight", CrynuxConfiguration::getImageHeight));

    private static final List<Rule> RULES = List.of(
            text("model", CrynuxConfiguration::getModel, "the name of a model"),
            text("systemPrompt", CrynuxConfiguration::getSystemPrompt, "text"),
            text("taskArgs", CrynuxConfiguration::getTaskArgs, "a resource such as file:task.json"),
            text("parametersSchema", CrynuxConfiguration::getParametersSchema, "a resource such as file:own.json"),
            text("idempotencyKey", CrynuxConfiguration::getIdempotencyKey, "a simple expression such as ${file:name}"),
            text("gpuName", CrynuxConfiguration::getGpuName, "the name of a GPU"),
            text("offsetKey", CrynuxConfiguration::getOffsetKey, "text"),
            least("vramLimit", CrynuxConfiguration::getVramLimit, 1, "1 or more (GB)"),
            least("cap", CrynuxConfiguration::getCap, 1, "1 or more"),
            least("gpuVram", CrynuxConfiguration::getGpuVram, 1, "1 or more (GB)"),
            least("maxAttempts", CrynuxConfiguration::getMaxAttempts, 1, "1 or more"),
            new Rule(
                    "feeIncrease",
                    CrynuxConfiguration::getFeeIncrease,
                    "0 or more (percent)",
                    percent -> (Double) percent >= 0 && Double.isFinite((Double) percent)),
            wait("taskTimeout", CrynuxConfiguration::getTaskTimeout),
            wait("resultTimeout", CrynuxConfiguration::getResultTimeout),
            wait("checkInterval", CrynuxConfiguration::getCheckInterval),
            least("maxResultSize", CrynuxConfiguration::getMaxResultSize, 1, "above 0 (bytes)"),
            least("spoolThreshold", CrynuxConfiguration::getSpoolThreshold, 0, "0 or more (bytes)"),
            least("confirmations", CrynuxConfiguration::getConfirmations, 0, "0 or more (blocks)"));

    private OptionRanges() {}

    /**
     * Refuses values that cannot be.
     *
     * @param used the options that the endpoint uses; values of others are of no effect
     * @throws IllegalArgumentException naming the first such option, its value and what it can be
     */
    static void check(EndpointKind kind, CrynuxConfiguration options, Set<String> used) {
        RULES.forEach(rule -> rule.check(options, used));
        if (options.isValidate() && options.getParametersSchema() == null) {
            OF_SCHEMA.forEach(rule -> rule.check(options, used));
            if (kind == EndpointKind.SD) {
                whole("seed", CrynuxConfiguration::getSeed, 0, LARGEST_SEED).check(options, used);
            }
        }
        if (used.contains("gpuVram") && options.getGpuVram() != null && options.getGpuName() == null) {
            throw new IllegalArgumentException(
                    "Option gpuVram is set without gpuName. Set gpuName to the GPU that it is the VRAM of, or remove it");
        }
    }

    private static Rule whole(String option, Function<CrynuxConfiguration, Number> value, long least, long most) {
        return new Rule(option, value, least + " to " + most, n -> number(n) >= least && number(n) <= most);
    }

    private static Rule least(String option, Function<CrynuxConfiguration, Number> value, long least, String allowed) {
        return new Rule(option, value, allowed, n -> number(n) >= least);
    }

    private static Rule wait(String option, Function<CrynuxConfiguration, Number> value) {
        return new Rule(
                option,
                value,
                "above 0 and at most 36500d (milliseconds, or text such as 10m)",
                n -> number(n) > 0 && number(n) <= LONGEST_WAIT);
    }

    private static Rule side(String option, Function<CrynuxConfiguration, Number> value) {
        return new Rule(
                option,
                value,
                "a multiple of 8 above 0 (pixels)",
                n -> number(n) > 0 && number(n) % PIXELS_PER_LATENT == 0);
    }

    private static Rule text(String option, Function<CrynuxConfiguration, String> value, String allowed) {
        return new Rule(option, value, allowed, text -> !text.toString().isBlank());
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }

    private record Rule(
            String option, Function<CrynuxConfiguration, ?> value, String allowed, Predicate<Object> isAllowed) {

        void check(CrynuxConfiguration options, Set<String> used) {
            Object set = value.apply(options);
            if (set != null && used.contains(option) && !isAllowed.test(set)) {
                String shown = set instanceof String text ? "'" + ForeignText.shown(text, 40) + "'" : set.toString();
                throw new IllegalArgumentException(
                        "Option " + option + " is " + shown + "; it must be " + allowed + CORRECT);
            }
        }
    }
}
