// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import java.util.Optional;

/** What a call came to. */
public sealed interface Answer<T> {

    /**
     * The call was done.
     *
     * @param result null for a call that returns nothing
     */
    record Done<T>(T result) implements Answer<T> {}

    /**
     * The call was not done, or may not have been.
     *
     * @param why what to do
     */
    record Refused<T>(Refusal why) implements Answer<T> {}

    /** Whether the call was done. */
    default boolean isDone() {
        return this instanceof Done;
    }

    /** The value; empty if the call was refused, or returns none. */
    default Optional<T> value() {
        return this instanceof Done<T> done ? Optional.ofNullable(done.result()) : Optional.empty();
    }

    /** Why it was refused, or empty. */
    default Optional<Refusal> refusal() {
        return this instanceof Refused<T> refused ? Optional.of(refused.why()) : Optional.empty();
    }
}
