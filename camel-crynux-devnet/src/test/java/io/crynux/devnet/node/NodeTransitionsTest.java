// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import static io.crynux.devnet.fake.TaskLogs.aborted;
import static io.crynux.devnet.fake.TaskLogs.commitmentsReady;
import static io.crynux.devnet.fake.TaskLogs.nodeSuccess;
import static io.crynux.devnet.fake.TaskLogs.started;
import static io.crynux.devnet.fake.TaskLogs.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.fake.FakeChain;
import io.crynux.devnet.fake.ManualScheduler;
import io.crynux.devnet.fake.Signer;
import io.crynux.devnet.fake.TaskLogs;
import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.result.Workshop;
import io.crynux.devnet.state.Transition;
import io.crynux.devnet.watch.TaskEventFeed;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** One node, taken through every transition that it has: one that no test here visits fails the class. */
class NodeTransitionsTest {
    private static final String ARGS = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    private static final String IMPOSSIBLE = "{\"model\":\"devnet/unavailable\",\"messages\":[]}";
    private static final String COMMIT = "0x47f90738";
    private static final String DISCLOSE = "0x63be8c33";
    private static final String REPORT_ERROR = "0x695b1c8f";
    private static final String REPORT_UPLOADED = "0x95b1d89b";
    private static final int ALWAYS = Integer.MAX_VALUE;
    private static final Duration WORK_TIME = Duration.ofSeconds(10);

    private static final Set<Transition<NodeState, NodeEvent>> VISITED = new HashSet<>();
    private static final Set<Method> RUN = new HashSet<>();

    private final FakeChain chain = new FakeChain();
    private final TaskEventFeed feed = new TaskEventFeed(chain, FakeChain.CONTRACT);
    private final ManualScheduler scheduler = new ManualScheduler();
    private final FakeRelay relay = new FakeRelay();
    private final SimulatedNode node = new SimulatedNode(Signer.number(11).account(), "GPU", 24);
    private final NodePool pool =
            new NodePool(chain, FakeChain.CONTRACT, relay, feed, scheduler, WORK_TIME, new Workshop(), List.of(node));
    private final List<Transition<NodeState, NodeEvent>> moves = new ArrayList<>();

    @BeforeEach
    void watch(TestInfo test) {
        RUN.add(test.getTestMethod().orElseThrow());
        pool.onTransition(move -> {
            moves.add(move);
            VISITED.add(move);
        });
    }

    /** Only after all tests: a single one, started from an IDE, visits a part. */
    @AfterAll
    static void everyTransitionWasVisited() {
        List<Method> all = AnnotationSupport.findAnnotatedMethods(
                NodeTransitionsTest.class, Testable.class, HierarchyTraversalMode.TOP_DOWN);
        if (RUN.containsAll(all)) {
            assertThat(NodeTransitions.TABLE.transitions())
                    .as("transitions that no test of this class visits")
                    .filteredOn(transition -> !VISITED.contains(transition))
                    .isEmpty();
        }
    }

    private void block(TaskLogs.Draft... logs) {
        chain.block(logs);
        feed.poll();
        scheduler.runDue();
    }

    /** Replaces the newest blocks by an empty one. */
    private void reorg(int blocks) {
        chain.forget(blocks);
        block();
    }

    private void work() {
        scheduler.advance(WORK_TIME);
    }

    private void look() {
        scheduler.advance(Duration.ofMillis(200));
    }

    private NodeState state() {
        return moves.isEmpty()
                ? NodeTransitions.TABLE.start()
                : moves.get(moves.size() - 1).to();
    }

    private void start(String args) {
        block(started(5, 1, Signer.number(1).address(), node.address(), args, 0));
    }

    private void start() {
        relay.upload(5, ARGS);
        start(ARGS);
    }

    private void startImpossible() {
        relay.upload(5, IMPOSSIBLE);
        start(IMPOSSIBLE);
        work();
    }

    private void ready() {
        block(commitmentsReady(5));
    }

    private void choose() {
        block(success(5, new byte[32], node.address()));
    }

    private void abort() {
        block(aborted(5, "Task Cancelled"));
    }

    private void release() {
        block(nodeSuccess(5, node.address()));
    }

