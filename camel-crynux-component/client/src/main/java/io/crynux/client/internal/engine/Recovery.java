// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.JournalException;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
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
    /** Cancellations of tasks that others may have paid for. */
    private final List<TaskRecord> cancels;

    private final List<TaskRun> runs = new ArrayList<>();
    private final List<CancelRun> cancelRuns = new ArrayList<>();

    private Recovery(TaskEngine engine, List<TaskRecord> left, List<TaskRecord> cancels) {
        this.engine = engine;
        this.left = left;
        this.cancels = cancels;
    }

    /** @throws JournalException when the tasks are another wallet's */
    static Recovery of(TaskEngine engine, List<TaskRecord> unsettled) {
        List<TaskRecord> left = new ArrayList<>();
        List<TaskRecord> cancels = new ArrayList<>();
        for (TaskRecord record : unsettled) {
            if (record.payments().isEmpty() && !record.cancellations().isEmpty()) {
                cancels.add(record);
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
        Stream.concat(left.stream(), cancels.stream())
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
        return new Recovery(engine, left, cancels);
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
        cancels.forEach(record -> cancelRuns.add(CancelRun.recovered(engine, record)));
        if (left.isEmpty()) {
            return;
        }
        LOG.info(
                "{} unfinished tasks in the journal; reading their events from block {} on",
                left.size(),
                after());
        for (TaskRecord record : left) {
            runs.add(engine.recover(record));
        }
    }

    /** All that happened is told; they go on from there. */
    void finish() {
        runs.forEach(run -> run.steps().run(run::onCaughtUp));
        cancelRuns.forEach(cancel -> cancel.steps().run(cancel::tellJob));
        if (!runs.isEmpty()) {
            LOG.info("{} tasks of the journal were resumed", runs.size());
        }
    }

    /** It did not work out, and may be tried again: nothing was sent, nothing is remembered. */
    void discard() {
        runs.forEach(engine::discard);
        cancelRuns.forEach(CancelRun::shutdown);
    }
}
