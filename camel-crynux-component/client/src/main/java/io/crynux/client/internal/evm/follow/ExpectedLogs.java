// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import io.crynux.client.internal.evm.rpc.BlockHeader;
import io.crynux.client.task.BlockRef;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Blocks that have logs of the contract for sure, as a receipt or another answer shows, and what was reported of them when they were
 * read. Used by one poll after the other, but for {@link #expect}.
 */
final class ExpectedLogs {
    /** Nodes index logs after blocks; after so many polls they keep them back. */
    private static final int MOST_POLLS = 16;

    /** How a block was read. */
    enum Reading {
        /** By its bloom alone. */
        LEFT_OUT,
        /** The node was asked, and had no logs. */
        EMPTY,
        TOLD
    }

    private final Queue<BlockRef> coming = new ConcurrentLinkedQueue<>();
    private final Map<String, BlockRef> expected = new LinkedHashMap<>();
    private final Map<String, Integer> polls = new HashMap<>();

    private final Map<String, Reading> readings = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Reading> eldest) {
            return size() > 2 * SeenBlocks.MOST;
        }
    };

    /** There are logs of the contract in that block. Called on any thread. */
    void expect(BlockRef block) {
        coming.add(block);
    }

    void read(BlockHeader block, Reading how) {
        readings.put(block.hash(), how);
        if (how == Reading.TOLD) {
            forget(Set.of(block.hash()));
        }
    }

    /** These blocks are of no interest any more. */
    void forget(Set<String> hashes) {
        expected.keySet().removeAll(hashes);
        polls.keySet().removeAll(hashes);
    }

    boolean wasLeftOut(BlockHeader block) {
        return readings.get(block.hash()) == Reading.LEFT_OUT;
    }

    /** To be called once a poll: those of the blocks that were read, and not with logs. */
    List<BlockHeader> missing(SeenBlocks seen) {
        for (BlockRef next = coming.poll(); next != null; next = coming.poll()) {
            if (readings.get(next.hash()) != Reading.TOLD) {
                expected.put(next.hash(), next);
            }
        }
        if (expected.isEmpty()) {
            return List.of();
        }
        List<BlockHeader> read = seen.all();
        List<BlockHeader> missing = read.stream()
                .filter(block -> expected.containsKey(block.hash()))
                .toList();
        // What is not among the blocks by now is of another fork, or too old to be read again.
        expected.values()
                .removeIf(block -> block.number().compareTo(seen.newest().number()) <= 0
                        && missing.stream().noneMatch(known -> known.hash().equals(block.hash())));
        polls.keySet().retainAll(expected.keySet());
        missing.forEach(block -> polls.merge(block.hash(), 1, Integer::sum));
        return missing;
    }

    /** A block whose logs have been kept back for too long, if there is one. */
    Optional<BlockRef> keptBack() {
        return expected.values().stream()
                .filter(block -> polls.getOrDefault(block.hash(), 0) > MOST_POLLS)
                .findFirst();
    }
}
