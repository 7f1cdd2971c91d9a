// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.state;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which event leads from which state to which, and what is done on the way. Everything that can happen to a
 * {@link StateMachine} is a row here.
 *
 * @param <S> the states
 * @param <E> the events
 * @param <D> what the actions work on
 */
public final class TransitionTable<S extends Enum<S>, E extends Enum<E>, D> {

    /** States that have a transition in common; the diagram shows them as one box with this name. */
    public record Group<S extends Enum<S>>(String name, Set<S> members) {
        public Group {
            members = Collections.unmodifiableSet(EnumSet.copyOf(members));
        }
    }

    /** Where a transition leads, and what is done before. */
    record Target<S, D>(S state, Consumer<? super D> action) {}

    private record Cell<S, E>(S state, E event) {}

    private record Arrow<S extends Enum<S>, E>(Group<S> from, E event, S to) {}

    private final S start;
    private final Map<Cell<S, E>, Target<S, D>> targets;
    private final List<Arrow<S, E>> arrows;

    private TransitionTable(Builder<S, E, D> builder) {
        this.start = builder.start;
        this.targets = Map.copyOf(builder.targets);
        this.arrows = List.copyOf(builder.arrows);
    }

    /** Starts a table whose machines begin in that state. */
    public static <S extends Enum<S>, E extends Enum<E>, D> Builder<S, E, D> startingAt(S start) {
        return new Builder<>(start);
    }

    /** The state in which a machine begins. */
    public S start() {
        return start;
    }

    Optional<Target<S, D>> find(S state, E event) {
        return Optional.ofNullable(targets.get(new Cell<>(state, event)));
    }

    /** The state that an event leads to; empty when it means nothing in this state. */
    public Optional<S> next(S state, E event) {
        return find(state, event).map(Target::state);
    }

    /** All transitions, in the table's order. All can happen, as far as the table knows: each state can be reached. */
    public Set<Transition<S, E>> transitions() {
        Set<Transition<S, E>> all = new LinkedHashSet<>();
        for (Arrow<S, E> arrow : arrows) {
            arrow.from().members().forEach(from -> all.add(new Transition<>(from, arrow.event(), arrow.to())));
        }
        return all;
    }

    /** The table as a Mermaid state diagram. */
    public String mermaid() {
        Map<String, Set<String>> labels = new LinkedHashMap<>();
        Map<Group<S>, String> boxes = new LinkedHashMap<>();
        for (Arrow<S, E> arrow : arrows) {
            Group<S> from = arrow.from();
            String id = from.members().size() == 1
                    ? from.members().iterator().next().name()
                    : boxes.computeIfAbsent(from, group -> "GROUP_" + (boxes.size() + 1));
            labels.computeIfAbsent(id + " --> " + arrow.to(), line -> new LinkedHashSet<>())
                    .add(words(arrow.event()));
        }
        StringBuilder diagram = new StringBuilder("stateDiagram-v2\n");
        for (S state : start.getDeclaringClass().getEnumConstants()) {
            diagram.append("    state \"%s\" as %s\n".formatted(words(state), state));
        }
        boxes.forEach((group, id) -> diagram.append("    state \"%s\" as %s\n".formatted(group.name(), id)));
        diagram.append("    [*] --> ").append(start).append('\n');
        labels.forEach((line, events) ->
                diagram.append("    %s: %s\n".formatted(line, events.stream().collect(joining(", ")))));
        return diagram.toString();
    }

    /** The name of a state or event as people write it. */
    public static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Takes the table's rows. */
    public static final class Builder<S extends Enum<S>, E extends Enum<E>, D> {
        private final S start;
        private final Map<Cell<S, E>, Target<S, D>> targets = new HashMap<>();
        private final List<Arrow<S, E>> arrows = new ArrayList<>();

        private Builder(S start) {
            this.start = start;
        }

        /** Adds a transition without an action. */
        public Builder<S, E, D> row(S from, E event, S to) {
            return row(from, event, to, data -> {});
        }

        /** Adds a transition; the action runs before the state changes. */
        public Builder<S, E, D> row(S from, E event, S to, Consumer<? super D> action) {
            return row(new Group<>(from.name(), EnumSet.of(from)), event, to, action);
        }

        /** Adds the same transition for several states, without an action. */
        public Builder<S, E, D> row(Group<S> from, E event, S to) {
            return row(from, event, to, data -> {});
        }

        /**
         * Adds the same transition for several states.
         *
         * @throws IllegalArgumentException when one of them has a transition for the event already
         */
        public Builder<S, E, D> row(Group<S> from, E event, S to, Consumer<? super D> action) {
            for (S state : from.members()) {
                if (targets.putIfAbsent(new Cell<>(state, event), new Target<>(to, action)) != null) {
                    throw new IllegalArgumentException("Two transitions for " + event + " in state " + state);
                }
            }
            arrows.add(new Arrow<>(from, event, to));
            return this;
        }

        /**
         * Builds the table.
         *
         * @throws IllegalArgumentException when a state cannot be reached
         */
        public TransitionTable<S, E, D> build() {
            Set<S> reached = EnumSet.of(start);
            boolean grown;
            do {
                grown = false;
                for (Map.Entry<Cell<S, E>, Target<S, D>> row : targets.entrySet()) {
                    grown |= reached.contains(row.getKey().state())
                            && reached.add(row.getValue().state());
                }
            } while (grown);
            Set<S> unreachable = EnumSet.complementOf(EnumSet.copyOf(reached));
            if (!unreachable.isEmpty()) {
                throw new IllegalArgumentException("No transition leads to " + unreachable);
            }
            return new TransitionTable<>(this);
        }
    }
}
