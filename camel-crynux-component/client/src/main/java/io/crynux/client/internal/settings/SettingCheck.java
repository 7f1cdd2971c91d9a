// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.settings;

import java.time.Duration;
import java.util.Objects;

/** Refuses values of settings that are out of range, each with the name of the setting, the value and what is allowed. */
public final class SettingCheck {

    private SettingCheck() {}

    /** @throws IllegalArgumentException if the value is not valid */
    public static void require(boolean valid, String setting, Object value, String allowed) {
        if (!valid) {
            throw new IllegalArgumentException(setting + " is " + value + "; it must be " + allowed);
        }
    }

    /** @throws IllegalArgumentException if the number is less than the minimum */
    public static void requireAtLeast(String setting, long value, long minimum) {
        require(value >= minimum, setting, value, minimum + " or more");
    }

    /**
     * @param example as a user writes it
     * @throws IllegalArgumentException if the time is less than a millisecond
     */
    public static void requireAboveZero(String setting, Duration time, String example) {
        Objects.requireNonNull(time, setting);
        require(time.toMillis() >= 1, setting, time.toMillis() + " ms", "more than zero, such as " + example);
    }

    /**
     * @param example as a user writes it
     * @throws IllegalArgumentException if the time is negative
     */
    public static void requireNotNegative(String setting, Duration time, String example) {
        Objects.requireNonNull(time, setting);
        require(!time.isNegative(), setting, time.toMillis() + " ms", "0 or more, such as " + example);
    }
}
