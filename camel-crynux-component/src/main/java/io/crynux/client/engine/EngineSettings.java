// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.engine;

import java.time.Duration;

/**
 * How the engine waits.
 *
 * @param finalityBlocks how many blocks after an event a reorganisation no longer takes it back
 * @param resendInterval how often a payment that is in no block is sent again
 * @param retention how long the key of a request that has ended is remembered
 * @param limits how much is under way at once
 * @param downloadDelay after a success whose upload is not told of, until the result is asked for all the same
 */
public record EngineSettings(
        int finalityBlocks, Duration resendInterval, Duration downloadDelay, Duration retention, Limits limits) {

    /** 5 blocks, 30 s, 20 s, 1 day, the default limits. */
    public static final EngineSettings DEFAULT =
            new EngineSettings(5, Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofDays(1), Limits.DEFAULT);
}
