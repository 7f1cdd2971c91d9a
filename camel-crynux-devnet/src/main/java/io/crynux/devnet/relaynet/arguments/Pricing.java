// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Estimates of a task, with the coefficients of the Relay's example configuration. The real Relay starts with them, and learns
 * better ones from results for each GPU and model; the devnet's keeps them.
 */
public final class Pricing {
    private static final double IMAGE_SECONDS = 30;
    private static final double SECONDS_PER_PIXEL_STEP = 0.00003814697265625;
    private static final double LANGUAGE_SECONDS = 30;
    private static final double SECONDS_PER_TEXT_BYTE = 0.0001;
    private static final double SECONDS_PER_TOKEN = 0.1;
    private static final double SECONDS_PER_MODEL_SWITCH = 120;
    private static final double SECONDS_PER_IMAGE = 10;
    private static final double SECONDS_PER_MEGAPIXEL = 5;
    private static final double PIXELS_PER_MEGAPIXEL = 1_000_000;

    private static final double BASE_VRAM = 8;
    private static final double TIMEOUT_FACTOR = 2;
    private static final double LEAST_TIMEOUT = 60;
    private static final double LONGEST_TIMEOUT = 7200;

    private Pricing() {}

    /**
     * Estimated time of a node in seconds.
     *
     * @param type {@code task_type}
     * @param timeout of the creator in seconds; it is the estimate for fine-tuning, and does not count for other types
     * @return at least 1
     */
    public static double seconds(long type, Workload workload, long timeout) {
        return Math.max(1, TaskType.of(type) == TaskType.FINE_TUNING ? timeout : estimate(type, workload, false));
    }

    /**
     * Rank of a task in the queue: what it pays for a second of 8 GB.
     *
     * @param fee in wei
     * @param seconds from {@link #seconds}
     * @param vram that the task demands in GB: that of the required GPU if it names one, else {@code min_vram}
     * @return wei, rounded down
     */
    public static BigInteger priority(BigInteger fee, double seconds, BigInteger vram) {
        double weight = Math.max(vram.doubleValue(), BASE_VRAM) / BASE_VRAM;
        return new BigDecimal(fee)
                .divide(new BigDecimal(seconds * weight), 0, RoundingMode.DOWN)
                .toBigInteger();
    }

    /**
     * Time that a node gets, in seconds from its start, for an image or an answer. Fine-tuning has the creator's time-out.
     *
     * @param type {@code task_type}, 0 or 1
     * @param switchesModel true if the node must load another model than that of its last task
     */
    public static long executionTimeout(long type, Workload workload, boolean switchesModel) {
        double timeout = TIMEOUT_FACTOR * estimate(type, workload, switchesModel);
        return (long) Math.ceil(Math.min(Math.max(timeout, LEAST_TIMEOUT), LONGEST_TIMEOUT));
    }

    private static double estimate(long type, Workload workload, boolean switchesModel) {
        if (TaskType.of(type) == TaskType.IMAGE) {
            return IMAGE_SECONDS + workload.pixelSteps().doubleValue() * SECONDS_PER_PIXEL_STEP;
        }
        return LANGUAGE_SECONDS
                + workload.textBytes() * SECONDS_PER_TEXT_BYTE
                + workload.maxNewTokens().doubleValue() * SECONDS_PER_TOKEN
                + (switchesModel ? SECONDS_PER_MODEL_SWITCH : 0)
                + workload.images() * SECONDS_PER_IMAGE
                + workload.imagePixels().doubleValue() / PIXELS_PER_MEGAPIXEL * SECONDS_PER_MEGAPIXEL;
    }
}
