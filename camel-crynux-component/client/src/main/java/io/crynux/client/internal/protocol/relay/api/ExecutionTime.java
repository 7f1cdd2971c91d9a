// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

/** Coefficients of a model's execution time, in seconds. */
public sealed interface ExecutionTime {

    /** Of a language model. */
    record OfText(
            double constant,
            double perInputToken,
            double perOutputToken,
            double modelSwitch,
            double perImage,
            double perMegapixel)
            implements ExecutionTime {}

    /**
     * Of an image model.
     *
     * @param perPixelStep per pixel and step
     */
    record OfImage(double overhead, double perPixelStep) implements ExecutionTime {}
}
