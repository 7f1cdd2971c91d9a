// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.devnet.state.TransitionTable.Group;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionTableTest {
    private enum Door {
        OPEN,
        CLOSED,
        LOCKED
    }

    private enum Act {
        CLOSE,
        LOCK_IT,
        BREAK
    }

    private final List<String> done = new ArrayList<>();
    private final List<Transition<Door, Act>> seen = new ArrayList<>();
    private final TransitionTable<Door, Act, List<String>> table = TransitionTable.<Door, Act, List<String>>startingAt(
                    Door.OPEN)
            .row(Door.OPEN, Act.CLOSE, Door.CLOSED, list -> list.add("closed"))
            .row(Door.CLOSED, Act.LOCK_IT, Door.LOCKED, list -> {
                throw new IllegalStateException("no key");
            })
            .row(new Group<>("shut", EnumSet.of(Door.CLOSED, Door.LOCKED)), Act.BREAK, Door.OPEN)
            .build();
    private final StateMachine<Door, Act, List<String>> machine = new StateMachine<>(table, done, seen::add);

    @Test
    void anEventMakesItsTransitionAndItsAction() {
        assertThat(machine.fire(Act.CLOSE)).isTrue();
        assertThat(machine.state()).isEqualTo(Door.CLOSED);
        assertThat(done).containsExactly("closed");
        assertThat(seen).containsExactly(new Transition<>(Door.OPEN, Act.CLOSE, Door.CLOSED));
    }

    @Test
    void anEventWithoutARowChangesNothing() {
        assertThat(machine.fire(Act.BREAK)).isFalse();
        assertThat(machine.state()).isEqualTo(Door.OPEN);
        assertThat(seen).isEmpty();
    }

    @Test
    void anActionThatThrowsLeavesTheState() {
        machine.fire(Act.CLOSE);
        assertThatThrownBy(() -> machine.fire(Act.LOCK_IT)).hasMessage("no key");
        assertThat(machine.state()).isEqualTo(Door.CLOSED);
        assertThat(seen).hasSize(1);
    }

    @Test
    void aGroupHasATransitionForEachOfItsStates() {
        assertThat(table.transitions())
                .extracting(Transition::toString)
                .containsExactly(
                        "OPEN --CLOSE--> CLOSED",
                        "CLOSED --LOCK_IT--> LOCKED",
                        "CLOSED --BREAK--> OPEN",
                        "LOCKED --BREAK--> OPEN");
    }

    @Test
    void theDiagramShowsAGroupAsOneBox() {
        assertThat(table.mermaid())
                .isEqualTo(
                        """
                        stateDiagram-v2
                            state "open" as OPEN
                            state "closed" as CLOSED
                            state "locked" as LOCKED
                            state "shut" as GROUP_1
                            [*] --> OPEN
                            OPEN --> CLOSED: close
                            CLOSED --> LOCKED: lock it
                            GROUP_1 --> OPEN: break
                        """);
    }

    @Test
    void aStateThatCannotBeReachedIsRefused() {
        var builder = TransitionTable.<Door, Act, Object>startingAt(Door.OPEN).row(Door.OPEN, Act.CLOSE, Door.CLOSED);
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LOCKED");
    }

    @Test
    void aSecondTransitionForTheSameEventIsRefused() {
        var builder = TransitionTable.<Door, Act, Object>startingAt(Door.OPEN).row(Door.OPEN, Act.CLOSE, Door.CLOSED);
        assertThatThrownBy(() -> builder.row(Door.OPEN, Act.CLOSE, Door.LOCKED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CLOSE")
                .hasMessageContaining("OPEN");
    }
}