    /** Brings the node into the state. Where it has to act, something refuses that from now on. */
    private void bring(NodeState state) {
        switch (state) {
            case AWAITING_PARAMETERS -> start(ARGS);
            case COMPUTING -> start();
            case COMMITTING -> {
                bring(NodeState.COMPUTING);
                chain.refuse(1);
                work();
            }
            case COMMITTED -> {
                bring(NodeState.COMPUTING);
                work();
            }
            case DISCLOSING -> {
                bring(NodeState.COMMITTED);
                chain.refuse(1);
                ready();
            }
            case DISCLOSED -> {
                bring(NodeState.COMMITTED);
                ready();
            }
            case UPLOADING -> {
                bring(NodeState.DISCLOSED);
                relay.refuse(ALWAYS);
                choose();
            }
            case REPORTING_UPLOAD -> {
                bring(NodeState.DISCLOSED);
                chain.refuse(1);
                choose();
            }
            case UPLOAD_REPORTED -> {
                bring(NodeState.DISCLOSED);
                choose();
            }
            case REPORTING_ERROR -> {
                chain.refuse(1);
                startImpossible();
            }
            case ERROR_REPORTED -> startImpossible();
            case RELEASED -> {
                bring(NodeState.COMMITTED);
                release();
            }
            case GIVEN_UP -> {
                bring(NodeState.COMMITTING);
                chain.refuse(ALWAYS);
                scheduler.advance(Duration.ofSeconds(2));
            }
        }
        assertThat(state()).isEqualTo(state);
    }

    private void assertMoved(NodeState from, NodeEvent event, NodeState to) {
        assertThat(moves).contains(new Transition<>(from, event, to));
    }

    @ParameterizedTest
    @EnumSource
    void everyStateCanBeReached(NodeState state) {
        bring(state);
    }

    @Test
    void aTaskFromItsStartToItsFiles() {
        bring(NodeState.UPLOAD_REPORTED);
        release();
        assertThat(moves)
                .extracting(Transition::to)
                .containsExactly(
                        NodeState.COMPUTING,
                        NodeState.COMMITTING,
                        NodeState.COMMITTED,
                        NodeState.DISCLOSING,
                        NodeState.DISCLOSED,
                        NodeState.UPLOADING,
                        NodeState.REPORTING_UPLOAD,
                        NodeState.UPLOAD_REPORTED,
                        NodeState.RELEASED);
        assertThat(relay.uploads()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"RELEASED", "GIVEN_UP", "UPLOAD_REPORTED", "ERROR_REPORTED"})
    void whatWasRefusedIsDoneLater(NodeState state) {
        bring(state);
        relay.refuse(0);
        relay.upload(5, ARGS);
        work();
        if (state.compareTo(NodeState.DISCLOSING) < 0) {
            ready();
        }
        if (state.compareTo(NodeState.UPLOADING) < 0) {
            choose();
        }
        look();
        assertThat(state())
                .isEqualTo(state == NodeState.REPORTING_ERROR ? NodeState.ERROR_REPORTED : NodeState.UPLOAD_REPORTED);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "RELEASED")
    void aReleasedNodeRests(NodeState state) {
        bring(state);
        release();
        assertMoved(state, NodeEvent.NODE_RELEASED, NodeState.RELEASED);
        chain.refuse(0);
        int sent = chain.sent().size();
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(state()).isEqualTo(NodeState.RELEASED);
        assertThat(chain.sent()).hasSize(sent);
    }

    @ParameterizedTest
    @EnumSource(names = {"AWAITING_PARAMETERS", "COMPUTING", "COMMITTING"})
    void afterAnAbortAnErrorIsReported(NodeState state) {
        bring(state);
        abort();
        assertMoved(state, NodeEvent.ABORTED, NodeState.REPORTING_ERROR);
        assertThat(state()).isEqualTo(NodeState.ERROR_REPORTED);
        assertThat(chain.sent())
                .extracting(sent -> sent.data().substring(0, 10))
                .containsExactly(REPORT_ERROR);
    }

    @Test
    void afterAnAbortNothingIsDisclosed() {
        bring(NodeState.DISCLOSING);
        abort();
        assertThat(state()).isEqualTo(NodeState.COMMITTED);
        reorg(1);
        assertThat(state()).isEqualTo(NodeState.DISCLOSED);
    }

