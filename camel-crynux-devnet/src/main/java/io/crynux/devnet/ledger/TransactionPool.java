// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The transactions that wait for a block, by sender and nonce. */
final class TransactionPool {
    private static final BigInteger PERCENT = BigInteger.valueOf(100);
    /** By how much a replacement must raise both fees, in percent. */
    private static final BigInteger MIN_RAISE = BigInteger.valueOf(110);

    private record Waiting(Transaction transaction, long arrival) {}

    private final Map<String, NavigableMap<Long, Waiting>> bySender = new HashMap<>();
    private final Map<String, Transaction> byHash = new HashMap<>();
    private long arrivals;
    /** Counts down from zero: what was in a block before goes ahead of what never was. */
    private long restored;

    Optional<Transaction> find(String hash) {
        return Optional.ofNullable(byHash.get(hash));
    }

    int size() {
        return byHash.size();
    }

    void add(Transaction transaction) {
        if (byHash.containsKey(transaction.hash())) {
            throw new TransactionRefusedException(TransactionRefusedException.Reason.ALREADY_KNOWN, null);
        }
        NavigableMap<Long, Waiting> waiting = bySender.computeIfAbsent(transaction.from(), s -> new TreeMap<>());
        Waiting replaced = waiting.get(transaction.nonce());
        if (replaced != null) {
            if (!replaces(transaction, replaced.transaction())) {
                throw new TransactionRefusedException(TransactionRefusedException.Reason.REPLACEMENT_UNDERPRICED, null);
            }
            byHash.remove(replaced.transaction().hash());
        }
        waiting.put(transaction.nonce(), new Waiting(transaction, arrivals++));
        byHash.put(transaction.hash(), transaction);
    }

    /** Adds transactions of replaced blocks: they are mined before all others, in this order, whatever they pay. */
    void restore(List<Transaction> transactions) {
        restored -= transactions.size();
        long arrival = restored;
        for (Transaction transaction : transactions) {
            NavigableMap<Long, Waiting> waiting = bySender.computeIfAbsent(transaction.from(), s -> new TreeMap<>());
            waiting.put(transaction.nonce(), new Waiting(transaction, arrival++));
            byHash.put(transaction.hash(), transaction);
        }
    }

    private static boolean replaces(Transaction transaction, Transaction earlier) {
        return raised(transaction.maxFeePerGas(), earlier.maxFeePerGas())
                && raised(transaction.maxPriorityFeePerGas(), earlier.maxPriorityFeePerGas());
    }

    private static boolean raised(BigInteger fee, BigInteger earlier) {
        return fee.multiply(PERCENT).compareTo(earlier.multiply(MIN_RAISE)) >= 0;
    }

    void remove(Transaction transaction) {
        NavigableMap<Long, Waiting> waiting = bySender.get(transaction.from());
        if (waiting != null) {
            waiting.remove(transaction.nonce());
            if (waiting.isEmpty()) {
                bySender.remove(transaction.from());
            }
        }
        byHash.remove(transaction.hash());
    }

    /** The nonce that the sender's next transaction needs, when {@code next} is the chain's and none is left out. */
    long nextNonce(String sender, long next) {
        NavigableMap<Long, Waiting> waiting = bySender.get(sender);
        long nonce = next;
        while (waiting != null && waiting.containsKey(nonce)) {
            nonce++;
        }
        return nonce;
    }

    /** The transactions in the order in which a block takes them, which follows the senders' nonces in the state. */
    Turns turns(State state, BigInteger baseFee) {
        return new Turns(state, baseFee);
    }

    /**
     * Of the transactions whose turn it is always the one that pays the block most, the earliest of equals. One look at all
     * senders serves a whole block.
     */
    final class Turns {
        private final State state;
        private final PriorityQueue<Waiting> due;

        private Turns(State state, BigInteger baseFee) {
            this.state = state;
            this.due = new PriorityQueue<>((one, other) -> compare(one, other, baseFee));
            bySender.keySet().forEach(this::enter);
        }

        /** Whose nonce in the state has changed may have another transaction whose turn it is. */
        void enter(String sender) {
            NavigableMap<Long, Waiting> waiting = bySender.get(sender);
            if (waiting != null) {
                Waiting next = waiting.get(state.account(sender).nonce());
                if (next != null) {
                    due.add(next);
                }
            }
        }

        /** The next one; those that are not eligible do not come again. */
        Optional<Transaction> next(Predicate<Transaction> eligible) {
            while (!due.isEmpty()) {
                Transaction next = due.remove().transaction();
                if (eligible.test(next)) {
                    return Optional.of(next);
                }
            }
            return Optional.empty();
        }
    }

    private static int compare(Waiting one, Waiting other, BigInteger baseFee) {
        boolean restored = one.arrival() < 0 || other.arrival() < 0;
        int byPrice = restored
                ? 0
                : other.transaction()
                        .effectiveGasPrice(baseFee)
                        .compareTo(one.transaction().effectiveGasPrice(baseFee));
        return byPrice != 0 ? byPrice : Long.compare(one.arrival(), other.arrival());
    }
}
