// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.task.WaitFor;
import java.util.Locale;

/**
 * The option waitFor.
 *
 * @param waitFor how far a task goes before the route continues
 * @param isPrepared whether no task is created, and the body becomes its transaction
 */
record WaitForOption(WaitFor waitFor, boolean isPrepared) {
    private static final String PREPARED = "prepared";

    /** @throws IllegalArgumentException with the values that there are */
    static WaitForOption of(String value) {
        OptionTable.row("waitFor").check(value);
        return isPrepared(value)
                ? new WaitForOption(WaitFor.CREATED, true)
                : new WaitForOption(WaitFor.valueOf(value.trim().toUpperCase(Locale.ROOT)), false);
    }

    /** For tasks that exist. */
    static WaitFor ofOperation(String value) {
        WaitForOption option = of(value);
        if (option.isPrepared()) {
            throw new IllegalArgumentException(
                    "Option waitFor is 'prepared', but the task of crynux:task exists already; it must be result,"
                            + " success, uploaded or created");
        }
        return option.waitFor();
    }

    private static boolean isPrepared(String value) {
        return PREPARED.equalsIgnoreCase(value.trim());
    }
}
