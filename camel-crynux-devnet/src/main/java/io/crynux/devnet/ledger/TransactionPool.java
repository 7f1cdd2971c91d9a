// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The transactions that wait for a block, by sender and nonce. */
final class TransactionPool {
    private static final BigInteger PERCENT = BigInteger.valueOf(100);
    /** By how much a replacement must raise both fees, in percent. */
    private static final BigInteger LEAST_RAISE = BigInteger.valueOf(110);

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

    /** Takes transactions back that were in blocks: to be mined before all others, in this order, whatever they pay. */
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
        return fee.multiply(PERCENT).compareTo(earlier.multiply(LEAST_RAISE)) >= 0;
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

    /** Of the transactions whose turn it is the one that pays the block most, the earliest of equals. */
    Optional<Transaction> best(State state, BigInteger baseFee, Predicate<Transaction> eligible) {
        Waiting best = null;
        for (Map.Entry<String, NavigableMap<Long, Waiting>> entry : bySender.entrySet()) {
            Waiting candidate =
                    entry.getValue().get(state.account(entry.getKey()).nonce());
            if (candidate != null
                    && eligible.test(candidate.transaction())
                    && (best == null || better(candidate, best, baseFee))) {
                best = candidate;
            }
        }
        return Optional.ofNullable(best).map(Waiting::transaction);
    }

    private static boolean better(Waiting candidate, Waiting best, BigInteger baseFee) {
        if (candidate.arrival() < 0 || best.arrival() < 0) {
            return candidate.arrival() < best.arrival();
        }
        int byPrice = candidate
                .transaction()
                .effectiveGasPrice(baseFee)
                .compareTo(best.transaction().effectiveGasPrice(baseFee));
        return byPrice > 0 || (byPrice == 0 && candidate.arrival() < best.arrival());
    }
}
