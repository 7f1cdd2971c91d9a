// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.math.BigInteger;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The chain itself, in memory: takes transactions, makes blocks when told to, answers what is in them. Safe for use by several
 * threads; what takes long, decoding and recovering signatures, happens outside its lock.
 */
public final class Ledger {
    private final LedgerSettings settings;
    private final Clock clock;
    private final TransactionExecutor executor;
    private final ReentrantLock lock = new ReentrantLock();
    private final BlockChain chain = new BlockChain();
    private final StateHistory history = new StateHistory();
    private final TransactionPool pool = new TransactionPool();

    /**
     * Makes block 0.
     *
     * @param contracts what has code, by address
     * @param clock gives the blocks their time
     */
    public Ledger(LedgerSettings settings, Map<String, Contract> contracts, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.executor = new TransactionExecutor(contracts, settings.miner());
        State genesis = history.at(-1);
        settings.genesis().forEach(genesis::credit);
        // As since EIP-161 a contract's nonce begins with 1.
        contracts.keySet().forEach(address -> genesis.putAccount(address, new Account(1, genesis.balance(address))));
        seal(genesis, new Tally(), clock.instant().getEpochSecond());
    }

    public LedgerSettings settings() {
        return settings;
    }

    /**
     * Takes a signed transaction into the pool, and with automine into a block.
     *
     * @return the transaction, decoded
     * @throws TransactionRefusedException when it can never be mined, or not without giving more for it
     */
    public Transaction submit(String raw) {
        Transaction transaction = TransactionReader.read(raw);
        return locked(() -> {
            TransactionRules.check(transaction, state().account(transaction.from()), settings);
            pool.add(transaction);
            // A transaction that waits for another's nonce makes no block.
            if (settings.automine() && nextTransaction(state(), new Tally()).isPresent()) {
                makeBlock();
            }
            return transaction;
        });
    }

    /** Makes a block of the waiting transactions, also when there are none. */
    public Block mine() {
        return locked(this::makeBlock);
    }

    private Block makeBlock() {
        Block parent = chain.head();
        long timestamp = Math.max(parent.timestamp(), clock.instant().getEpochSecond());
        BlockContext context = new BlockContext(parent.number() + 1, timestamp, parent.hash());
        State state = state();
        Tally tally = new Tally();
        Optional<Transaction> next = nextTransaction(state, tally);
        while (next.isPresent()) {
            Transaction transaction = next.get();
            pool.remove(transaction);
            // What was enough when the transaction came may have been spent since; such a transaction is dropped.
            if (state.balance(transaction.from()).compareTo(transaction.maxCost()) >= 0) {
                executor.apply(state, context, transaction, settings.baseFee(), tally);
            }
            next = nextTransaction(state, tally);
        }
        return seal(state, tally, timestamp);
    }

    private Optional<Transaction> nextTransaction(State state, Tally tally) {
        long gasLeft = settings.blockGasLimit() - tally.gasUsed();
        return pool.best(state, settings.baseFee(), transaction -> transaction.gasLimit() <= gasLeft);
    }

    private Block seal(State state, Tally tally, long timestamp) {
        Block parent = chain.isEmpty() ? null : chain.head();
        Block block = tally.block(parent, StateDigest.of(parent, state.changes()), timestamp, settings);
        history.seal(block.number(), state.changes());
        chain.append(block);
        return block;
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
