// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.JournalException;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.journal.LaneRecord;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up the tasks that an earlier process left in the journal. The protocol finds out what became of them meanwhile; only
 * then anything is sent. Used on the engine's loop only.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final TaskEngine engine;
    private final List<TaskRecord> left;
    /** Transactions of the protocol's own. */
    private final List<LaneRecord> own;

    private final List<TaskRun> runs = new ArrayList<>();

    private Recovery(TaskEngine engine, List<TaskRecord> left, List<LaneRecord> own) {
        this.engine = engine;
        this.left = left;
        this.own = own;
    }

    /** @throws JournalException when the tasks are another wallet's */
    static Recovery of(TaskEngine engine, List<JournalRecord> unsettled) {
        List<TaskRecord> left = new ArrayList<>();
        List<LaneRecord> own = new ArrayList<>();
        for (JournalRecord record : unsettled) {
            if (record instanceof LaneRecord transaction) {
                own.add(transaction);
            } else if (record instanceof TaskRecord task && task.isCommitted()) {
                left.add(task);
            } else if (record instanceof TaskRecord task) {
                LOG.debug("{} was never signed and is dropped", TaskLog.name(task));
                engine.write(engine.settled(
                        task.ended(TaskState.REJECTED, "the client stopped before anything was signed"),
                        engine.settlement(BigInteger.ZERO)));
            }
        }
        String account = engine.protocol.account();
        Stream.<JournalRecord>concat(left.stream(), own.stream())
                .map(JournalRecord::account)
                .filter(other -> !other.equals(account))
                .findFirst()
                .ifPresent(other -> {
                    throw new JournalException("The task journal has tasks under way that the wallet " + other
                            + " pays, but the configured wallet is " + account
                            + ". Let them end with that wallet first, or use another journal");
                });
        // An attempt that was refused before the one that was made after it.
        left.sort(Comparator.<TaskRecord, Boolean>comparing(record -> !record.isRefused())
                .thenComparing(record -> record.spending().at()));
        return new Recovery(engine, left, own);
    }

    /** Makes runs of them, which the protocol reports to. */
    void begin() {
        own.forEach(engine.protocol::recoverOwn);
        if (left.isEmpty()) {
            return;
        }
        LOG.info("{} tasks of the journal are under way; finding out what became of them", left.size());
        for (TaskRecord record : left) {
            runs.add(engine.recover(record));
        }
    }

    /** The protocol has reported all that happened. */
    void finish() {
        if (!runs.isEmpty()) {
            LOG.info("{} tasks of the journal go on", runs.size());
        }
    }
}
