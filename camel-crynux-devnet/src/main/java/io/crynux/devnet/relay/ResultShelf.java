// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the memory that result files take under a limit: the oldest files make room for new ones. */
final class ResultShelf {
    private static final Logger LOG = LoggerFactory.getLogger(ResultShelf.class);

    private record Shelved(RelayTask task, long bytes) {}

    private final long capacity;
    private final Deque<Shelved> oldestFirst = new ArrayDeque<>();
    private long used;

    /** @param capacity in bytes; the newest result is kept even if it alone is larger */
    ResultShelf(long capacity) {
        this.capacity = capacity;
    }

    synchronized void put(RelayTask task, List<byte[]> files) throws RelayRefusal {
        task.files(files);
        long bytes = files.stream().mapToLong(file -> file.length).sum();
        oldestFirst.addLast(new Shelved(task, bytes));
        used += bytes;
        while (used > capacity && oldestFirst.size() > 1) {
            Shelved oldest = oldestFirst.removeFirst();
            oldest.task().dropFiles();
            used -= oldest.bytes();
            LOG.info(
                    "The files of task {} are deleted to make room for newer ones",
                    oldest.task().id());
        }
    }
}
