// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import static io.crynux.devnet.fake.TaskLogs.commitmentsReady;
import static io.crynux.devnet.fake.TaskLogs.nodeSuccess;
import static io.crynux.devnet.fake.TaskLogs.pending;
import static io.crynux.devnet.fake.TaskLogs.started;
import static io.crynux.devnet.fake.TaskLogs.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.devnet.fake.FakeChain;
import io.crynux.devnet.fake.Signer;
import io.crynux.devnet.fake.TaskLogs;
import io.crynux.devnet.result.TaskKind;
import io.crynux.devnet.result.Workshop;
import io.crynux.devnet.watch.TaskEventFeed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeWorkTest {
    private static final String ARGS = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    private static final String COMMIT = "0x47f90738";
    private static final String DISCLOSE = "0x63be8c33";
    private static final String REPORT_ERROR = "0x695b1c8f";
    private static final String REPORT_UPLOADED = "0x95b1d89b";

    private final FakeChain chain = new FakeChain();
    private final TaskEventFeed feed = new TaskEventFeed(chain, FakeChain.CONTRACT);
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private final FakeRelay relay = new FakeRelay();
    private final String creator = Signer.number(1).address();
    private final List<SimulatedNode> nodes = List.of(node(11), node(12), node(13));

    private static SimulatedNode node(long number) {
        return new SimulatedNode(Signer.number(number).account(), "GPU", 24);
    }

    @BeforeEach
    void start() {
        new NodePool(chain, FakeChain.CONTRACT, relay, feed, scheduler, Duration.ofMillis(5), new Workshop(), nodes);
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    private void block(TaskLogs.Draft... logs) {
        chain.block(logs);
        feed.poll();
    }

    private void startTask() {
        startTask(ARGS);
    }

    private void startTask(String args) {
        block(pending(5, 1, creator, args));
        block(
                started(5, 1, creator, nodes.get(0).address(), args, 0),
                started(5, 1, creator, nodes.get(1).address(), args, 1),
                started(5, 1, creator, nodes.get(2).address(), args, 2));
    }

    private long sent(String selector) {
        return chain.sent().stream()
                .filter(sent -> sent.data().startsWith(selector))
                .count();
    }

    private void awaitSent(String selector, long count) {
        await().atMost(Duration.ofSeconds(10)).until(() -> sent(selector) == count);
    }

    @Test
    void aTaskFromItsStartToItsFiles() throws Exception {
        relay.upload(5, ARGS);
        startTask();
        awaitSent(COMMIT, 3);
        assertThat(sent(DISCLOSE)).isZero();

        block(commitmentsReady(5));
        awaitSent(DISCLOSE, 3);
        assertThat(chain.sent().stream()
                        .filter(sent -> sent.data().startsWith(DISCLOSE))
                        .map(sent -> sent.data().substring(10 + 128)))
                .as("all agree")
                .containsOnly(chain.sent().get(3).data().substring(10 + 128));
        assertThat(relay.uploads()).isEmpty();

        String winner = nodes.get(1).address();
        block(success(5, new Workshop().make(TaskKind.GPT, ARGS).hash(), winner));
        awaitSent(REPORT_UPLOADED, 1);
        assertThat(relay.uploads()).containsExactly("5 by " + winner + ": 1");
        assertThat(chain.sent().get(6).sender()).isEqualTo(winner);
    }

    @Test
    void nodesWaitForTheParameters() {
        startTask();
        await().pollDelay(Duration.ofMillis(100)).until(() -> true);
        assertThat(chain.sent()).isEmpty();

        relay.upload(5, ARGS);
        awaitSent(COMMIT, 3);
    }

    @Test
    void aRelayThatIsBehindIsAskedAgain() {
        relay.upload(5, ARGS);
        relay.refuse(2);
        startTask();
        awaitSent(COMMIT, 3);
        block(commitmentsReady(5));
        awaitSent(DISCLOSE, 3);
        block(success(5, new byte[32], nodes.get(0).address()));

        awaitSent(REPORT_UPLOADED, 1);
        assertThat(relay.uploads()).hasSize(1);
    }

    @Test
    void aTransactionThatTheChainRefusesIsSentAgain() {
        chain.refuse(2);
        relay.upload(5, ARGS);
        startTask();

        awaitSent(COMMIT, 3);
    }

    @Test
    void parametersThatAskForTheImpossibleAreReported() {
        String impossible = "{\"model\":\"devnet/unavailable\",\"messages\":[]}";
        relay.upload(5, impossible);
        startTask(impossible);

        awaitSent(REPORT_ERROR, 3);
        assertThat(sent(COMMIT)).isZero();
    }

    @Test
    void aReleasedNodeDoesNothingMore() {
        relay.upload(5, ARGS);
        startTask();
        awaitSent(COMMIT, 3);
        block(nodeSuccess(5, nodes.get(0).address()));
        block(commitmentsReady(5));

        awaitSent(DISCLOSE, 2);
        assertThat(chain.sent().stream().filter(sent -> sent.data().startsWith(DISCLOSE)))
                .noneMatch(sent -> sent.sender().equals(nodes.get(0).address()));
    }

    @Test
    void aReorgBeginsTheTaskAnew() {
        relay.upload(5, ARGS);
        startTask();
        awaitSent(COMMIT, 3);
        chain.forget(1);
        block(started(5, 1, creator, nodes.get(2).address(), ARGS, 0));

        awaitSent(COMMIT, 4);
    }

    @Test
    void nothingIsSentForATaskThatAReorgHasJustTakenBack() {
        startTask();
        chain.forget(2);
        String others = ARGS.replace("hello", "good-bye");
        chain.block(pending(5, 1, creator, others));

        relay.upload(5, ARGS);
        await().pollDelay(Duration.ofMillis(100)).until(() -> true);
        assertThat(chain.sent()).isEmpty();

        relay.upload(5, others);
        startTask(others);
        awaitSent(COMMIT, 3);
    }

    @Test
    void tasksOfOtherNodesAreNotTheirs() {
        relay.upload(5, ARGS);
        block(started(5, 1, creator, Signer.number(99).address(), ARGS, 0));
        relay.upload(6, ARGS);
        block(started(6, 1, creator, nodes.get(0).address(), ARGS, 0));

        awaitSent(COMMIT, 1);
    }
}
