// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.task.TaskState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever submits a key again gets the attempt that is charged, and pays only where there is none. */
class AttemptsOfOneKeyTest extends JournalTestSupport {

    @ParameterizedTest
    @CsvSource({"REJECTED,false", "REJECTED,true", "REVERTED,false", "REVERTED,true"})
    void anUnchargedAttemptHidesNoChargedOne(TaskState uncharged, boolean settledLater) throws Exception {
        List<TaskRecord> attempts = new ArrayList<>(List.of(
                settled(signed("refused", "k", 0), uncharged, "why"),
                settled(created("paid", "k", 0), TaskState.DONE, null)));
        if (settledLater) {
            Collections.reverse(attempts);
        }
        try (OpenJournal session = open()) {
            assertPaid(session, attempts);
        }
        try (OpenJournal session = open()) {
            assertThat(session.find("k")).map(found -> found.order().key()).contains("paid");
        }
        Executor direct = Runnable::run;
        JournalScope scope = scope();
        try (OpenJournal session = OpenJournal.of(new InMemoryTaskJournal(), scope, direct)) {
            assertPaid(session, attempts);
        }
    }

    private static void assertPaid(OpenJournal session, List<TaskRecord> attempts) throws Exception {
        for (TaskRecord attempt : attempts) {
            get(session.write(attempt));
        }
        assertThat(session.find("k")).map(found -> found.order().key()).contains("paid");
    }

    @Test
    void ofUnchargedAttemptsTheNewestIsFound() throws Exception {
        try (OpenJournal session = open()) {
            get(session.write(settled(signed("first", "k", 0), TaskState.REVERTED, "why")));
            get(session.write(settled(signed("second", "k", 0), TaskState.REJECTED, "why")));
        }
        try (OpenJournal session = open()) {
            assertThat(session.find("k")).map(found -> found.order().key()).contains("second");
        }
    }
}
