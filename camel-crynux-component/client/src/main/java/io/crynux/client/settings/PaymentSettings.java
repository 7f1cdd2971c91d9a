// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

import java.time.Duration;

/**
 * What is done about payments that are in no block.
 *
 * @param resendInterval how often one is sent again
 * @param replaceAfter after that it is replaced by a variant with a higher price, and again after each such time; zero for
 *     never
 * @param transactionTimeout after that the submitter is told that it may still be mined; zero for never, which leaves it to
 *     the task's deadline. The payment stays watched
 */
public record PaymentSettings(Duration resendInterval, Duration replaceAfter, Duration transactionTimeout) {

    /** 30 s, 2 min, 10 min. */
    public static final PaymentSettings DEFAULT =
            new PaymentSettings(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10));

    /** @throws IllegalArgumentException naming the setting that cannot be */
    public PaymentSettings {
        if (resendInterval.isNegative() || resendInterval.isZero()) {
            throw new IllegalArgumentException("resendInterval must be above 0");
        }
        if (replaceAfter.isNegative()) {
            throw new IllegalArgumentException("replaceAfter must not be negative; 0 replaces nothing");
        }
        if (transactionTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "transactionTimeout must not be negative; 0 waits for the task's deadline");
        }
    }
}
