// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.JournalException;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up the tasks that an earlier process left in the journal. What became of them meanwhile is read from the chain's
 * events by one sweep for all; only then anything is sent. Used on the engine's loop only.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    /** How many blocks a reorganisation may have put a payment back before the block that was the newest when it was signed. */
    private static final BigInteger REORGANISED = BigInteger.valueOf(256);

    private final TaskEngine engine;
    private final List<TaskRecord> left;
    /** Transactions that pay for no task. */
    private final List<TaskRecord> others;
    /** Cancellations that time-outs have begun. */
    private final List<TaskRecord> wishes;

    private final List<TaskRun> runs = new ArrayList<>();
    private final List<LaneTransaction> otherRuns = new ArrayList<>();

    private Recovery(TaskEngine engine, List<TaskRecord> left, List<TaskRecord> others, List<TaskRecord> wishes) {
        this.engine = engine;
        this.left = left;
        this.others = others;
        this.wishes = wishes;
    }

    /** @throws JournalException when the tasks are another wallet's */
    static Recovery of(TaskEngine engine, List<TaskRecord> unsettled) {
        List<TaskRecord> left = new ArrayList<>();
        List<TaskRecord> others = new ArrayList<>();
        List<TaskRecord> wishes = new ArrayList<>();
        for (TaskRecord record : unsettled) {
            if (record.payments().isEmpty() && !record.cancellations().isEmpty()) {
                others.add(record);
            } else if (TaskCancellation.isWish(record)) {
                wishes.add(record);
            } else if (record.payments().isEmpty()) {
                LOG.debug("{} was never signed, and is discarded", TaskLog.name(record));
                engine.journal()
                        .write(record.ended(TaskState.REJECTED, "the client stopped before anything was signed")
                                .settled(engine.settlement(BigInteger.ZERO, null)));
            } else {
                left.add(record);
            }
        }
        String creator = engine.network.creator();
        Stream.concat(left.stream(), others.stream())
                .map(record -> record.order().creator())
                .filter(other -> !other.equals(creator))
                .findFirst()
                .ifPresent(other -> {
                    throw new JournalException("The task journal has tasks under way that the wallet " + other
                            + " pays, but the configured wallet is " + creator
                            + ". Let them end with that wallet first, or use another journal");
                });
        // One that was refused before the one that another payment with its nonce was signed for since.
        left.sort(Comparator.<TaskRecord, BigInteger>comparing(
                        record -> record.payments().get(0).nonce())
                .thenComparing(record -> !record.isRefused()));
        return new Recovery(engine, left, others, wishes);
    }

    /** The block after which events are needed, or null when none are. */
    BigInteger after() {
        return left.stream()
                .map(TaskRecord::signing)
                .filter(Objects::nonNull)
                .map(signing -> signing.head().subtract(REORGANISED).max(BigInteger.ZERO))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Makes runs of them, which hear what happened. */
    void begin() {
        others.forEach(record -> otherRuns.add(
                GapFiller.isRecordOfOne(record)
                        ? GapFiller.recovered(engine, record)
                        : CancelRun.recovered(engine, record)));
        if (left.isEmpty()) {
            return;
        }
        LOG.info("{} unfinished tasks in the journal; reading their events from block {} on", left.size(), after());
        for (TaskRecord record : left) {
            runs.add(engine.recover(record));
        }
    }

    /** All that happened is told; they go on from there. */
    void finish() {
        runs.forEach(run -> run.steps().run(run::onCaughtUp));
        Set<BigInteger> timedOut = new HashSet<>();
        for (TaskRecord wish : wishes) {
            Optional<TaskRun> run = engine.tasks.runOf(TaskCancellation.taskKey(wish));
            run.ifPresentOrElse(
                    task -> {
                        timedOut.add(task.record().taskId());
                        task.steps().run(() -> task.resumeCancelling(wish));
                    },
                    () -> TaskCancellation.drop(engine, wish));
        }
        otherRuns.stream()
                .filter(CancelRun.class::isInstance)
                .map(CancelRun.class::cast)
                .filter(cancel -> cancel.isUnderWay() && !timedOut.contains(cancel.taskId()))
                .forEach(cancel -> cancel.steps().run(cancel::tellJob));
        if (!runs.isEmpty()) {
            LOG.info("{} tasks of the journal were resumed", runs.size());
        }
    }

    /** It did not work out, and may be tried again: nothing was sent, nothing is remembered. */
    void discard() {
        runs.forEach(engine::discard);
        otherRuns.forEach(LaneTransaction::shutdown);
    }
}
