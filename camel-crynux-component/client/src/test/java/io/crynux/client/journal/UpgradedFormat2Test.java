// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.client.error.JournalException;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A journal of format 2, which had the chain's part of a record in members of their own, is read and written anew. */
class UpgradedFormat2Test extends JournalTestSupport {

    @BeforeEach
    void leaveAJournalOfThatFormat() throws Exception {
        Path resource = Path.of(getClass().getResource("/journal-format-2").toURI());
        Files.createDirectory(directory.resolve("results"));
        for (String name :
                List.of("tasks.journal", "tasks.journal.position", "results/painted.0", "results/painted.1")) {
            Files.copy(resource.resolve(name), directory.resolve(name));
        }
    }

    private List<JournalRecord> openRecords() {
        TaskRecord created =
                with(created("created", "k-created", 3), "payments", payment(3, "b") + "\n" + payment(3, ""));
        Spending spending = signed("x", null, 1).spending();
        return List.of(
                TaskRecord.prepared(order("prepared", "k-prepared", 1)),
                signed("signed", "k-signed", 1),
                signed("sent", null, 2).sent(),
                created.committed(created.state(), slot(3), spending.atMost(BigInteger.TWO), created.data()),
                created("uploaded", "k-uploaded", 4).in(TaskState.UPLOADED),
                signed("lost", "k-lost", 5).sent(),
                succeeded(created("succeeded", "k-succeeded", 6)),
                signed("refused", "k-refused", 7).ended(TaskState.REJECTED, "nonce too low"),
                transaction("cancel-1", "77")
                        .sending(
                                slot(8),
                                spending.atMost(BigInteger.valueOf(11)),
                                data("77", payment(8, "cancel") + "\n" + payment(8, "cancelb"))),
                transaction("gap-1", null).sending(slot(9), spending, data(null, payment(9, ""))),
                transaction("uploaded-cancel-1", "104"));
    }

    private static LaneRecord transaction(String key, String taskId) {
        return LaneRecord.prepared(key, "0xcreator", ProtocolData.EMPTY.with("taskId", taskId));
    }

    private static ProtocolData data(String taskId, String variants) {
        return new ProtocolData(Map.of("head", "5", "variants", variants)).with("taskId", taskId);
    }

    @Test
    void everyRecordIsAsItWas() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (OpenJournal session = open()) {
                assertThat(session.unsettled()).containsExactlyInAnyOrderElementsOf(openRecords());
                TaskRecord done = session.find("k-many7").orElseThrow();
                assertThat(done.state()).isEqualTo(TaskState.DONE);
                assertThat(done.taskId()).isEqualTo("127");
                assertThat(done.slot()).isEqualTo(slot(27));
                assertThat(done.data().members())
                        .isEqualTo(Map.of("createdIn", "7 0xblock", "head", "5", "payments", "27 0xtx27 "));
                assertThat(session.find("k-aborted").orElseThrow().reason())
                        .isEqualTo("Task Aborted: \"timeout\", Größe");
                List<ResultFile> painted =
                        session.keptResult(session.find("k-painted").orElseThrow());
                assertThat(painted).extracting(ResultFile::size).containsExactly(5_000L, 1L);
                List<ResultFile> open =
                        session.keptResult(session.find("k-succeeded").orElseThrow());
                assertThat(open.get(0).bytes()).isEqualTo("{\"answer\":6}".getBytes(UTF_8));
            }
        }
        assertThat(Files.readString(file())).startsWith("51 {\"crynuxJournal\":3,");
    }

    @Test
    void aDamagedOneIsRefused() throws Exception {
        byte[] bytes = Files.readAllBytes(file());
        bytes[bytes.length / 2] ^= 1;
        Files.write(file(), bytes);

        assertThatThrownBy(this::open).isInstanceOf(JournalException.class).hasMessageContaining("is damaged");

        assertThat(Files.readAllBytes(file())).isEqualTo(bytes);
    }

    @Test
    void whatIsMissingOfItIsNoticed() throws Exception {
        String text = Files.readString(file());
        Files.writeString(file(), text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1));

        assertThatThrownBy(this::open)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("its end is missing, or it is an older copy");
    }
}
