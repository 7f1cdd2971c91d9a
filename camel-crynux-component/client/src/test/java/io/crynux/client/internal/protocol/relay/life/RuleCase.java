// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import io.crynux.client.internal.protocol.relay.api.Answer;
import io.crynux.client.internal.protocol.relay.api.NodeInfo;
import io.crynux.client.internal.protocol.relay.api.Refusal;
import io.crynux.client.internal.protocol.relay.task.AbortReason;
import io.crynux.client.internal.protocol.relay.task.RelayTask;
import io.crynux.client.internal.protocol.relay.task.TaskStatus;
import io.crynux.client.task.TaskKind;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A request in some situation, for tests of a rule. Times are seconds from its start on the Relay's clock. */
final class RuleCase {
    static final Instant START = SimulatedDriver.START;
    static final Action FIRST = new Action.Create(0);
    static final Action GROUP = new Action.Validate(List.of(0, 1, 2), 0);

    final Terms terms;
    Life life = Life.prepared(SimulatedRelay.CREATOR, "0x" + "11".repeat(32), List.of("c0", "c1", "c2", "c3", "c4"));
    private Instant now = START;

    RuleCase() {
        this(TaskKind.SD);
    }

    RuleCase(TaskKind kind) {
        terms = new Terms(kind, SimulatedRelay.FEE, Duration.ofMinutes(10), Duration.ofHours(1));
    }

    static Action alone(int index) {
        return new Action.Validate(List.of(index), index);
    }

    RuleCase at(long seconds) {
        now = START.plusSeconds(seconds);
        return this;
    }

    RuleCase sent(Action action) {
        life = Changes.sent(life, action, now);
        return this;
    }

    RuleCase createAnswered(int index, Refusal refusal) {
        life = Creations.answered(life, index, new Answer.Refused<>(refusal), now);
        return this;
    }

    /** Created, not selected. */
    RuleCase created(int index) {
        sent(new Action.Create(index));
        return seen(index, TaskStatus.QUEUED).decided(index, false);
    }

    /** Three created, of which the first is selected. */
    RuleCase sampled() {
        created(0).decided(0, true);
        return created(1).created(2);
    }

    RuleCase decided(int index, boolean selected) {
        life = Changes.decided(life, index, selected);
        return this;
    }

    RuleCase seen(int index, TaskStatus status) {
        return seen(index, status, AbortReason.NONE, SimulatedRelay.CREATOR);
    }

    RuleCase ended(int index, AbortReason reason) {
        return seen(index, TaskStatus.END_ABORTED, reason, SimulatedRelay.CREATOR);
    }

    /** Read now. Started 20 s before it is ready, and ready now if it is. */
    RuleCase seen(int index, TaskStatus status, AbortReason reason, String creator) {
        Member known = life.member(index);
        Instant ready = known.readyTime() == null && status.isReady() ? now : known.readyTime();
        Instant started = known.startTime() == null && (status.isReady() || status.isRunning())
                ? now.minusSeconds(status.isReady() ? 20 : 0)
                : known.startTime();
        RelayTask task = new RelayTask(
                known.commitment(),
                BigInteger.valueOf(index),
                creator,
                "0x" + "00".repeat(32),
                "",
                TaskStatus.of(status.number()),
                AbortReason.of(reason.number()),
                status == TaskStatus.ERROR_REPORTED ? 1 : 0,
                terms.kind().code(),
                "3.1.0",
                BigInteger.ZERO,
                BigInteger.ZERO,
                "",
                BigInteger.ZERO,
                BigInteger.ONE,
                SimulatedRelay.FEE,
                List.of(),
                "",
                started == null ? "" : "0xnode",
                START,
                started,
                ready,
                null,
                null);
        life = Changes.looked(life, index, new Answer.Done<>(task), now, now);
        return this;
    }

    RuleCase lookAnswered(int index, Refusal refusal) {
        life = Changes.looked(life, index, new Answer.Refused<>(refusal), now, now);
        return this;
    }

    RuleCase validateAnswered(Action action, Refusal refusal) {
        Answer<Void> answer = refusal == null ? new Answer.Done<>(null) : new Answer.Refused<>(refusal);
        life = Changes.validateAnswered(life, (Action.Validate) action, answer, now);
        return this;
    }

    RuleCase cancelAnswered(int index, Refusal refusal) {
        Answer<Void> answer = refusal == null ? new Answer.Done<>(null) : new Answer.Refused<>(refusal);
        life = Changes.cancelAnswered(life, index, answer);
        return this;
    }

    RuleCase nodeRead(String gpu) {
        NodeInfo node = new NodeInfo("0xnode", 2, gpu, BigInteger.valueOf(24), "3.1.0", List.of());
        life = Changes.nodeRead(life, new Answer.Done<>(node), now);
        return this;
    }

    RuleCase ledger(int index, LedgerAnswer answer) {
        life = Creations.ledgerAnswered(life, index, answer, now);
        return this;
    }

    RuleCase crashed() {
        life = LifeCodec.read(LifeCodec.write(life));
        return this;
    }

    List<Action> plan() {
        return Planner.plan(life, terms, now).actions();
    }

    /** Seconds from the start; -1 if the plan waits for nothing. */
    long next() {
        Instant next = Planner.plan(life, terms, now).next();
        return next == null ? -1 : Duration.between(START, next).toSeconds();
    }

    Outcome outcome() {
        return Outcome.of(life, terms);
    }
}
