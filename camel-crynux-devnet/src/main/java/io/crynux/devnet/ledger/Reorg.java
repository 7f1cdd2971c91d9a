// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

/**
 * A reorganisation of the chain: the newest blocks are replaced by others.
 *
 * @param depth number of blocks that are replaced, at least 1
 * @param newBlocks number of new blocks, at least 1; fewer than {@code depth} make the chain shorter
 * @param transactions what happens to the transactions of the replaced blocks
 */
public record Reorg(int depth, int newBlocks, Transactions transactions) {

    /** What happens to the transactions of the replaced blocks. */
    public enum Transactions {
        /** The first new blocks have them, in their old order. */
        MINED_AGAIN,
        /**
         * The first new blocks have them in reverse order, as far as the nonces of each sender allow. Tasks of different
         * senders change their ids.
         */
        MINED_IN_REVERSE,
        /** They return to the pool, and the new blocks are empty. */
        PENDING,
        /** They are dropped, as if they had never been sent. */
        DROPPED
    }

    public Reorg {
        if (depth < 1) {
            throw new IllegalArgumentException("depth must be at least 1: " + depth);
        }
        if (newBlocks < 1) {
            throw new IllegalArgumentException("newBlocks must be at least 1: " + newBlocks);
        }
    }

    /** Replaces blocks by one more; the transactions are mined again in their old order. */
    public static Reorg of(int depth) {
        return new Reorg(depth, depth + 1, Transactions.MINED_AGAIN);
    }

    /** The same with {@link Transactions#MINED_IN_REVERSE}. */
    public Reorg reversed() {
        return new Reorg(depth, newBlocks, Transactions.MINED_IN_REVERSE);
    }

    /** The same with {@link Transactions#PENDING}. */
    public Reorg pending() {
        return new Reorg(depth, newBlocks, Transactions.PENDING);
    }

    /** The same with {@link Transactions#DROPPED}. */
    public Reorg dropping() {
        return new Reorg(depth, newBlocks, Transactions.DROPPED);
    }

    /** The same with that many new blocks. */
    public Reorg withNewBlocks(int count) {
        return new Reorg(depth, count, transactions);
    }
}
