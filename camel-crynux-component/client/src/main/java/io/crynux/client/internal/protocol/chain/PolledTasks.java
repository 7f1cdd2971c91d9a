// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tasks that are asked for, in turn. Thread-safe. */
final class PolledTasks {
    private final Map<BigInteger, PolledTask> tasks = new LinkedHashMap<>();

    /** A payment made a task. */
    synchronized void created(BigInteger id, BlockRef block) {
        PolledTask known = tasks.get(id);
        if (known == null || !known.createdIn().equals(block)) {
            tasks.put(id, new PolledTask(id, block));
        }
    }

    synchronized Optional<PolledTask> find(BigInteger id) {
        return Optional.ofNullable(tasks.get(id));
    }

    /** Those that may still do something. */
    synchronized List<PolledTask> open() {
        return tasks.values().stream().filter(PolledTask::isOpen).toList();
    }

    /** The next ones of them; they come last then. */
    synchronized List<PolledTask> turn(int most) {
        List<PolledTask> turn = open().stream().limit(most).toList();
        turn.forEach(task -> {
            tasks.remove(task.id());
            tasks.put(task.id(), task);
        });
        return turn;
    }

    synchronized void removed(Set<String> blockHashes) {
        tasks.values().removeIf(task -> blockHashes.contains(task.createdIn().hash()));
        tasks.values().forEach(task -> task.removed(blockHashes));
    }

    /** Forgets those that ended before that block. */
    synchronized void forgetBefore(BigInteger block) {
        tasks.values().removeIf(task -> task.isOver(block));
    }
}
