// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments;

import java.math.BigInteger;

/**
 * What the Relay knows of the work in a task.
 *
 * @param pixelSteps pictures x width x height x steps; 0 for other types
 * @param textBytes length of messages, tools and template arguments as JSON without pictures; 0 for other types
 * @param images pictures in messages
 * @param imagePixels their pixels
 * @param maxNewTokens longest answer; 0 for other types
 */
public record Workload(
        BigInteger pixelSteps, long textBytes, long images, BigInteger imagePixels, BigInteger maxNewTokens) {
    private static final double IMAGE_SECONDS = 30;
    private static final double SECONDS_PER_PIXEL_STEP = 0.00003814697265625;
    private static final double LANGUAGE_SECONDS = 30;
    private static final double SECONDS_PER_TEXT_BYTE = 0.0001;
    private static final double SECONDS_PER_TOKEN = 0.1;
    private static final double SECONDS_PER_IMAGE = 10;
    private static final double SECONDS_PER_MEGAPIXEL = 5;
    private static final double PIXELS_PER_MEGAPIXEL = 1_000_000;

    static final Workload NONE = new Workload(BigInteger.ZERO, 0, 0, BigInteger.ZERO, BigInteger.ZERO);

    static Workload ofPictures(BigInteger pixelSteps) {
        return new Workload(pixelSteps, 0, 0, BigInteger.ZERO, BigInteger.ZERO);
    }

    /**
     * Estimated time of a node in seconds, with the coefficients of the Relay's example configuration. The real Relay learns them
     * from results; the devnet's keeps them.
     *
     * @param type {@code task_type}
     * @param timeout of the creator in seconds; counts for fine-tuning only
     * @return at least 1
     */
    public double seconds(long type, long timeout) {
        double seconds =
                switch (TaskType.of(type)) {
                    case IMAGE -> IMAGE_SECONDS + pixelSteps.doubleValue() * SECONDS_PER_PIXEL_STEP;
                    case LANGUAGE ->
                        LANGUAGE_SECONDS
                                + textBytes * SECONDS_PER_TEXT_BYTE
                                + maxNewTokens.doubleValue() * SECONDS_PER_TOKEN
                                + images * SECONDS_PER_IMAGE
                                + imagePixels.doubleValue() / PIXELS_PER_MEGAPIXEL * SECONDS_PER_MEGAPIXEL;
                    case FINE_TUNING -> timeout;
                };
        return Math.max(seconds, 1);
    }
}
