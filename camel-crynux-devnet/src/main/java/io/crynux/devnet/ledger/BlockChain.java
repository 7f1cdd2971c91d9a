// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The blocks so far, with ways to find them and what is in them. */
final class BlockChain {
    /** Number of replaced blocks that are kept. */
    static final int KEPT_REPLACED = 64;

    private final List<Block> blocks = new ArrayList<>();
    private final Deque<Block> replaced = new ArrayDeque<>();
    private final Map<String, Block> byHash = new HashMap<>();
    private final Map<String, MinedTransaction> transactions = new HashMap<>();

    void append(Block block) {
        blocks.add(block);
        byHash.put(block.hash(), block);
        for (TransactionReceipt receipt : block.receipts()) {
            transactions.put(receipt.transaction().hash(), new MinedTransaction(block, receipt));
        }
    }

    /** Removes the blocks after the given one, and returns them in their order. */
    List<Block> truncate(long newest) {
        List<Block> end = blocks.subList((int) newest + 1, blocks.size());
        List<Block> removed = List.copyOf(end);
        end.clear();
        for (Block block : removed) {
            byHash.remove(block.hash());
            block.receipts()
                    .forEach(
                            receipt -> transactions.remove(receipt.transaction().hash()));
            replaced.addLast(block);
        }
        while (replaced.size() > KEPT_REPLACED) {
            replaced.removeFirst();
        }
        return removed;
    }

    /** The last blocks that {@link #truncate} has removed, in the order in which it did. */
    List<Block> replaced() {
        return List.copyOf(replaced);
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    Block head() {
        return blocks.get(blocks.size() - 1);
    }

    Optional<Block> block(long number) {
        return number >= 0 && number < blocks.size() ? Optional.of(blocks.get((int) number)) : Optional.empty();
    }

    Optional<Block> block(String hash) {
        return Optional.ofNullable(byHash.get(hash));
    }

    Optional<MinedTransaction> transaction(String hash) {
        return Optional.ofNullable(transactions.get(hash));
    }

    /** The blocks of a range, both ends included, as far as they exist. */
    List<Block> range(long from, long to) {
        int first = (int) Math.max(0, Math.min(from, blocks.size()));
        int end = (int) Math.max(first, Math.min(to, blocks.size() - 1L) + 1);
        return List.copyOf(blocks.subList(first, end));
    }
}
