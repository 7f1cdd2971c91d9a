// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The chain itself, in memory: accepts transactions, makes blocks on request, answers queries. Safe for use by several
 * threads; what takes long, decoding and recovering signatures, happens outside its lock.
 */
public final class Ledger {
    private final LedgerSettings settings;
    private final TransactionExecutor executor;
    private final ReentrantLock lock = new ReentrantLock();
    private final BlockChain chain = new BlockChain();
    private final StateHistory history = new StateHistory();
    private final TransactionPool pool = new TransactionPool();
    private final BlockMaker maker;
    private final List<LedgerListener> listeners = new CopyOnWriteArrayList<>();
    private boolean paused;

    /**
     * Makes block 0.
     *
     * @param contracts what has code, by address
     * @param clock gives the blocks their time
     */
    public Ledger(LedgerSettings settings, Map<String, Contract> contracts, Clock clock) {
        this.settings = settings;
        this.executor = new TransactionExecutor(contracts, settings.miner());
        this.maker = new BlockMaker(settings, clock, executor, chain, history, pool);
        State genesis = history.at(-1);
        settings.genesis().forEach(genesis::credit);
        // As since EIP-161 a contract's nonce begins with 1.
        contracts.keySet().forEach(address -> genesis.putAccount(address, new Account(1, genesis.balance(address))));
        maker.genesis(genesis);
    }

    public LedgerSettings settings() {
        return settings;
    }

    /** Reports changes to a listener from now on. */
    public void listen(LedgerListener listener) {
        listeners.add(listener);
    }

    /**
     * Takes a signed transaction into the pool, and with automine into a block.
     *
     * @return the transaction, decoded
     * @throws TransactionRefusedException when it can never be mined, or not without giving more for it
     */
    public Transaction submit(String raw) {
        return submit(TransactionReader.read(raw));
    }

    /**
     * Takes a transaction as {@link #submit(String)} does, without a look at its signature: for senders of this JVM, where
     * load counts and proof does not.
     *
     * @return the transaction, decoded
     * @throws TransactionRefusedException when it can never be mined, or not without giving more for it
     */
    public Transaction submitFrom(String sender, String raw) {
        return submit(TransactionReader.readFrom(sender, raw));
    }

    private Transaction submit(Transaction transaction) {
        return locked(() -> {
            check(transaction);
            pool.add(transaction);
            listeners.forEach(listener -> listener.waiting(transaction));
            mineIfDue();
            return transaction;
        });
    }

    /**
     * Checks a signed transaction as {@link #submit} does, and forgets it.
     *
     * @return the transaction, decoded
     * @throws TransactionRefusedException when it can never be mined
     */
    public Transaction examine(String raw) {
        Transaction transaction = TransactionReader.read(raw);
        return locked(() -> {
            check(transaction);
            return transaction;
        });
    }

    private void check(Transaction transaction) {
        Account sender = state().account(transaction.from());
        TransactionRules.check(transaction, sender, maker.baseFee(), settings);
    }

    /** Makes a block of the waiting transactions, also when there are none. */
    public Block mine() {
        return locked(this::makeBlock);
    }

    private Block makeBlock() {
        Block block = maker.make();
        listeners.forEach(listener -> listener.blocks(List.of(), List.of(block)));
        return block;
    }

    /** Makes a block of the waiting transactions, also when there are none, unless the blocks are paused. */
    public void mineUnlessPaused() {
        locked(() -> paused ? chain.head() : makeBlock());
    }

    /** Makes no more blocks but by {@link #mine}. */
    public void pause() {
        locked(() -> paused = true);
    }

    /** Ends a pause; with automine what has come meanwhile is mined. */
    public void resume() {
        locked(() -> {
            paused = false;
            return mineIfDue();
        });
    }

    private boolean mineIfDue() {
        // A transaction that waits for another's nonce makes no block.
        boolean due = settings.automine() && !paused && maker.hasWork();
        if (due) {
            makeBlock();
        }
        return due;
    }

    /**
     * Replaces blocks by others; readers see either all of the change or nothing.
     *
     * @param spared transactions that are mined again even where the others are dropped
     * @throws IllegalArgumentException if there are fewer blocks above block 0, or if fewer are kept
     */
    public void reorganise(Reorg reorg, Predicate<Transaction> spared) {
        locked(() -> {
            long ancestor = chain.head().number() - reorg.depth();
            List<Block> removed = new ArrayList<>(chain.range(ancestor + 1, Long.MAX_VALUE));
            maker.reorganise(reorg, spared);
            Collections.reverse(removed);
            List<Block> added = chain.range(ancestor + 1, Long.MAX_VALUE);
            listeners.forEach(listener -> listener.blocks(removed, added));
            return chain.head();
        });
    }

