// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.task.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A key has several attempts of one number where nothing came of the earlier ones. Whoever asks with the key must find the newest,
 * or it is paid again.
 */
class NewestAttemptTest extends JournalTestSupport {

    @Test
    void afterOneThatWasNeverSigned() throws Exception {
        List<String> keys = IntStream.range(0, 50).mapToObj(i -> "message-" + i).toList();
        try (OpenJournal session = open()) {
            for (String key : keys) {
                get(session.write(settled(
                        TaskRecord.prepared(order("never-" + key, key, 1)), TaskState.REJECTED, "never signed")));
                get(session.write(signed("done-" + key, key, 1)));
                get(session.write(settled(signed("done-" + key, key, 1), TaskState.DONE, null)));
            }
            assertFound(session, keys, "done-");
        }
        try (OpenJournal again = open()) {
            assertFound(again, keys, "done-");
        }
    }

    @Test
    void afterOneThatWasReverted() throws Exception {
        try (OpenJournal session = open()) {
            get(session.write(settled(signed("reverted-a", "a", 1), TaskState.REVERTED, "reverted")));
            clock.advance(Duration.ofSeconds(1));
            get(session.write(TaskRecord.prepared(order("next-a", "a", 1))));
            assertFound(session, List.of("a"), "next-");

            get(session.write(settled(signed("next-a", "a", 2), TaskState.DONE, null)));
            assertFound(session, List.of("a"), "next-");
        }
        try (OpenJournal again = open()) {
            assertFound(again, List.of("a"), "next-");
        }
    }

    @Test
    void whileAnEarlierOneIsRefusedAndStillWatched() throws Exception {
        try (OpenJournal session = open()) {
            get(session.write(signed("refused-a", "a", 1).ended(TaskState.REJECTED, "refused")));
            clock.advance(Duration.ofSeconds(1));
            get(session.write(settled(signed("paid-a", "a", 1), TaskState.DONE, null)));

            assertFound(session, List.of("a"), "paid-");
        }
        try (OpenJournal again = open()) {
            assertFound(again, List.of("a"), "paid-");
        }
    }

    @Test
    void afterOneThatWasAborted() throws Exception {
        try (OpenJournal session = open()) {
            get(session.write(settled(
                    TaskRecord.prepared(order("second-a", "a", 2))
                            .committed(
                                    TaskState.SIGNED,
                                    slot(2),
                                    signed("x", null, 1).spending(),
                                    ProtocolData.EMPTY),
                    TaskState.DONE,
                    null)));
            clock.advance(Duration.ofSeconds(1));
            get(session.write(settled(signed("first-a", "a", 1), TaskState.ABORTED, "aborted")));

            assertFound(session, List.of("a"), "second-");
        }
    }

    private static void assertFound(OpenJournal session, List<String> keys, String prefix) {
        assertThat(keys).allSatisfy(key -> assertThat(
                        session.find(key).orElseThrow().order().key())
                .isEqualTo(prefix + key));
    }
}
