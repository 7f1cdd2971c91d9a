// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.news;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.internal.protocol.relay.task.AbortReason;
import io.crynux.client.internal.protocol.relay.task.EventType;
import io.crynux.client.internal.protocol.relay.task.RelayEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The position in the event log misses no row that becomes visible late, and reports none twice. */
class EventCursorTest {

    private static RelayEvent row(long id, String args) {
        return new RelayEvent(id, EventType.STARTED, "TaskStarted", "c" + id, "", "", AbortReason.of(0), args);
    }

    @Test
    void lateRowsAreFoundAndNoneComesTwice() {
        Random random = new Random(61);
        EventCursor cursor = new EventCursor(0);
        List<Long> hidden = new ArrayList<>();
        List<RelayEvent> log = new ArrayList<>();
        List<Long> reported = new ArrayList<>();
        for (long id = 1; id <= 5000; id++) {
            // One in ten becomes visible up to 100 ids late.
            if (random.nextInt(10) == 0) {
                hidden.add(id);
            } else {
                log.add(row(id, "{}"));
            }
            if (id % 50 == 0 || id == 5000) {
                poll(cursor, log, reported);
            }
            if (id % 100 == 0) {
                hidden.forEach(late -> log.add(row(late, "{}")));
                hidden.clear();
            }
        }
        poll(cursor, log, reported);

        assertThat(reported).hasSize(5000).doesNotHaveDuplicates();
    }

    private static void poll(EventCursor cursor, List<RelayEvent> log, List<Long> reported) {
        List<RelayEvent> rows =
                log.stream().filter(row -> row.id() > cursor.start()).toList();
        cursor.accept(rows).forEach(row -> reported.add(row.id()));
    }

    @Test
    void itStartsTwoHundredIdsBackAndForgetsWhatIsOlder() {
        EventCursor cursor = new EventCursor(1000);
        assertThat(cursor.start()).isEqualTo(800);
        assertThat(new EventCursor(5).start()).isZero();

        Set<Long> seen = new HashSet<>();
        cursor.accept(List.of(row(1500, "{}"))).forEach(row -> seen.add(row.id()));
        assertThat(seen).containsExactly(1500L);
        assertThat(cursor.start()).isEqualTo(1300);
        assertThat(cursor.newest()).isEqualTo(1500);
    }

    @Test
    void anIdWithAnotherContentIsOfARestoredRelay() {
        EventCursor cursor = new EventCursor(0);
        cursor.accept(List.of(row(7, "{}")));

        assertThat(cursor.contradicts(row(7, "{}"))).isFalse();
        assertThat(cursor.contradicts(row(8, "{}"))).isFalse();
        assertThat(cursor.contradicts(row(7, "{\"a\":1}"))).isTrue();
    }
}
