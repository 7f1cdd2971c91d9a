// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

import java.math.BigInteger;
import java.time.Duration;

/**
 * How much may leave the wallet.
 *
 * @param wei fees and gas of all tasks that are signed in a period; null for no limit
 * @param period how long a period is; whole milliseconds, more than zero
 */
public record BudgetSettings(BigInteger wei, Duration period) {

    /** No limit. */
    public static final BudgetSettings UNLIMITED = new BudgetSettings(null, Duration.ofDays(1));

    /** @throws IllegalArgumentException naming the setting that cannot be */
    public BudgetSettings {
        if (wei != null && wei.signum() <= 0) {
            throw new IllegalArgumentException("budget is " + wei + " wei; it must be above 0, or null for no limit");
        }
        if (period.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "budgetPeriod is " + period.toMillis() + " ms; it must be more than zero, such as 1d");
        }
    }

    public boolean isLimited() {
        return wei != null;
    }
}
