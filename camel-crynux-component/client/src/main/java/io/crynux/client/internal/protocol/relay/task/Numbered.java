// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.task;

import java.util.function.IntFunction;

/**
 * A number of the Relay and its meaning. Newer Relays may send numbers without a known meaning; the number is kept for messages.
 *
 * @param meaning the constant UNKNOWN of its enum for a number that this version does not know
 * @param number as the Relay sends it
 */
public record Numbered<E extends Enum<E>>(E meaning, int number) {

    static <E extends Enum<E>> Numbered<E> of(int number, IntFunction<E> meanings) {
        return new Numbered<>(meanings.apply(number), number);
    }

    /** Such as {@code SCORE_READY (4)}. */
    @Override
    public String toString() {
        return meaning + " (" + number + ")";
    }
}
