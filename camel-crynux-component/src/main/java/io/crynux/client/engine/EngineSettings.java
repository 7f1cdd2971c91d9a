// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.engine;

import java.time.Duration;

/**
 * How the engine waits.
 *
 * @param finalityBlocks how many blocks after an event a reorganisation no longer takes it back
 * @param resendInterval how often a payment that is in no block is sent again
 * @param downloadDelay after a success whose upload is not told of, until the result is asked for all the same
 */
public record EngineSettings(int finalityBlocks, Duration resendInterval, Duration downloadDelay) {

    /** 5 blocks, 30 s, 20 s. */
    public static final EngineSettings DEFAULT = new EngineSettings(5, Duration.ofSeconds(30), Duration.ofSeconds(20));
}
