// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.internal.contract.ChainTerms;
import io.crynux.client.internal.evm.Payment;
import io.crynux.client.journal.FileTaskJournal;
import io.crynux.client.journal.JournalOwner;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.journal.JournalScope;
import io.crynux.client.journal.JournalSession;
import io.crynux.client.journal.LaneRecord;
import io.crynux.client.journal.NetworkIdentity;
import io.crynux.client.journal.OwnedRecord;
import io.crynux.client.journal.ProtocolData;
import io.crynux.client.journal.Spending;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the chain keeps of a record is read as it was written, and as earlier versions have left it. */
class ChainDataTest {
    private static final BlockRef BLOCK = new BlockRef(BigInteger.valueOf(7), "0xblock");

    @TempDir
    Path directory;

    private static Payment payment(long nonce, String variant) {
        return new Payment(BigInteger.valueOf(nonce), "0xtx" + nonce + variant, "0xraw" + nonce + variant);
    }

    @Test
    void allOfIt() {
        ChainData data = new ChainData(
                List.of(payment(3, "b"), payment(3, "")),
                BLOCK,
                "0xnode",
                "0xhash",
                BigInteger.TEN,
                List.of(payment(4, "")));

        assertThat(ChainData.of(data.data())).isEqualTo(data);
    }

    @Test
    void none() {
        ChainData nothing = new ChainData(List.of(), null, null, null, null, List.of());

        assertThat(nothing.data()).isEqualTo(ProtocolData.EMPTY);
        assertThat(ChainData.of(ProtocolData.EMPTY)).isEqualTo(nothing);
    }

    @Test
    void ofASettledTaskWithoutTheSignedBytes() {
        ChainData data = new ChainData(List.of(payment(3, "")), BLOCK, null, null, BigInteger.TEN, List.of());

        assertThat(ChainData.of(data.settled().data()).payments())
                .containsExactly(new Payment(BigInteger.valueOf(3), "0xtx3", ""));
    }

    @Test
    void terms() {
        ChainTerms terms = new ChainTerms(8, 2, "NVIDIA GeForce RTX 4090", 24);

        assertThat(ChainTerms.of(terms.data())).isEqualTo(terms);
    }

    @Test
    void aTransaction() {
        LaneData data = new LaneData(BigInteger.valueOf(77), List.of(), null).signed(payment(3, ""), BigInteger.TEN);

        assertThat(data.signed(payment(3, "b"), BigInteger.valueOf(11)))
                .isEqualTo(
                        new LaneData(BigInteger.valueOf(77), List.of(payment(3, ""), payment(3, "b")), BigInteger.TEN));
        assertThat(LaneData.of(data.data())).isEqualTo(data);
    }

    @Test
    void dataThatHasNotChangedIsDecodedOnce() {
        TaskRecord prepared = TaskRecord.prepared(TaskOrder.of("key", TaskKind.SD, "{}", "0xhash", "0xcreator"));
        Spending spending = new Spending(Instant.EPOCH, BigInteger.ONE);
        ChainRecord signed = ChainRecord.of(prepared.committed(
                TaskState.SIGNED,
                null,
                spending,
                ChainRecord.of(prepared)
                        .signed(payment(3, ""), BigInteger.ONE, BigInteger.TEN)
                        .data()));

        ChainRecord sent = signed.next(signed.in(TaskState.SENT));

        assertThat(sent.state()).isEqualTo(TaskState.SENT);
        assertThat(sent.data()).isSameAs(signed.data());
    }

    @Test
    void asEarlierVersionsHaveLeftIt() throws Exception {
        Path resource = Path.of(getClass().getResource("/journal-format-2").toURI());
        for (String name : List.of("tasks.journal", "tasks.journal.position")) {
            Files.copy(resource.resolve(name), directory.resolve(name));
        }
        NetworkIdentity network = new NetworkIdentity("chain", "31337:0xcontract", "0xgenesis", "the chain");
        JournalScope scope = new JournalScope(network, Duration.ofDays(100_000), Duration.ZERO, Clock.systemUTC());
        JournalSession session = new FileTaskJournal(directory.toString())
                .open(scope, new JournalOwner("test", Runnable::run))
                .toCompletableFuture()
                .join();
        try {
            ChainRecord created = ChainRecord.of((TaskRecord) record(session, "created"));
            assertThat(created.payments()).containsExactly(payment(3, "b"), payment(3, ""));
            assertThat(created.createdIn()).isEqualTo(BLOCK);
            assertThat(created.taskId()).isEqualTo(BigInteger.valueOf(103));
            assertThat(created.head()).isEqualTo(BigInteger.valueOf(5));
            assertThat(ChainTerms.of(created.order().terms())).isEqualTo(new ChainTerms(8, 1, "", 0));
            LaneRecord cancel = (LaneRecord) record(session, "cancel-1");
            assertThat(LaneData.of(cancel.data()))
                    .isEqualTo(new LaneData(
                            BigInteger.valueOf(77),
                            List.of(payment(8, "cancel"), payment(8, "cancelb")),
                            BigInteger.valueOf(5)));
            LaneRecord wish = (LaneRecord) record(session, "uploaded-cancel-1");
            assertThat(TaskCancellation.isWish(wish)).isTrue();
            assertThat(TaskCancellation.taskKey(wish)).isEqualTo("uploaded");
            assertThat(GapFiller.isRecordOfOne((LaneRecord) record(session, "gap-1")))
                    .isTrue();
        } finally {
            session.close().toCompletableFuture().join();
        }
    }

    private static JournalRecord record(JournalSession session, String key) {
        return session.unsettled().toCompletableFuture().join().stream()
                .map(OwnedRecord::record)
                .filter(record -> record.key().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
