// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Faults of one part of the devnet, each with what it takes to carry it out, in the order in which they were switched on.
 *
 * @param <E> what it takes to carry one out
 */
public final class FaultGroup<E> {
    private record Entry<E>(Fault fault, E effect) {}

    private final List<Entry<E>> entries = new ArrayList<>();
    private final Optional<String> refusal;

    public FaultGroup() {
        this(Optional.empty());
    }

    /** @param refusal why none of them can be switched on; empty when they can */
    public FaultGroup(Optional<String> refusal) {
        this.refusal = refusal;
    }

    /**
     * Switches a fault on.
     *
     * @throws UnsupportedOperationException when this group has no such faults here
     */
    public synchronized Fault add(String name, E effect) {
        refusal.ifPresent(why -> {
            throw new UnsupportedOperationException(name + ": " + why);
        });
        Fault fault = new Fault(name);
        entries.add(new Entry<>(fault, effect));
        return fault;
    }

    /** Strikes with the first fault that is on and fits, if there is one. */
    public synchronized Optional<E> hit(Predicate<E> fitting) {
        forgetThoseOver();
        return entries.stream()
                .filter(entry -> fitting.test(entry.effect()) && entry.fault().hit())
                .findFirst()
                .map(Entry::effect);
    }

    /** The effect of the fault that is on and was switched on last, for those that last instead of striking. */
    public synchronized Optional<E> newest() {
        forgetThoseOver();
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(entries.get(entries.size() - 1).effect());
    }

    /** Ends all faults. */
    public synchronized void clear() {
        entries.forEach(entry -> entry.fault().end());
        entries.clear();
    }

    /** The faults that are on. */
    public synchronized List<Fault> on() {
        forgetThoseOver();
        return entries.stream().map(Entry::fault).filter(Fault::isOn).toList();
    }

    private void forgetThoseOver() {
        entries.removeIf(entry -> entry.fault().isOver());
    }
}
