// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The tasks that nodes of this JVM work on, and the newest {@value #RESTING} of those that they have finished: a reorg may
 * take the end of a task back.
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

    synchronized TaskWork open(BigInteger id, Supplier<TaskWork> otherwise) {
        TaskWork work = find(id).orElseGet(otherwise);
        resting.remove(id);
        works.put(id, work);
        return work;
    }

    /** Lets a task rest whose nodes are all released. */
    synchronized void rest(TaskWork work) {
        if (works.remove(work.id(), work)) {
            work.rest();
            resting.put(work.id(), work);
        }
    }

    synchronized void remove(BigInteger id) {
        works.remove(id);
        resting.remove(id);
    }
}
