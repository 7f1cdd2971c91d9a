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

/** The newest blocks that a stream has read, to find out whether the chain still has them. Not thread-safe. */
final class ReadBlocks {
    /** As far back as a follower follows a reorganisation. */
    private static final BigInteger DEPTH = BigInteger.valueOf(256);
    /** Distances, in blocks that were read, of those that are written down. */
    private static final int LONGEST_STEP = 64;

    /**
     * A block that was read.
     *
     * @param events how many it had of the contract; -1 where only some were looked at
     */
    private record Read(String hash, int events) {}

    private final TreeMap<BigInteger, Read> blocks = new TreeMap<>();

    /** All events of the block were read. */
    void add(BlockRef block, int events) {
        blocks.put(block.number(), new Read(block.hash(), events));
    }

    /** The block is known to have been in the chain. */
    void add(BlockRef block) {
        blocks.putIfAbsent(block.number(), new Read(block.hash(), -1));
    }

    /**
     * The block from which on the chain has to be read again: it has others in their place now, or a node told of too few events
     * at first. Empty when all is as it was.
     */
    Optional<BigInteger> changedFrom(RecentBlocks recent) {
        BigInteger again = null;
        boolean replaced = false;
        for (Map.Entry<BigInteger, Read> read : blocks.descendingMap().entrySet()) {
            BigInteger number = read.getKey();
            if (number.compareTo(recent.oldest()) < 0) {
                // Deeper than any reorganisation that could be followed.
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

    /** A few of them, the newest last: close to each other at the head, and farther and farther apart before. */
    List<BlockRef> some() {
        List<BlockRef> some = new ArrayList<>();
        int index = 0;
        int step = 1;
        int due = 0;
        for (Map.Entry<BigInteger, Read> read : blocks.descendingMap().entrySet()) {
            if (index++ == due) {
                some.add(0, new BlockRef(read.getKey(), read.getValue().hash()));
                due += step;
                step = Math.min(LONGEST_STEP, step * 2);
            }
        }
        return some;
    }
}
