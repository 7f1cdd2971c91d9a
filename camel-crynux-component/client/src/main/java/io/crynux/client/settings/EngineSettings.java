// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

import java.time.Duration;

/**
 * How the engine waits.
 *
 * @param finality from when on a reorganisation no longer takes an event back
 * @param payments what is done about payments that are in no block
 * @param retention how long the key of a request that has ended is remembered
 * @param limits how much is under way at once
 * @param downloadDelay after a success whose upload is not told of, until the result is asked for all the same
 * @param budget how much may leave the wallet
 */
public record EngineSettings(
        Finality finality,
        PaymentSettings payments,
        Duration downloadDelay,
        Duration retention,
        Limits limits,
        BudgetSettings budget) {

    /** The default of finality and payments, 20 s, 1 day, the default limits, no budget. */
    public static final EngineSettings DEFAULT = new EngineSettings(
            Finality.DEFAULT,
            PaymentSettings.DEFAULT,
            Duration.ofSeconds(20),
            Duration.ofDays(1),
            Limits.DEFAULT,
            BudgetSettings.UNLIMITED);

    /** @throws IllegalArgumentException naming the setting that cannot be */
    public EngineSettings {
        requireNotNegative("downloadDelay", downloadDelay);
        requireNotNegative("retention", retention);
    }

    private static void requireNotNegative(String setting, Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(
                    setting + " is " + time.toMillis() + " ms; it must be 0 or more, such as 1d");
        }
    }
}
