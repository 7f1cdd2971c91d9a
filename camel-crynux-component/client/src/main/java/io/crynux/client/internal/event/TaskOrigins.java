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
 * Where tasks come from, as the events that were read tell. Most events name nothing but the task's id, and once a task has
 * ended the contract has forgotten it (classic protocol, section 1). Not thread-safe.
 */
final class TaskOrigins {
    /** Some events follow the end of a task: nodes that are paid, a cancellation after the success. */
    private static final int MOST_ENDED = 10_000;

    /** An event that tells where a task comes from, which whoever begins again before it reads again. */
    private record Begin(BigInteger taskId, TaskEvent.Origin origin, BigInteger block, BigInteger logIndex) {}

    /** An event that ended a task, which counts once it is handled: whoever begins again before it needs to know. */
    private record End(BigInteger taskId, BigInteger block, BigInteger logIndex) {}

    private final Map<BigInteger, TaskEvent.Origin> open = new HashMap<>();
    /** Those of them that whoever begins again has to be told of. */
    private final Map<BigInteger, TaskEvent.Origin> behind = new HashMap<>();

    private final Deque<Begin> begins = new ArrayDeque<>();
    private final Deque<End> ends = new ArrayDeque<>();
    private final Map<BigInteger, TaskEvent.Origin> ended = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<BigInteger, TaskEvent.Origin> eldest) {
            return size() > MOST_ENDED;
        }
    };

    TaskOrigins(Map<BigInteger, TaskEvent.Origin> known) {
        open.putAll(known);
        behind.putAll(known);
    }

    /** Learns what an event tells, and forgets in time which tasks have ended. */
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
        if (!origin.equals(behind.get(id))) {
            begins.addLast(new Begin(id, origin, logged.block().number(), logged.logIndex()));
        }
    }

    /** Something that was found out otherwise. */
    void learn(BigInteger taskId, TaskEvent.Origin origin) {
        open.put(taskId, origin);
        behind.put(taskId, origin);
    }

    Optional<TaskEvent.Origin> of(BigInteger taskId) {
        return Optional.ofNullable(open.getOrDefault(taskId, ended.get(taskId)));
    }

    /** Begins and ends in that block and later ones do not hold any more; they are read again. */
    void forgetFrom(BigInteger block) {
        begins.removeIf(begin -> begin.block().compareTo(block) >= 0);
        ends.removeIf(end -> end.block().compareTo(block) >= 0);
    }

    /** Tasks whose begins are covered must be known after a restart, and no more when their ends are, too. */
    void handled(Place place) {
        while (!begins.isEmpty()
                && place.covers(begins.getFirst().block(), begins.getFirst().logIndex())) {
            Begin begin = begins.removeFirst();
            behind.put(begin.taskId(), begin.origin());
        }
        while (!ends.isEmpty()
                && place.covers(ends.getFirst().block(), ends.getFirst().logIndex())) {
            BigInteger id = ends.removeFirst().taskId();
            behind.remove(id);
            TaskEvent.Origin origin = open.remove(id);
            if (origin != null) {
                ended.put(id, origin);
            }
        }
    }

    /** The tasks under way that began in what is handled. */
    Map<BigInteger, TaskEvent.Origin> open() {
        return behind;
    }
}
