// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.task.WaitFor;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The option waitFor.
 *
 * @param waitFor how far a task goes
 * @param isPrepared whether there is to be none, but only its transaction
 */
record WaitForOption(WaitFor waitFor, boolean isPrepared) {
    private static final String PREPARED = "prepared";

    /** @throws IllegalArgumentException with the list of values that there are */
    static WaitForOption of(String name) {
        if (PREPARED.equalsIgnoreCase(name)) {
            return new WaitForOption(WaitFor.CREATED, true);
        }
        return new WaitForOption(find(name, Stream.of(PREPARED)), false);
    }

    /** For tasks that exist. */
    static WaitFor ofOperation(String name) {
        return find(name, Stream.empty());
    }

    private static WaitFor find(String name, Stream<String> others) {
        return Arrays.stream(WaitFor.values())
                .filter(value -> value.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Option waitFor is '" + name + "'; it must be one of "
                        + Stream.concat(
                                        Arrays.stream(WaitFor.values())
                                                .map(value -> value.name().toLowerCase(Locale.ROOT)),
                                        others)
                                .collect(Collectors.joining(", "))));
    }
}