    /**
     * Drops a waiting transaction without an error.
     *
     * @return whether it waited
     */
    public boolean drop(String hash) {
        return locked(() -> {
            Optional<Transaction> waiting = pool.find(hash);
            waiting.ifPresent(pool::remove);
            return waiting.isPresent();
        });
    }

    /** The base fee of the next block in wei per gas. */
    public BigInteger baseFee() {
        return locked(maker::baseFee);
    }

    /** The state of the newest block; changes to it go nowhere until they are sealed. */
    private State state() {
        return history.at(chain.head().number());
    }

    /**
     * Executes a call on the state after a block without changing anything.
     *
     * @throws TransactionRefusedException when the caller does not have the value, or the gas limit is below the least
     * @throws UnknownStateException when the block's state is no longer or not yet known
     */
    public CallResult call(CallRequest call, long blockNumber) {
        long intrinsicGas = TransactionExecutor.intrinsicGas(call.data());
        return locked(() -> {
            State state = stateAt(blockNumber);
            TransactionRules.check(call, intrinsicGas, state.balance(call.from()));
            if (!call.fundsChecked()) {
                state.credit(call.from(), call.value());
            }
            BlockHeader header = chain.block(blockNumber).orElseThrow().header();
            BlockContext context = new BlockContext(header.number(), header.timestamp(), header.parentHash());
            TransactionExecutor.Execution execution = executor.execute(state, context, call, intrinsicGas);
            return new CallResult(execution.succeeded(), execution.output(), execution.gasNeeded());
        });
    }

    /** Executes a call on the newest state, whichever block that is, as {@link #call(CallRequest, long)} does. */
    public CallResult call(CallRequest call) {
        return locked(() -> call(call, chain.head().number()));
    }

    private State stateAt(long blockNumber) {
        if (!history.knows(blockNumber)) {
            throw new UnknownStateException(blockNumber);
        }
        return history.at(blockNumber);
    }

    /** The newest block. */
    public Block head() {
        return locked(chain::head);
    }

    public Optional<Block> block(long number) {
        return locked(() -> chain.block(number));
    }

    public Optional<Block> block(String hash) {
        return locked(() -> chain.block(hash));
    }

    /** The blocks of a range, both ends included, as far as they exist. */
    public List<Block> blocks(long from, long to) {
        return locked(() -> chain.range(from, to));
    }

    /** The newest blocks in their order, the head last; fewer if the chain is shorter. */
    public List<Block> newest(int count) {
        return locked(() -> {
            long head = chain.head().number();
            return chain.range(head - count + 1, head);
        });
    }

    /** The last {@value BlockChain#KEPT_REPLACED} blocks that reorganisations replaced, those of the latest one last. */
    public List<Block> replaced() {
        return locked(chain::replaced);
    }

    /** How many transactions wait for a block. */
    public int waiting() {
        return locked(pool::size);
    }

    /** Whether {@link #pause} was called, and {@link #resume} not since. */
    public boolean isPaused() {
        return locked(() -> paused);
    }

    /** Nonce and balance of an address at the newest block. */
    public Account account(String address) {
        return locked(() -> state().account(address));
    }

    /** A transaction that is in a block. */
    public Optional<MinedTransaction> transaction(String hash) {
        return locked(() -> chain.transaction(hash));
    }

    /** A transaction that waits for a block. */
    public Optional<Transaction> pendingTransaction(String hash) {
        return locked(() -> pool.find(hash));
    }

    /**
     * The balance of an address in wei after a block.
     *
     * @throws UnknownStateException when the block's state is no longer or not yet known
     */
    public BigInteger balance(String address, long blockNumber) {
        return locked(() -> stateAt(blockNumber).balance(address));
    }

    /**
     * The nonce of the address's next transaction after a block.
     *
     * @throws UnknownStateException when the block's state is no longer or not yet known
     */
    public long nonce(String address, long blockNumber) {
        return locked(() -> stateAt(blockNumber).account(address).nonce());
    }

    /** The nonce of the address's next transaction after those that wait already. */
    public long pendingNonce(String address) {
        return locked(() -> pool.nextNonce(address, state().account(address).nonce()));
    }

    /** The code at an address, {@code 0x} for none. */
    public String code(String address) {
        return executor.code(address);
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