    @ParameterizedTest
    @EnumSource(names = {"UPLOADING", "REPORTING_UPLOAD", "UPLOAD_REPORTED"})
    void afterAnAbortNothingIsUploaded(NodeState state) {
        bring(state);
        abort();
        assertMoved(state, NodeEvent.ABORTED, NodeState.DISCLOSED);
        relay.refuse(0);
        int sent = chain.sent().size();
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(chain.sent()).hasSize(sent);
        assertThat(state()).isEqualTo(NodeState.DISCLOSED);
        reorg(1);
        assertThat(state()).isEqualTo(NodeState.UPLOAD_REPORTED);
    }

    @Test
    void anAbortThatIsRevertedBeforeTheErrorIsReported() {
        bring(NodeState.COMPUTING);
        chain.refuse(1);
        abort();
        assertThat(state()).isEqualTo(NodeState.REPORTING_ERROR);
        reorg(1);
        work();
        assertThat(state()).isEqualTo(NodeState.COMMITTED);
    }

    @Test
    void anAbortThatIsRevertedTogetherWithTheErrorReport() {
        bring(NodeState.COMPUTING);
        abort();
        assertThat(state()).isEqualTo(NodeState.ERROR_REPORTED);
        chain.lose(REPORT_ERROR);
        reorg(1);
        work();
        assertMoved(NodeState.ERROR_REPORTED, NodeEvent.ABORT_REVERTED, NodeState.AWAITING_PARAMETERS);
        assertThat(state()).isEqualTo(NodeState.COMMITTED);
    }

    @Test
    void anAbortThatIsRevertedWhileTheErrorReportStands() {
        bring(NodeState.COMPUTING);
        abort();
        reorg(1);
        work();
        assertMoved(NodeState.COMMITTING, NodeEvent.ERROR_STANDS, NodeState.ERROR_REPORTED);
        assertThat(chain.sent()).as("nothing but the error").hasSize(1);
    }

    @Test
    void anErrorReportThatIsLostIsSentAgain() {
        bring(NodeState.ERROR_REPORTED);
        chain.lose(REPORT_ERROR);
        look();
        assertMoved(NodeState.ERROR_REPORTED, NodeEvent.ERROR_LOST, NodeState.AWAITING_PARAMETERS);
        work();
        assertThat(state()).isEqualTo(NodeState.ERROR_REPORTED);
        assertThat(chain.sent()).hasSize(2);
    }

    @Test
    void aFailingNodeReportsAnErrorAtOnce() {
        pool.faults().fail(3);
        start();
        assertMoved(NodeState.AWAITING_PARAMETERS, NodeEvent.IMPOSSIBLE, NodeState.REPORTING_ERROR);
        assertThat(state()).isEqualTo(NodeState.ERROR_REPORTED);
    }

    @Test
    void aSilentNodeActsOnceTheFaultIsOver() {
        Fault silence = pool.faults().neverAnswer(3);
        start();
        work();
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(state()).isEqualTo(NodeState.COMMITTING);
        silence.end();
        look();
        assertThat(state()).isEqualTo(NodeState.COMMITTED);
    }

    @Test
    void aLateNodeUploadsOnceTheFaultIsOver() {
        Fault late = pool.faults().neverUpload();
        start();
        work();
        ready();
        choose();
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(state()).isEqualTo(NodeState.UPLOADING);
        late.end();
        look();
        assertThat(state()).isEqualTo(NodeState.UPLOAD_REPORTED);
    }

    @Test
    void commitmentsThatAreReverted() {
        bring(NodeState.DISCLOSING);
        chain.refuse(1);
        reorg(1);
        assertThat(state()).isEqualTo(NodeState.COMMITTED);
        ready();
        look();
        assertThat(state()).isEqualTo(NodeState.DISCLOSED);
    }

