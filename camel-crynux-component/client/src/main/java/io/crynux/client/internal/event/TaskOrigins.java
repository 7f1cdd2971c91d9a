// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.event;

import io.crynux.client.event.ContractEvent;
import io.crynux.client.event.TaskEvent;
import io.crynux.client.internal.contract.LoggedEvent;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Origins of tasks, from the events that were read. Most events contain only the task's id, and the contract deletes a task
 * when it ends (classic protocol, section 1). Not thread-safe.
 */
final class TaskOrigins {
    /** Number of ended tasks to keep, because some events follow the end: payments of nodes, a cancellation after the success. */
    private static final int MAX_ENDED = 10_000;

    /** An event with the origin of a task; a stream that restarts before it reads it again. */
    private record Begin(BigInteger taskId, TaskEvent.Origin origin, BigInteger block, BigInteger logIndex) {}

    /** An event that ended a task; a stream that restarts before it still needs the task's origin. */
    private record End(BigInteger taskId, BigInteger block, BigInteger logIndex) {}

    private final Map<BigInteger, TaskEvent.Origin> open = new HashMap<>();
    /** The unfinished tasks that a position contains. */
    private final Map<BigInteger, TaskEvent.Origin> inPosition = new HashMap<>();

    private final Deque<Begin> begins = new ArrayDeque<>();
    private final Deque<End> ends = new ArrayDeque<>();
    private final Map<BigInteger, TaskEvent.Origin> ended = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<BigInteger, TaskEvent.Origin> eldest) {
            return size() > MAX_ENDED;
        }
    };

    TaskOrigins(Map<BigInteger, TaskEvent.Origin> known) {
        open.putAll(known);
        inPosition.putAll(known);
    }

    /** Learns the origin of a task from an event, and which tasks have ended. */
    void read(LoggedEvent logged) {
        ContractEvent event = logged.event();
        if (event instanceof ContractEvent.Pending pending) {
            begin(logged, new TaskEvent.Origin(pending.creator(), pending.taskType()));
        } else if (event instanceof ContractEvent.Started started) {
            begin(logged, new TaskEvent.Origin(started.creator(), started.taskType()));
        } else if (event instanceof ContractEvent.Succeeded || event instanceof ContractEvent.Aborted) {
            ends.addLast(new End(event.taskId(), logged.block().number(), logged.logIndex()));
        }
    }

    private void begin(LoggedEvent logged, TaskEvent.Origin origin) {
        BigInteger id = logged.event().taskId();
        open.put(id, origin);
        if (!origin.equals(inPosition.get(id))) {
            begins.addLast(new Begin(id, origin, logged.block().number(), logged.logIndex()));
        }
    }

    /** Adds an origin from another source. */
    void learn(BigInteger taskId, TaskEvent.Origin origin) {
        open.put(taskId, origin);
        inPosition.put(taskId, origin);
    }

    Optional<TaskEvent.Origin> of(BigInteger taskId) {
        return Optional.ofNullable(open.getOrDefault(taskId, ended.get(taskId)));
    }

    /** Drops what was read from this block on, because the stream reads it again. */
    void forgetFrom(BigInteger block) {
        begins.removeIf(begin -> begin.block().compareTo(block) >= 0);
        ends.removeIf(end -> end.block().compareTo(block) >= 0);
    }

    /** After a restart the stream needs the origins of tasks that began before the position and end after it. */
    void handled(LogPosition reached) {
        while (!begins.isEmpty()
                && reached.covers(begins.getFirst().block(), begins.getFirst().logIndex())) {
            Begin begin = begins.removeFirst();
            inPosition.put(begin.taskId(), begin.origin());
        }
        while (!ends.isEmpty()
                && reached.covers(ends.getFirst().block(), ends.getFirst().logIndex())) {
            BigInteger id = ends.removeFirst().taskId();
            inPosition.remove(id);
            TaskEvent.Origin origin = open.remove(id);
            if (origin != null) {
                ended.put(id, origin);
            }
        }
    }

    /** The unfinished tasks that began before the handled position. */
    Map<BigInteger, TaskEvent.Origin> open() {
        return inPosition;
    }
}
