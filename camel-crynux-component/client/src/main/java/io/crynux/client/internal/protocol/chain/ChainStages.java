// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.protocol.chain.ChainTransitions.Transition;
import java.util.Set;
import java.util.function.Consumer;

/** The stage of one task; it changes only as {@link ChainTransitions} says. Used on the loop only. */
final class ChainStages {
    private final Consumer<Transition> onTransition;
    private ChainStage current;

    /** @param onTransition is given each change */
    ChainStages(ChainStage first, Consumer<Transition> onTransition) {
        this.current = first;
        this.onTransition = onTransition;
    }

    ChainStage current() {
        return current;
    }

    boolean is(ChainStage stage) {
        return current == stage;
    }

    boolean isIn(Set<ChainStage> stages) {
        return stages.contains(current);
    }

    /** @throws IllegalStateException if the table has no such transition; the stage is as before then */
    void move(ChainStep step, ChainStage to) {
        Transition transition = new Transition(current, step, to);
        if (!ChainTransitions.allow(transition)) {
            throw new IllegalStateException(
                    "A task on the chain that is " + current + " cannot become " + to + " on " + step);
        }
        current = to;
        onTransition.accept(transition);
    }
}
