// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.event;

import io.crynux.client.chain.ContractEvent;
import io.crynux.client.chain.LoggedEvent;
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

    /** An event that ended a task, which counts once it is handled: whoever begins again before it needs to know. */
    private record End(BigInteger taskId, BigInteger block, BigInteger logIndex) {}

    private final Map<BigInteger, TaskEvent.Origin> open = new HashMap<>();
    private final Deque<End> ends = new ArrayDeque<>();
    private final Map<BigInteger, TaskEvent.Origin> ended = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<BigInteger, TaskEvent.Origin> eldest) {
            return size() > MOST_ENDED;
        }
    };

    TaskOrigins(Map<BigInteger, TaskEvent.Origin> known) {
        open.putAll(known);
    }

    /** Learns what an event tells, and forgets in time which tasks have ended. */
    void read(LoggedEvent logged) {
        ContractEvent event = logged.event();
        if (event instanceof ContractEvent.Pending pending) {
            open.put(pending.taskId(), new TaskEvent.Origin(pending.creator(), pending.taskType()));
        } else if (event instanceof ContractEvent.Started started) {
            open.put(started.taskId(), new TaskEvent.Origin(started.creator(), started.taskType()));
        } else if (event instanceof ContractEvent.Succeeded || event instanceof ContractEvent.Aborted) {
            ends.addLast(new End(event.taskId(), logged.block().number(), logged.logIndex()));
        }
    }

    /** Something that was found out otherwise. */
    void learn(BigInteger taskId, TaskEvent.Origin origin) {
        open.put(taskId, origin);
    }

    Optional<TaskEvent.Origin> of(BigInteger taskId) {
        return Optional.ofNullable(open.getOrDefault(taskId, ended.get(taskId)));
    }

    /** Ends in that block and later ones do not hold any more; they are read again. */
    void forgetFrom(BigInteger block) {
        ends.removeIf(end -> end.block().compareTo(block) >= 0);
    }

    /** Tasks whose ends are covered need not be known after a restart. */
    void handled(Place place) {
        while (!ends.isEmpty()
                && place.covers(ends.getFirst().block(), ends.getFirst().logIndex())) {
            BigInteger id = ends.removeFirst().taskId();
            TaskEvent.Origin origin = open.remove(id);
            if (origin != null) {
                ended.put(id, origin);
            }
        }
    }

    Map<BigInteger, TaskEvent.Origin> open() {
        return open;
    }
}
