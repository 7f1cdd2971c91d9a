// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.engine;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Result files by task, within a limit of memory: beyond it the oldest are deleted. A file that several tasks share counts
 * once. Not thread-safe: used with the network's lock.
 */
final class FileShelf {
    private static final long MAX_BYTES = 256L * 1024 * 1024;

    private final Map<String, List<byte[]>> files = new LinkedHashMap<>();
    private final IdentityHashMap<byte[], Integer> uses = new IdentityHashMap<>();
    private long bytes;

    /** A copy that lives on its own; the files are the same. */
    FileShelf copy() {
        var copy = new FileShelf();
        files.forEach(copy::put);
        return copy;
    }

    /** The files of a task, in order; empty before they are there, and once they were deleted. */
    List<byte[]> get(String task) {
        return files.getOrDefault(task, List.of());
    }

    void put(String task, List<byte[]> newFiles) {
        remove(task);
        files.put(task, List.copyOf(newFiles));
        for (byte[] file : newFiles) {
            if (uses.merge(file, 1, Integer::sum) == 1) {
                bytes += file.length;
            }
        }
        while (bytes > MAX_BYTES && files.size() > 1) {
            remove(files.keySet().iterator().next());
        }
    }

    void remove(String task) {
        List<byte[]> removed = files.remove(task);
        if (removed != null) {
            for (byte[] file : removed) {
                if (uses.merge(file, -1, Integer::sum) == 0) {
                    uses.remove(file);
                    bytes -= file.length;
                }
            }
        }
    }
}
