// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The tasks that nodes of this JVM work on, and the newest {@value #RESTING} of those that they have finished: a reorg may
 * revert the end of a task.
 */
final class TaskWorks {
    static final int RESTING = 1_000;

    private final Map<BigInteger, TaskWork> works = new LinkedHashMap<>();
    private final Map<BigInteger, TaskWork> resting = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<BigInteger, TaskWork> eldest) {
            return size() > RESTING;
        }
    };

    /** The task, working or resting. */
    synchronized Optional<TaskWork> find(BigInteger id) {
        return Optional.ofNullable(works.get(id)).or(() -> Optional.ofNullable(resting.get(id)));
    }

    /** Returns the task, working or resting, or adds a new one; the task is working then. */
    synchronized TaskWork open(BigInteger id, Supplier<TaskWork> otherwise) {
        TaskWork work = find(id).orElseGet(otherwise);
        resting.remove(id);
        works.put(id, work);
        return work;
    }

    /** Lets a task rest if its nodes are all released. */
    synchronized void restIfReleased(TaskWork work) {
        if (work.allReleased() && works.remove(work.id(), work)) {
            work.rest();
            resting.put(work.id(), work);
        }
    }

    /** Ends the rest of a task, if it is one of those that rest. */
    synchronized void resume(TaskWork work) {
        if (resting.remove(work.id(), work)) {
            works.put(work.id(), work);
        }
    }

    /** The tasks that nodes work on. */
    synchronized List<TaskWork> working() {
        return List.copyOf(works.values());
    }

    synchronized void remove(BigInteger id) {
        works.remove(id);
        resting.remove(id);
    }
}
