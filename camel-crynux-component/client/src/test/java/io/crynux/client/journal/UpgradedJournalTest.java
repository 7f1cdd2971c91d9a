// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A journal of version 0.1.0-SNAPSHOT, which wrote its lines without a chain, is read and written anew. */
class UpgradedJournalTest extends JournalTestSupport {
    private List<TaskRecord> openTasks() {
        TaskRecord uploaded = created("uploaded", "k-uploaded", 4).in(TaskState.UPLOADED);
        TaskRecord refused = signed("refused", "k-refused", 7).ended(TaskState.REJECTED, "nonce too low");
        return List.of(
                TaskRecord.prepared(order("prepared", "k-prepared", 1)),
                signed("signed", "k-signed", 1),
                signed("sent", null, 2).sent(),
                replaced(),
                with(uploaded, "cancellations", payment(5, "cancel")),
                succeeded(created("succeeded", "k-succeeded", 6)),
                refused,
                cancelled("cancel"));
    }

    private TaskRecord cancelled(String key) {
        ProtocolData data = ProtocolData.EMPTY.with("head", "5").with("cancellations", payment(8, "cancel"));
        return TaskRecord.prepared(order(key, null, 1))
                .committed(TaskState.SENT, null, new Spending(clock.instant(), BigInteger.TEN), data)
                .found("77");
    }

    /** A variant with another gas price was signed, and the first one was mined. */
    private TaskRecord replaced() {
        TaskRecord created =
                with(created("created", "k-created", 3), "payments", payment(3, "b") + "\n" + payment(3, ""));
        return created.committed(
                created.state(), created.slot(), created.spending().atMost(BigInteger.TWO), created.data());
    }

    private List<TaskRecord> settledTasks() {
        return List.of(
                settled(succeeded(created("answered", "k-answered", 9)), TaskState.DONE, null),
                settled(succeeded(created("painted", "k-painted", 10)), TaskState.DONE, null),
                settled(created("aborted", "k-aborted", 11), TaskState.ABORTED, "Task Aborted: \"timeout\", Größe"),
                settled(signed("reverted", "k-reverted", 12), TaskState.REVERTED, "task fee too low"));
    }

    @BeforeEach
    void leaveAJournalOfThatVersion() throws Exception {
        Path resource = Path.of(getClass().getResource("/journal-0.1.0").toURI());
        Files.createDirectory(directory.resolve("results"));
        for (String name : List.of("tasks.journal", "results/painted.0", "results/painted.1")) {
            Files.copy(resource.resolve(name), directory.resolve(name));
        }
    }

    @Test
    void everyTaskIsAsItWas() throws Exception {
        try (OpenJournal session = open()) {
            assertIsAsItWas(session);
        }
        try (OpenJournal again = open()) {
            assertIsAsItWas(again);
        }
    }

    private void assertIsAsItWas(OpenJournal session) throws Exception {
        assertThat(session.unsettled()).containsExactlyInAnyOrderElementsOf(openTasks());
        for (TaskRecord task : settledTasks()) {
            assertThat(session.find(task.order().idempotencyKey())).contains(withoutBytes(task.slim()));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(session.find("k-many" + i)).isPresent();
        }
        assertThat(session.find("k-many20")).isEmpty();
        assertThat(result(session, "k-answered")).containsExactly("{\"answer\":42}".getBytes(UTF_8));
        assertThat(result(session, "k-succeeded")).containsExactly("{\"answer\":6}".getBytes(UTF_8));
        assertThat(result(session, "k-painted")).containsExactly(new byte[5_000], new byte[] {3});
        assertThat(result(session, "k-aborted")).isEmpty();
    }

    private static TaskRecord withoutBytes(TaskRecord task) {
        String payment = task.data().get("payments");
        return with(task, "payments", payment.substring(0, payment.lastIndexOf(' ') + 1));
    }

    private static List<byte[]> result(OpenJournal session, String idempotencyKey) throws Exception {
        List<byte[]> content = new ArrayList<>();
        for (ResultFile file : session.keptResult(session.find(idempotencyKey).orElseThrow())) {
            content.add(file.bytes());
        }
        return content;
    }

    @Test
    void itGoesOnAsAnyOther() throws Exception {
        try (OpenJournal session = open()) {
            get(session.write(settled(created("created", "k-created", 3), TaskState.DONE, null)));
            get(session.write(signed("new", "k-new", 13)));
        }

        try (OpenJournal session = open()) {
            assertThat(session.find("k-created").orElseThrow().state()).isEqualTo(TaskState.DONE);
            assertThat(session.find("k-new")).contains(signed("new", "k-new", 13));
            assertThat(session.unsettled()).hasSameSizeAs(openTasks());
        }
    }
}
