// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** States of past blocks can be read, changes rolled back, and what is too old is forgotten. */
class StateHistoryTest {
    private record Key(String name) implements StateKey<String> {}

    private static final Key A = new Key("a");

    private final StateHistory history = new StateHistory();

    @Test
    void pastBlocksKeepTheirValues() {
        seal(0, "zero");
        seal(1, null);
        seal(2, "two");
        assertThat(history.at(0).get(A)).contains("zero");
        assertThat(history.at(1).get(A)).isEmpty();
        assertThat(history.at(2).get(A)).contains("two");
        assertThat(history.knows(3)).isFalse();
    }

    @Test
    void rollsBackToACheckpoint() {
        seal(0, "zero");
        State state = history.at(0);
        state.put(A, "one");
        int checkpoint = state.checkpoint();
        state.remove(A);
        state.put(new Key("b"), "b");
        state.rollback(checkpoint);
        assertThat(state.get(A)).contains("one");
        assertThat(state.changes()).containsOnlyKeys(A);
        state.rollback(0);
        assertThat(state.get(A)).contains("zero");
        assertThat(state.changes()).isEmpty();
    }

    @Test
    void forgetsWhatIsTooOldButNotWhatStillHolds() {
        seal(0, "zero");
        seal(1, "one");
        for (long block = 2; block <= StateHistory.KEPT_BLOCKS + 2; block++) {
            history.seal(block, history.at(block - 1).changes());
        }
        assertThat(history.knows(1)).isFalse();
        assertThat(history.knows(2)).isTrue();
        assertThat(history.at(2).get(A)).contains("one");
        assertThat(history.at(0).get(A)).isEmpty();
    }

    private void seal(long block, String value) {
        State state = history.at(block - 1);
        if (value == null) {
            state.remove(A);
        } else {
            state.put(A, value);
        }
        history.seal(block, state.changes());
    }
}
