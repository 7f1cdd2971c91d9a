// SPDX-License-Identifier: Apache-2.0
package io.crynux.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crynux.client.error.JournalException;
import io.crynux.client.journal.Claim;
import io.crynux.client.journal.JournalOwner;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.journal.JournalScope;
import io.crynux.client.journal.JournalSession;
import io.crynux.client.journal.Lane;
import io.crynux.client.journal.LaneRecord;
import io.crynux.client.journal.NetworkIdentity;
import io.crynux.client.journal.OwnedRecord;
import io.crynux.client.journal.ProtocolData;
import io.crynux.client.journal.Settlement;
import io.crynux.client.journal.Slot;
import io.crynux.client.journal.SlotTakenException;
import io.crynux.client.journal.Spending;
import io.crynux.client.journal.StaleOwnerException;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link TaskJournal} does, whatever it stores its records in. A test of a journal extends it. */
public abstract class TaskJournalContract {
    private static final Duration RETENTION = Duration.ofHours(1);
    private static final Duration BUDGET_PERIOD = Duration.ofMinutes(10);
    private static final NetworkIdentity NETWORK = new NetworkIdentity("test", "1", "0xgenesis", "network 1");
    private static final String ACCOUNT = "0xaccount";
    private static final int RACES = 50;

    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private Instant now = Instant.ofEpochMilli(1_790_000_000_123L);
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    };

    private JournalSession session;

    /** A journal that has what earlier ones of the same test have left, if it is durable. */
    protected abstract TaskJournal journal();

    @BeforeEach
    void open() {
        session = get(open(NETWORK));
    }

    private CompletionStage<JournalSession> open(NetworkIdentity network) {
        return journal()
                .open(new JournalScope(network, RETENTION, BUDGET_PERIOD, clock), new JournalOwner("owner", executor));
    }

    private void reopen() {
        get(session.close());
        open();
    }

    private void reopenIfDurable() {
        if (journal().isDurable()) {
            reopen();
        }
    }

    @AfterEach
    void close() {
        get(session.close());
        executor.shutdownNow();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static Throwable failure(CompletionStage<?> stage) {
        try {
            return new AssertionError("It has not failed: " + get(stage));
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    private static TaskOrder order(String key, String idempotencyKey, int attempt) {
        return TaskOrder.of(key, TaskKind.SD, "{\"prompt\":\"a lighthouse, Größe 😀\\n\"}", "0xhash", ACCOUNT)
                .withResult(1, 1000, 100)
                .withIdempotencyKey(idempotencyKey)
                .withTerms(new ProtocolData(Map.of("vram", "8")))
                .again(key, BigInteger.TEN.pow(19), attempt);
    }

    private static Slot slot(long number) {
        return new Slot("lane", BigInteger.valueOf(number));
    }

    private TaskRecord prepared(String key) {
        return TaskRecord.prepared(order(key, null, 1));
    }

    private TaskRecord signed(TaskRecord prepared, Slot slot) {
        return prepared.committed(
                TaskState.SIGNED,
                slot,
                new Spending(now, BigInteger.TEN),
                new ProtocolData(Map.of("payment", "0xraw of " + prepared.key())));
    }

    private Settlement settlement() {
        return new Settlement(now, null, BigInteger.ONE);
    }

    private TaskRecord ended(TaskRecord record, TaskState end) {
        return record.ended(end, "why").settled(settlement());
    }

    private void commit(JournalRecord record) {
        get(session.commit(record, JournalSession.FIRST_EPOCH));
    }

    private List<JournalRecord> unsettled() {
        return get(session.unsettled()).stream().map(OwnedRecord::record).toList();
    }

    private Claim claim(TaskOrder order, String after) {
        return get(session.claim(order, after));
    }

    /** Calls at the same time. */
    private <T> List<CompletableFuture<T>> race(List<Supplier<CompletionStage<T>>> calls) throws Exception {
        CountDownLatch begin = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            List<CompletableFuture<T>> answers = new ArrayList<>();
            for (Supplier<CompletionStage<T>> call : calls) {
                answers.add(CompletableFuture.supplyAsync(
                                () -> {
                                    try {
                                        begin.await();
                                    } catch (InterruptedException e) {
                                        throw new CompletionException(e);
                                    }
                                    return call.get();
                                },
                                threads)
                        .thenCompose(answer -> answer));
            }
            begin.countDown();
            for (CompletableFuture<T> answer : answers) {
                get(answer.handle((value, error) -> null));
            }
            return answers;
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void theFirstAttemptAtARequestBegins() {
        TaskOrder order = order("t1", "k1", 1);

        assertThat(claim(order, null)).isInstanceOf(Claim.New.class);

        reopenIfDurable();
        assertThat(unsettled()).containsExactly(TaskRecord.prepared(order));
    }

    @Test
    void ofSeveralClaimsOfTheFirstAttemptExactlyOneBegins() throws Exception {
        for (int i = 0; i < RACES; i++) {
            String request = "k" + i;
            List<Supplier<CompletionStage<Claim>>> claims = new ArrayList<>();
            for (int j = 0; j < 4; j++) {
                TaskOrder order = order("t" + i + "-" + j, request, 1);
                claims.add(() -> session.claim(order, null));
            }
            assertOneBegins(race(claims));
        }
    }

    private static void assertOneBegins(List<CompletableFuture<Claim>> claims) {
        List<Claim> answers = claims.stream().map(CompletableFuture::join).toList();
        assertThat(answers).filteredOn(Claim.New.class::isInstance).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> !(answer instanceof Claim.New))
                .allMatch(Claim.Mine.class::isInstance)
                .extracting(answer -> ((Claim.Mine) answer).record().state())
                .containsOnly(TaskState.PREPARED);
    }

    @Test
    void ofSeveralClaimsOfTheNextAttemptExactlyOneBegins() throws Exception {
        for (int i = 0; i < RACES; i++) {
            TaskRecord first = TaskRecord.prepared(order("first" + i, "k" + i, 1));
            claim(first.order(), null);
            commit(ended(signed(first, slot(i)), TaskState.ABORTED));
            List<Supplier<CompletionStage<Claim>>> claims = new ArrayList<>();
            for (int j = 0; j < 4; j++) {
                TaskOrder order = order("t" + i + "-" + j, "k" + i, 2);
                claims.add(() -> session.claim(order, first.key()));
            }
            assertOneBegins(race(claims));
        }
    }

    @Test
    void oneThatIsUnderWayIsNotBegunAgain() {
        TaskRecord signed = signed(TaskRecord.prepared(order("t1", "k1", 1)), slot(1));
        claim(signed.order(), null);
        commit(signed);

        reopenIfDurable();
        assertThat(claim(order("t2", "k1", 1), null)).isEqualTo(new Claim.Mine(signed));
        assertThat(unsettled()).containsExactly(signed);
    }

    @Test
    void anAttemptThatDoesNotFollowTheNewestOneIsNotBegun() {
        claim(order("t1", "k1", 1), null);
        commit(ended(signed(TaskRecord.prepared(order("t1", "k1", 1)), slot(1)), TaskState.ABORTED));
        assertThat(claim(order("t2", "k1", 2), "t1")).isInstanceOf(Claim.New.class);
        commit(ended(signed(TaskRecord.prepared(order("t2", "k1", 2)), slot(2)), TaskState.ABORTED));

        reopenIfDurable();
        assertEnded(claim(order("t3", "k1", 2), "t1"), "t2", TaskState.ABORTED);
        assertEnded(claim(order("t3", "k1", 1), null), "t2", TaskState.ABORTED);
        assertThat(claim(order("t3", "k1", 3), "t2")).isInstanceOf(Claim.New.class);
    }

    private static void assertEnded(Claim claim, String key, TaskState state) {
        assertThat(claim).isInstanceOf(Claim.Ended.class);
        TaskRecord record = ((Claim.Ended) claim).record();
        assertThat(record.key()).isEqualTo(key);
        assertThat(record.state()).isEqualTo(state);
    }

    @Test
    void aRefusedOneHasEndedAsLongAsItIsNotCharged() {
        TaskRecord signed = signed(TaskRecord.prepared(order("t1", "k1", 1)), slot(1));
        claim(signed.order(), null);
        commit(signed);
        commit(signed.ended(TaskState.REJECTED, "nonce too low"));

        assertEnded(claim(order("t2", "k1", 1), null), "t1", TaskState.REJECTED);

        commit(signed.created("7"));
        assertThat(claim(order("t2", "k1", 1), null)).isEqualTo(new Claim.Mine(signed.created("7")));
    }

    @Test
    void oneThatEndedUnchargedHidesNoneThatIsCharged() {
        commit(ended(signed(TaskRecord.prepared(order("paid", "k1", 1)), slot(1)), TaskState.DONE));
        commit(ended(TaskRecord.prepared(order("never", "k1", 1)), TaskState.REJECTED));

        reopenIfDurable();
        assertEnded(claim(order("t2", "k1", 1), null), "paid", TaskState.DONE);
    }

    @Test
    void aTaskOfNoKeyAlwaysBegins() {
        assertThat(claim(order("t1", null, 1), null)).isInstanceOf(Claim.New.class);
        assertThat(claim(order("t2", null, 1), null)).isInstanceOf(Claim.New.class);
    }

    @Test
    void aKeyIsForgottenAfterTheRetention() {
        commit(ended(signed(TaskRecord.prepared(order("t1", "k1", 1)), slot(1)), TaskState.DONE));
        now = now.plus(RETENTION.minusMillis(1));
        assertEnded(claim(order("t2", "k1", 1), null), "t1", TaskState.DONE);

        now = now.plusMillis(1);
        assertThat(claim(order("t2", "k1", 1), null)).isInstanceOf(Claim.New.class);
    }

    @Test
    void aSettledRecordIsWithoutParametersAndIsNeverReplaced() {
        TaskRecord signed = signed(TaskRecord.prepared(order("t1", "k1", 1)), slot(1));
        commit(signed);
        commit(ended(signed, TaskState.DONE));
        commit(signed);

        reopenIfDurable();
        assertThat(unsettled()).isEmpty();
        TaskRecord found = ((Claim.Ended) claim(order("t2", "k1", 1), null)).record();
        assertThat(found.state()).isEqualTo(TaskState.DONE);
        assertThat(found.order().parametersJson()).isEmpty();
        assertThat(found.order().terms()).isEqualTo(signed.order().terms());
        assertThat(found.data()).isEqualTo(signed.data());
        assertThat(found.settlement()).isEqualTo(settlement());
    }

    @Test
    void everyPartOfARecordIsKept() {
        TaskRecord task = signed(TaskRecord.prepared(order("t1", "k1", 3)), slot(1))
                .created("0xcommitment")
                .succeeded();
        TaskRecord changed = task.with(task.data().with("payment", null).with("node", "0xnode"));
        LaneRecord transaction = LaneRecord.prepared("own", ACCOUNT, new ProtocolData(Map.of("of", "t1")))
                .sending(slot(2), new Spending(now, BigInteger.TWO), new ProtocolData(Map.of("variants", "0xraw")))
                .ended(TaskState.REJECTED, "nonce too low");
        commit(task);
        commit(changed);
        commit(transaction);

        reopenIfDurable();
        assertThat(unsettled()).containsExactlyInAnyOrder(changed, transaction);
    }

    @Test
    void whoeverDoesNotOwnARecordCannotChangeIt() {
        TaskRecord signed = signed(prepared("t1"), slot(1));
        long epoch = ((Claim.New) claim(signed.order(), null)).epoch();
        get(session.commit(signed, epoch));

        assertThat(failure(session.commit(signed.created("7"), epoch - 1))).isInstanceOf(StaleOwnerException.class);
        assertThat(failure(session.commit(signed.created("7"), epoch + 1))).isInstanceOf(StaleOwnerException.class);

        assertThat(unsettled()).containsExactly(signed);
        get(session.commit(signed.created("7"), epoch));
    }

    @Test
    void aSlotIsUsedByOneRecord() {
        commit(signed(prepared("t1"), slot(1)));

        assertThat(failure(session.commit(signed(prepared("t2"), slot(1)), JournalSession.FIRST_EPOCH)))
                .isInstanceOf(SlotTakenException.class);
        assertThat(unsettled()).containsExactly(signed(prepared("t1"), slot(1)));

        reopenIfDurable();
        LaneRecord other = LaneRecord.prepared("own", ACCOUNT, ProtocolData.EMPTY);
        Spending spending = new Spending(now, BigInteger.ONE);
        if (journal().isDurable()) {
            assertThat(failure(session.commit(
                            other.sending(slot(1), spending, ProtocolData.EMPTY), JournalSession.FIRST_EPOCH)))
                    .isInstanceOf(SlotTakenException.class);
        }
        commit(other.sending(new Slot("other lane", BigInteger.ONE), spending, ProtocolData.EMPTY));
        commit(signed(prepared("t2"), slot(2)));
    }

    @Test
    void ofSeveralRecordsThatWantASlotExactlyOneGetsIt() throws Exception {
        for (int i = 0; i < RACES; i++) {
            List<Supplier<CompletionStage<Void>>> commits = new ArrayList<>();
            for (int j = 0; j < 4; j++) {
                TaskRecord signed = signed(prepared("t" + i + "-" + j), slot(i));
                commits.add(() -> session.commit(signed, JournalSession.FIRST_EPOCH));
            }
            assertThat(race(commits))
                    .filteredOn(commit -> !commit.isCompletedExceptionally())
                    .hasSize(1);
        }
        assertThat(unsettled()).hasSize(RACES);
    }

    @Test
    void aRecordKeepsItsSlotWhateverElseChanges() {
        TaskRecord signed = signed(prepared("t1"), slot(1));
        commit(signed);
        commit(signed.sent());
        commit(signed.created("7"));
        commit(signed.ended(TaskState.TIMED_OUT, "nobody waits"));

        assertThat(failure(session.commit(signed(prepared("t2"), slot(1)), JournalSession.FIRST_EPOCH)))
                .isInstanceOf(SlotTakenException.class);
    }

    @Test
    void theSlotOfARefusedRecordIsFreeAndMayBeChargedAllTheSame() {
        TaskRecord refused = signed(prepared("t1"), slot(1)).ended(TaskState.REJECTED, "nonce too low");
        commit(signed(prepared("t1"), slot(1)));
        commit(refused);

        commit(signed(prepared("t2"), slot(1)));

        commit(refused.created("7"));
        commit(ended(signed(prepared("t2"), slot(1)), TaskState.REJECTED));
        assertThat(failure(session.commit(signed(prepared("t3"), slot(1)), JournalSession.FIRST_EPOCH)))
                .isInstanceOf(SlotTakenException.class);
    }

    @Test
    void aLaneKnowsItsHighestNumberAndWhatIsOpen() {
        assertThat(get(session.lane("lane"))).isEqualTo(new Lane(null, Set.of()));
        commit(signed(prepared("t1"), slot(5)));
        commit(signed(prepared("t2"), slot(7)));
        commit(signed(prepared("t3"), new Slot("other lane", BigInteger.valueOf(9))));
        assertLane(7, 5, 7);

        commit(ended(signed(prepared("t2"), slot(7)), TaskState.DONE));
        assertLane(7, 5);

        reopenIfDurable();
        if (journal().isDurable()) {
            assertLane(7, 5);
        }
    }

    @Test
    void aNumberThatTheNetworkDoesNotHaveIsNotUsed() {
        commit(signed(prepared("t1"), slot(5)));
        commit(signed(prepared("t2"), slot(7)));
        commit(ended(signed(prepared("t2"), slot(7)), TaskState.REJECTED));

        assertLane(5, 5);
    }

    private void assertLane(long highest, long... open) {
        Lane lane = get(session.lane("lane"));
        assertThat(lane.highest()).isEqualTo(highest);
        assertThat(lane.open().stream().mapToLong(BigInteger::longValue)).containsExactlyInAnyOrder(box(open));
    }

    private static Long[] box(long... numbers) {
        return Arrays.stream(numbers).boxed().toArray(Long[]::new);
    }

    @Test
    void aSlotThatIsReleasedIsFree() {
        TaskRecord signed = signed(prepared("t1"), slot(5));
        commit(signed);
        commit(signed(prepared("t2"), slot(4)));

        get(session.release(slot(5)));

        assertLane(4, 4);
        reopenIfDurable();
        if (journal().isDurable()) {
            assertLane(4, 4);
        }
        commit(signed(prepared("t3"), slot(5)));
        get(session.release(slot(99)));
    }

    @Test
    void whatSettledRecordsHaveCostIsCounted() {
        Instant begin = now;
        commit(signed(prepared("open"), slot(1)));
        commit(signed(prepared("unknown"), slot(2)));
        commit(signed(prepared("known"), slot(3)));
        LaneRecord own = LaneRecord.prepared("own", ACCOUNT, ProtocolData.EMPTY)
                .sending(slot(4), new Spending(now, BigInteger.TEN), ProtocolData.EMPTY);
        commit(own);
        assertThat(get(session.spentSince(begin))).isZero();

        now = now.plusSeconds(1);
        commit(ended(
                signed(prepared("unknown"), slot(2))
                        .committed(TaskState.SIGNED, slot(2), new Spending(begin, BigInteger.TEN), ProtocolData.EMPTY),
                TaskState.DONE));
        commit(signed(prepared("known"), slot(3))
                .committed(TaskState.SIGNED, slot(3), new Spending(begin, BigInteger.TEN), ProtocolData.EMPTY)
                .ended(TaskState.DONE, null)
                .settled(new Settlement(now, BigInteger.valueOf(3), null)));
        commit(own.ended(TaskState.DONE, null).settled(new Settlement(now, BigInteger.ONE, null)));
        commit(ended(prepared("never signed"), TaskState.REJECTED));

        reopenIfDurable();
        assertThat(get(session.spentSince(begin))).isEqualTo(14);
        assertThat(get(session.spentSince(begin.plusMillis(1)))).isZero();
    }

    @Test
    void aResultIsKept() throws Exception {
        assumeTrue(journal().isDurable(), "a journal that does not outlive its process keeps none");
        TaskRecord task = signed(TaskRecord.prepared(order("t1", "k1", 1)), slot(1));
        commit(task);
        byte[] image = new byte[100_000];
        image[99_999] = 7;
        get(session.keep(
                task, List.of(new ResultFile("image/png", image), new ResultFile("image/png", new byte[] {1}))));
        commit(ended(task, TaskState.DONE));

        reopen();
        TaskRecord found = ((Claim.Ended) claim(order("t2", "k1", 1), null)).record();
        List<ResultFile> files = get(session.kept(found));
        assertThat(files).extracting(ResultFile::contentType).containsExactly("image/png", "image/png");
        assertThat(files.get(0).bytes()).isEqualTo(image);
        assertThat(files.get(1).bytes()).containsExactly(1);
        assertThat(get(session.kept(prepared("other")))).isEmpty();
    }

    @Test
    void aJournalOfAnotherNetworkIsRefused() {
        assumeTrue(journal().isDurable(), "a journal that does not outlive its process has no network");
        commit(signed(prepared("t1"), slot(1)));
        get(session.close());

        for (NetworkIdentity other : List.of(
                new NetworkIdentity("other", "1", "0xgenesis", "other network"),
                new NetworkIdentity("test", "2", "0xgenesis", "network 2"),
                new NetworkIdentity("test", "1", "0xother", "network 1 of another genesis"))) {
            assertThat(failure(open(other)))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("network 1")
                    .hasMessageContaining(other.text());
        }

        session = get(open(new NetworkIdentity("test", "1", null, "network 1")));
        assertThat(unsettled()).hasSize(1);
    }

    @Test
    void thereIsNothingToTakeOverFromOneself() {
        commit(signed(prepared("t1"), slot(1)));

        get(session.renew());

        assertThat(get(session.takeOver())).isEmpty();
        get(session.check());
    }

    @Test
    void afterItIsClosedNothingIsWritten() {
        commit(signed(prepared("t1"), slot(1)));
        get(session.close());
        get(session.close());

        if (journal().isDurable()) {
            JournalSession closed = session;
            assertThatThrownBy(() -> get(closed.commit(signed(prepared("t2"), slot(2)), JournalSession.FIRST_EPOCH)))
                    .hasCauseInstanceOf(JournalException.class);
        }
        open();
        assertThat(unsettled()).hasSize(journal().isDurable() ? 1 : 0);
    }
}
