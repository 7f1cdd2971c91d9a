// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.relaynet.task.RelayTask;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Creators, nodes and operators do anything in any order, and after each step no fee is lost or counted twice. A failure names
 * its seed; {@code -Dcrynux.money.seed=<seed> -Dcrynux.money.runs=1} repeats it, and more runs play more.
 */
class MoneyUnderRandomPlayTest {
    private static final int STEPS = 150;
    private static final int RUNS = 8;
    private static final String SEED = "crynux.money.seed";

    @Test
    void eachFeeIsReservedPaidOrRefundedHoweverTasksEnd() {
        long first = Long.getLong(SEED, 1);
        Set<String> endings = new TreeSet<>();
        for (long seed = first; seed < first + Integer.getInteger("crynux.money.runs", RUNS); seed++) {
            play(seed, endings);
        }

        if (System.getProperty(SEED) == null) {
            assertThat(endings)
                    .contains(
                            "END_INVALIDATED",
                            "END_SUCCESS",
                            "END_GROUP_REFUND",
                            "END_GROUP_SUCCESS",
                            "END_ABORTED (TIMEOUT)",
                            "END_ABORTED (INCORRECT_RESULT)",
                            "END_ABORTED (GROUP_TIMEOUT)",
                            "END_ABORTED (ERROR_REPORTED)",
                            "END_ABORTED (CREATOR_CANCELLED)",
                            "END_ABORTED (CREATOR_VALIDATION_TIMEOUT)",
                            "END_ABORTED (RESULT_UPLOAD_TIMEOUT)",
                            "END_ABORTED (NODE_SLASHED)");
        }
    }

    @Test
    void theSameSeedPlaysTheSame() {
        assertThat(play(1, new TreeSet<>())).isEqualTo(play(1, new TreeSet<>()));
    }

    /** Plays, and returns the tasks with their endings. */
    private static List<String> play(long seed, Set<String> endings) {
        try (var play = new RandomPlay(seed)) {
            for (int step = 0; step < STEPS; step++) {
                play.step();
                check(play, "seed " + seed + ", step " + step, endings);
            }
            play.end();
            MoneyBooks books = check(play, "seed " + seed + ", end", endings);
            assertThat(books.fees().reserved()).isZero();
            assertThat(books.tasks()).isNotEmpty().allMatch(task -> task.status()
                    .isEnd());
            return books.tasks().stream().map(RelayTask::toString).toList();
        }
    }

    private static MoneyBooks check(RandomPlay play, String when, Set<String> endings) {
        MoneyBooks books = MoneyBooks.of(play.network(), play.deposits());
        books.assertSound(when);
        books.tasks().stream()
                .filter(task -> task.status().isEnd())
                .forEach(task -> endings.add(task.toString().replaceFirst("^.*, ", "")));
        return books;
    }
}
