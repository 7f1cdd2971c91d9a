// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

/**
 * A reorganisation of the chain: the newest blocks are taken back and others stand in their places.
 *
 * @param depth how many blocks are taken back, at least 1
 * @param newBlocks how many blocks are made instead, at least 1; fewer than {@code depth} leave a shorter chain
 * @param transactions what becomes of the transactions of the blocks taken back
 */
public record Reorg(int depth, int newBlocks, Transactions transactions) {

    /** What becomes of the transactions of the blocks taken back. */
    public enum Transactions {
        /** They are in the first new blocks, in their old order. */
        MINED_AGAIN,
        /**
         * They are in the first new blocks, the last one first, as far as the nonces of one sender allow: where two senders
         * created a task each, the tasks change their ids.
         */
        MINED_IN_REVERSE,
        /** They wait, and the new blocks are empty. */
        PENDING,
        /** They are gone, as if they had never been sent. */
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

    /** Takes back that many blocks and makes one more; the transactions are mined again in their old order. */
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
