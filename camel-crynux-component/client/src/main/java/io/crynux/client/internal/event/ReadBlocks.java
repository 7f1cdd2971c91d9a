// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.event;

import io.crynux.client.internal.evm.follow.RecentBlocks;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The newest blocks that a stream has read, to detect reorganisations. Not thread-safe. */
final class ReadBlocks {
    /** Maximum depth of reorganisations that the follower handles. */
    private static final BigInteger DEPTH = BigInteger.valueOf(256);
    /** Maximum distance of the blocks in a position. */
    private static final int LONGEST_STEP = 64;

    /**
     * A block that was read.
     *
     * @param events number of the contract's events in it; -1 if unknown
     */
    private record Read(String hash, int events) {}

    private final TreeMap<BigInteger, Read> blocks = new TreeMap<>();

    /** Adds a block whose events were all read. */
    void add(BlockRef block, int events) {
        blocks.put(block.number(), new Read(block.hash(), events));
    }

    /** Adds a block that was in the chain. */
    void add(BlockRef block) {
        blocks.putIfAbsent(block.number(), new Read(block.hash(), -1));
    }

    /**
     * The first block to read again, because a reorganisation replaced it, or a node reported too few events at first. Empty if
     * nothing has changed.
     */
    Optional<BigInteger> changedFrom(RecentBlocks recent) {
        BigInteger again = null;
        boolean replaced = false;
        for (Map.Entry<BigInteger, Read> read : blocks.descendingMap().entrySet()) {
            BigInteger number = read.getKey();
            if (number.compareTo(recent.oldest()) < 0) {
                // Deeper than any reorganisation that the follower handles.
                return Optional.ofNullable(replaced ? recent.oldest() : again);
            }
            boolean there = recent.at(number)
                    .filter(block -> block.hash().equals(read.getValue().hash()))
                    .isPresent();
            if (there && replaced) {
                return Optional.of(number.add(BigInteger.ONE));
            }
            replaced |= !there;
            if (there
                    && read.getValue().events() >= 0
                    && recent.events(number).size() > read.getValue().events()) {
                again = number;
            }
        }
        return Optional.ofNullable(replaced ? recent.oldest() : again);
    }

    void forgetFrom(BigInteger number) {
        blocks.tailMap(number, true).clear();
    }

    void prune(BigInteger head) {
        blocks.headMap(head.subtract(DEPTH)).clear();
    }

    /**
     * Some of the blocks, the newest last, with growing distances towards older ones. The oldest is always among them: a
     * reorganisation that is as deep as what was read must not look like another chain.
     */
    List<BlockRef> some() {
        List<BlockRef> some = new ArrayList<>();
        int index = 0;
        int step = 1;
        int due = 0;
        for (Map.Entry<BigInteger, Read> read : blocks.descendingMap().entrySet()) {
            if (index++ == due || index == blocks.size()) {
                some.add(0, new BlockRef(read.getKey(), read.getValue().hash()));
                due += step;
                step = Math.min(LONGEST_STEP, step * 2);
            }
        }
        return some;
    }
}
