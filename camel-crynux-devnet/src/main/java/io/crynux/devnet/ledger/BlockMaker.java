// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes blocks of the waiting transactions, and replaces blocks. Not thread-safe. */
final class BlockMaker {
    private final LedgerSettings settings;
    private final Clock clock;
    private final TransactionExecutor executor;
    private final BlockChain chain;
    private final StateHistory history;
    private final TransactionPool pool;
    private long branch;

    BlockMaker(
            LedgerSettings settings,
            Clock clock,
            TransactionExecutor executor,
            BlockChain chain,
            StateHistory history,
            TransactionPool pool) {
        this.settings = settings;
        this.clock = clock;
        this.executor = executor;
        this.chain = chain;
        this.history = history;
        this.pool = pool;
    }

    /** Makes block 0 of a state. */
    void genesis(State state) {
        seal(state, new Tally(), clock.instant().getEpochSecond());
    }

    /** The base fee of the next block. */
    BigInteger baseFee() {
        return BaseFee.after(chain.head(), settings);
    }

    /** Whether a block would have a transaction. */
    boolean hasWork() {
        State state = history.at(chain.head().number());
        return next(pool.turns(state, baseFee()), new Tally()).isPresent();
    }

    /** Makes a block of the waiting transactions, also when there are none. */
    Block make() {
        return make(true);
    }

    private Block make(boolean withTransactions) {
        Block parent = chain.head();
        long timestamp = Math.max(parent.timestamp(), clock.instant().getEpochSecond());
        BlockContext context = new BlockContext(parent.number() + 1, timestamp, parent.hash());
        State state = history.at(parent.number());
        Tally tally = new Tally();
        TransactionPool.Turns turns = pool.turns(state, baseFee());
        Optional<Transaction> next = withTransactions ? next(turns, tally) : Optional.empty();
        while (next.isPresent()) {
            Transaction transaction = next.get();
            pool.remove(transaction);
            // What was enough when the transaction came may have been spent since; such a transaction is dropped.
            if (state.balance(transaction.from()).compareTo(transaction.maxCost()) >= 0) {
                executor.apply(state, context, transaction, baseFee(), tally);
            }
            turns.enter(transaction.from());
            next = next(turns, tally);
        }
        return seal(state, tally, timestamp);
    }

    private Optional<Transaction> next(TransactionPool.Turns turns, Tally tally) {
        BigInteger baseFee = baseFee();
        long gasLeft = settings.blockGasLimit() - tally.gasUsed();
        return turns.next(transaction ->
                transaction.gasLimit() <= gasLeft && transaction.maxFeePerGas().compareTo(baseFee) >= 0);
    }

    private Block seal(State state, Tally tally, long timestamp) {
        Block parent = chain.isEmpty() ? null : chain.head();
        Block block = tally.block(parent, StateDigest.of(parent, state.changes()), timestamp, branch, settings);
        history.seal(block.number(), state.changes());
        chain.append(block);
        return block;
    }

    /**
     * Replaces blocks by others.
     *
     * @param spared transactions that are mined again even where the others are dropped
     * @throws IllegalArgumentException if there are fewer blocks, or if their states are no longer kept
     */
    void reorganise(Reorg reorg, Predicate<Transaction> spared) {
        long ancestor = chain.head().number() - reorg.depth();
        if (!history.knows(ancestor)) {
            throw new IllegalArgumentException("Cannot revert " + reorg.depth() + " blocks of "
                    + chain.head().number() + ": at most " + StateHistory.KEPT_BLOCKS + ", and not block 0");
        }
        List<Transaction> removed = new ArrayList<>();
        for (Block block : chain.truncate(ancestor)) {
            block.receipts().forEach(receipt -> removed.add(receipt.transaction()));
        }
        history.truncate(ancestor);
        if (reorg.transactions() == Reorg.Transactions.DROPPED) {
            removed.removeIf(spared.negate());
        } else if (reorg.transactions() == Reorg.Transactions.MINED_IN_REVERSE) {
            Collections.reverse(removed);
        }
        pool.restore(removed);
        // Blocks of another branch have other hashes, even where they have the same transactions at the same second.
        branch++;
        for (int i = 0; i < reorg.newBlocks(); i++) {
            make(reorg.transactions() != Reorg.Transactions.PENDING);
        }
    }
}
