// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import io.crynux.client.internal.evm.rpc.BlockHeader;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The newest blocks that were read, one after the other without a gap. Used by one poll after the other. */
final class SeenBlocks {
    /** How far back a reorganisation can be followed. */
    static final int MOST = 256;

    /** The newest last. */
    private final Deque<BlockHeader> blocks = new ArrayDeque<>();

    private int before;
    private boolean forgot;

    BlockHeader newest() {
        return blocks.getLast();
    }

    BigInteger oldest() {
        return blocks.getFirst().number();
    }

    Optional<BlockHeader> at(BigInteger number) {
        return blocks.stream().filter(block -> block.number().equals(number)).findFirst();
    }

    /** The highest number at which the same block was read as is among these, which are in order. */
    Optional<BigInteger> lastIn(List<BlockHeader> chain) {
        return chain.stream()
                .filter(block -> at(block.number())
                        .filter(read -> read.hash().equals(block.hash()))
                        .isPresent())
                .map(BlockHeader::number)
                .reduce((lower, higher) -> higher);
    }

    /** All, in their order, but for the oldest one, with which reading began. */
    List<BlockHeader> all() {
        return blocks.stream().skip(1).toList();
    }

    /** Those from that number on, in their order; never the oldest one, with which reading began. */
    List<BlockHeader> from(BigInteger number) {
        return blocks.stream()
                .skip(1)
                .filter(block -> block.number().compareTo(number) >= 0)
                .toList();
    }

    /**
     * Begins anew, with a block that does not follow those before.
     *
     * @param readBefore whether blocks before it were read too, so that it is of no use to begin before it
     */
    void restartAt(BlockHeader first, boolean readBefore) {
        blocks.clear();
        before = 0;
        forgot = readBefore;
        blocks.addLast(first);
    }

    void add(BlockHeader newest) {
        blocks.addLast(newest);
        if (blocks.size() > MOST) {
            blocks.removeFirst();
            forgot = true;
        }
    }

    /** Adds the block before the oldest one, where that one was the first to be read and was reverted. */
    void addBefore(BlockHeader older) {
        before++;
        blocks.addFirst(older);
    }

    /** Whether older blocks were read too, and are forgotten. */
    boolean hasForgotten() {
        return forgot;
    }

    /** Whether it is of use to look at what was before the oldest one. */
    boolean mayLookBefore() {
        return !forgot && before < MOST && oldest().signum() > 0;
    }

    /** Removes all blocks from that number on, but never the oldest one; their hashes. */
    Set<String> removeFrom(BigInteger number) {
        Set<String> removed = new HashSet<>();
        while (blocks.size() > 1 && newest().number().compareTo(number) >= 0) {
            removed.add(blocks.removeLast().hash());
        }
        return removed;
    }
}