    @ParameterizedTest
    @EnumSource(names = {"UPLOADING", "REPORTING_UPLOAD", "UPLOAD_REPORTED"})
    void aSuccessThatIsReverted(NodeState state) {
        bring(state);
        int uploads = relay.uploads().size();
        relay.refuse(0);
        reorg(1);
        assertMoved(state, NodeEvent.SUCCESS_REVERTED, NodeState.DISCLOSED);
        choose();
        assertThat(state()).isEqualTo(NodeState.UPLOAD_REPORTED);
        assertThat(relay.uploads()).as("the Relay gets the files again").hasSize(uploads + 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMMITTED", "DISCLOSING", "DISCLOSED", "UPLOADING", "REPORTING_UPLOAD", "UPLOAD_REPORTED"})
    void aCommitmentThatIsLostIsSentAgain(NodeState state) {
        bring(state);
        chain.lose(COMMIT);
        look();
        assertMoved(state, NodeEvent.COMMITMENT_LOST, NodeState.COMMITTING);
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(sent(COMMIT)).isEqualTo(2);
        assertThat(sent(DISCLOSE)).as("not lost, so not sent again").isLessThan(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"DISCLOSED", "UPLOADING", "REPORTING_UPLOAD", "UPLOAD_REPORTED"})
    void aDisclosureThatIsLostIsSentAgain(NodeState state) {
        bring(state);
        chain.lose(DISCLOSE);
        look();
        assertMoved(state, NodeEvent.DISCLOSURE_LOST, NodeState.COMMITTED);
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(sent(DISCLOSE)).isEqualTo(2);
        assertThat(sent(COMMIT)).isEqualTo(1);
    }

    @Test
    void aReportThatIsLostIsSentAgain() {
        bring(NodeState.UPLOAD_REPORTED);
        chain.lose(REPORT_UPLOADED);
        look();
        assertMoved(NodeState.UPLOAD_REPORTED, NodeEvent.REPORT_LOST, NodeState.REPORTING_UPLOAD);
        assertThat(state()).isEqualTo(NodeState.UPLOAD_REPORTED);
        assertThat(relay.uploads()).hasSize(1);
    }

    private long sent(String selector) {
        return chain.sent().stream()
                .filter(sent -> sent.data().startsWith(selector))
                .count();
    }

    @Test
    void aReleaseThatIsRevertedSendsOnlyWhatIsLost() {
        bring(NodeState.UPLOAD_REPORTED);
        release();
        chain.lose(REPORT_UPLOADED);
        reorg(1);
        work();
        look();
        assertMoved(NodeState.RELEASED, NodeEvent.RELEASE_REVERTED, NodeState.AWAITING_PARAMETERS);
        assertMoved(NodeState.COMMITTED, NodeEvent.CHOSEN, NodeState.DISCLOSING);
        assertThat(state()).isEqualTo(NodeState.UPLOAD_REPORTED);
        assertThat(sent(COMMIT)).isEqualTo(1);
        assertThat(sent(DISCLOSE)).isEqualTo(1);
        assertThat(sent(REPORT_UPLOADED)).isEqualTo(2);
    }

    @Test
    void anAbortedTaskWhoseReleaseIsRevertedKeepsTheCommitment() {
        bring(NodeState.COMMITTED);
        abort();
        release();
        reorg(1);
        look();
        assertThat(state()).isEqualTo(NodeState.ERROR_REPORTED);
        assertThat(sent(REPORT_ERROR)).isZero();

        chain.lose(COMMIT);
        look();
        assertMoved(NodeState.ERROR_REPORTED, NodeEvent.COMMITMENT_LOST, NodeState.AWAITING_PARAMETERS);
        look();
        assertThat(sent(REPORT_ERROR)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "COMMITTING",
                "COMMITTED",
                "DISCLOSING",
                "DISCLOSED",
                "UPLOADING",
                "REPORTING_UPLOAD",
                "UPLOAD_REPORTED",
                "REPORTING_ERROR",
                "ERROR_REPORTED"
            })
    void aNodeGivesUpWhatFailsTooOften(NodeState state) {
        bring(state);
        switch (state) {
            case COMMITTED -> chain.revert(COMMIT);
            case DISCLOSED -> chain.revert(DISCLOSE);
            case UPLOAD_REPORTED -> chain.revert(REPORT_UPLOADED);
            case ERROR_REPORTED -> chain.revert(REPORT_ERROR);
            default -> chain.refuse(ALWAYS);
        }
        scheduler.advance(state == NodeState.UPLOADING ? Duration.ofMinutes(6) : Duration.ofMinutes(1));
        assertMoved(state, NodeEvent.HOPELESS, NodeState.GIVEN_UP);
        assertThat(state()).isEqualTo(NodeState.GIVEN_UP);
    }

    @Test
    void aStartThatIsRevertedEndsTheWork() {
        bring(NodeState.COMPUTING);
        reorg(1);
        work();
        assertThat(state()).isEqualTo(NodeState.RELEASED);
        assertThat(chain.sent()).isEmpty();
    }
}
