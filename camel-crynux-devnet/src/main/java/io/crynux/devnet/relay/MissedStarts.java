// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import io.crynux.devnet.chain.ChainAccess.EventLog;
import io.crynux.devnet.watch.TaskEvent;
import io.crynux.devnet.watch.TaskEventListener;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the Relay from hearing that a task has started, where a fault says so. The Relay of July 2024 reads the receipts of
 * a block side by side (crynux-relay cca7831, tasks/sync_block.go): a TaskStarted that it looks at before the TaskPending of
 * the same block belongs to no task that it knows, and is dropped for good. Nodes keep asking for such a task.
 */
final class MissedStarts implements TaskEventListener {

    /** What became of a task's start: the block that created it, and whether the start in that block is missed. */
    private static final class Start {
        private final long createdIn;
        private Boolean missed;

        Start(long createdIn) {
            this.createdIn = createdIn;
        }
    }

    private final RelayFaults faults;
    private final TaskEventListener behind;
    private final Map<BigInteger, Start> starts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BigInteger, Start> eldest) {
            return size() > TaskBook.CAPACITY;
        }
    };

    /** @param behind hears of all that is not missed */
    MissedStarts(RelayFaults faults, TaskEventListener behind) {
        this.faults = faults;
        this.behind = behind;
    }

    /** Whether the Relay never heard that the task has nodes. */
    synchronized boolean isMissed(BigInteger taskId) {
        Start start = starts.get(taskId);
        return start != null && Boolean.TRUE.equals(start.missed);
    }

    @Override
    public void added(TaskEvent event) {
        behind.added(event);
    }

    @Override
    public void added(TaskEvent event, EventLog log) {
        if (!isDropped(event, log.blockNumber())) {
            behind.added(event, log);
        }
    }

    private synchronized boolean isDropped(TaskEvent event, long block) {
        if (event instanceof TaskEvent.Pending) {
            starts.put(event.taskId(), new Start(block));
        }
        if (!(event instanceof TaskEvent.Started)) {
            return false;
        }
        Start start = starts.get(event.taskId());
        if (start == null || start.createdIn != block) {
            return false;
        }
        if (start.missed == null) {
            start.missed = faults.missesStart();
        }
        return start.missed;
    }

    @Override
    public void removed(TaskEvent event) {
        behind.removed(event);
        if (event instanceof TaskEvent.Pending) {
            forget(event.taskId());
        }
    }

    private synchronized void forget(BigInteger taskId) {
        starts.remove(taskId);
    }
}
