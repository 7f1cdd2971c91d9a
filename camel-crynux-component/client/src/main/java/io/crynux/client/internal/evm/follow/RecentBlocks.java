// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import io.crynux.client.internal.contract.LoggedEvent;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * The newest blocks of the chain with the contract's events in them, one after the other without a gap, as they were at one
 * time. Immutable.
 */
public final class RecentBlocks {
    static final RecentBlocks NONE = new RecentBlocks(List.of());

    private final List<Block> blocks;

    /** A block and the contract's events in it, in order. */
    record Block(BlockRef ref, List<LoggedEvent> events) {}

    RecentBlocks(List<Block> blocks) {
        this.blocks = List.copyOf(blocks);
    }

    /** Whether nothing was read yet. */
    public boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** The newest one. */
    public BlockRef head() {
        return blocks.get(blocks.size() - 1).ref();
    }

    /** The number of the oldest one. */
    public BigInteger oldest() {
        return blocks.get(0).ref().number();
    }

    /** Whether a block of that number is among them. */
    public boolean has(BigInteger number) {
        return !isEmpty() && number.compareTo(oldest()) >= 0 && number.compareTo(head().number()) <= 0;
    }

    /** The block of that number, if it is among them. */
    public Optional<BlockRef> at(BigInteger number) {
        return has(number) ? Optional.of(block(number).ref()) : Optional.empty();
    }

    /** The events in the block of that number, which must be among them. */
    public List<LoggedEvent> events(BigInteger number) {
        return block(number).events();
    }

    private Block block(BigInteger number) {
        return blocks.get(number.subtract(oldest()).intValueExact());
    }
}
