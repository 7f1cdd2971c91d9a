// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.state;

import java.util.function.Consumer;

/**
 * One thing that moves through the states of a {@link TransitionTable}. Events are fired by one thread at a time; any thread
 * may read the state.
 *
 * @param <S> the states
 * @param <E> the events
 * @param <D> what the actions work on
 */
public final class StateMachine<S extends Enum<S>, E extends Enum<E>, D> {
    private final TransitionTable<S, E, D> table;
    private final D data;
    private final Consumer<Transition<S, E>> observer;
    private volatile S state;

    /**
     * @param data what the table's actions work on
     * @param observer hears of each transition, after it
     */
    public StateMachine(TransitionTable<S, E, D> table, D data, Consumer<Transition<S, E>> observer) {
        this.table = table;
        this.data = data;
        this.observer = observer;
        this.state = table.start();
    }

    /** The state after the last transition. */
    public S state() {
        return state;
    }

    /**
     * Makes the transition that the table has for the state and this event: its action first, then the change of state. An
     * action that throws leaves the state as it was. Actions fire no events themselves.
     *
     * @return false when the table has no such transition: the event means nothing in this state
     */
    public boolean fire(E event) {
        S from = state;
        return table.find(from, event)
                .map(target -> {
                    target.action().accept(data);
                    state = target.state();
                    observer.accept(new Transition<>(from, event, target.state()));
                    return true;
                })
                .orElse(false);
    }
}
