// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.state;

/** A move of a state machine: in state {@code from}, {@code event} leads to state {@code to}. */
public record Transition<S, E>(S from, E event, S to) {
    @Override
    public String toString() {
        return from + " --" + event + "--> " + to;
    }
}
