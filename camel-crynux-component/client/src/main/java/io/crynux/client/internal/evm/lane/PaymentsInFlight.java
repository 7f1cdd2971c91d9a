// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.lane;

import io.crynux.client.internal.evm.Payment;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which nonces of the wallet our payments use, and what each may take out of the wallet at most. What is in blocks is
 * remembered for a while, since a reorganisation can take it out again. Thread-safe.
 */
public final class PaymentsInFlight {
    /** So often a node that is only behind does not tell less than was known, one look after the other. */
    private static final int LOOKS = 20;

    /** More than a reorganisation reverts, or is paid while a balance is cached. */
    private static final int REMEMBERED = 1_024;

    private final TreeMap<BigInteger, BigInteger> mostCostByNonce = new TreeMap<>();
    private final Map<BigInteger, Instant> since = new HashMap<>();
    /** What the node said against payments that are in no block. */
    private final Map<BigInteger, String> objections = new HashMap<>();

    private final Clock clock;
    private BigInteger nextOnChain;
    /** The highest that it was, until it has been lower for so many looks that a reorganisation must be the reason. */
    private BigInteger highestOnChain = BigInteger.ZERO;
    /** How many looks in a row it has been lower. */
    private int lower;

    public PaymentsInFlight(Clock clock) {
        this.clock = clock;
    }

    /** A payment, or another variant of one, may be known to the network from now on. */
    synchronized void add(Payment payment) {
        since.putIfAbsent(payment.nonce(), clock.instant());
        mostCostByNonce.merge(payment.nonce(), PaymentContent.of(payment).mostCost(), BigInteger::max);
    }

    /** The network does not know the payment, nor a variant of it. */
    synchronized void remove(BigInteger nonce) {
        mostCostByNonce.remove(nonce);
        since.remove(nonce);
        objections.remove(nonce);
    }

    /** The chain's newest block has been seen; the wallet's next nonce is that. */
    synchronized void onNextNonce(BigInteger nonce) {
        nextOnChain = nonce;
        lower = nonce.compareTo(highestOnChain) < 0 ? lower + 1 : 0;
        highestOnChain = lower > LOOKS ? nonce : highestOnChain.max(nonce);
        mostCostByNonce
                .headMap(nonce.subtract(BigInteger.valueOf(REMEMBERED)), true)
                .clear();
        since.keySet().retainAll(mostCostByNonce.keySet());
        objections.keySet().removeIf(used -> used.compareTo(nonce) < 0);
    }

    /** The node objected to a payment that may be known to the network all the same. */
    synchronized void objected(BigInteger nonce, String words) {
        objections.put(nonce, words);
    }

    /** The node took the payment when it was sent again. */
    public synchronized void taken(BigInteger nonce) {
        objections.remove(nonce);
    }

    /** What the node said against the payment with that nonce when it was sent; null where nothing. */
    public synchronized String objectionTo(BigInteger nonce) {
        return objections.get(nonce);
    }

    /** The wallet's next nonce by the newest block seen; null before there was any. */
    synchronized BigInteger nextOnChain() {
        return nextOnChain;
    }

    /** How many payments are in no block, as far as is known. */
    public synchronized int count() {
        return nextOnChain == null
                ? mostCostByNonce.size()
                : mostCostByNonce.tailMap(nextOnChain, true).size();
    }

    /** The lowest nonce of ours that is in no block, as far as is known; null when all are in blocks. */
    synchronized BigInteger first() {
        if (mostCostByNonce.isEmpty()) {
            return null;
        }
        return nextOnChain == null ? mostCostByNonce.firstKey() : mostCostByNonce.ceilingKey(nextOnChain);
    }

    /** Since when the payment whose turn it is has been on its way, as far as this process knows; null when all are in blocks. */
    public synchronized Instant firstSince() {
        BigInteger first = first();
        return first == null ? null : since.get(first);
    }

    /**
     * The lowest nonce from the chain's next one on that no payment of ours has although one has a higher nonce; null when
     * there is none. Nothing of ours after it can be mined. While a node is behind what was seen before, none is reported:
     * what a reorganisation took out comes back by itself.
     */
    public synchronized BigInteger missing() {
        if (nextOnChain == null || !nextOnChain.equals(highestOnChain)) {
            return null;
        }
        BigInteger expected = nextOnChain;
        for (BigInteger nonce : mostCostByNonce.tailMap(nextOnChain, true).keySet()) {
            if (!nonce.equals(expected)) {
                return expected;
            }
            expected = expected.add(BigInteger.ONE);
        }
        return null;
    }

    /** Whether neither a block nor a payment of ours uses that nonce. */
    synchronized boolean isFree(BigInteger nonce) {
        return !mostCostByNonce.containsKey(nonce) && (nextOnChain == null || nextOnChain.compareTo(nonce) <= 0);
    }

    /** The most that payments with that nonce and higher ones take out of the wallet. */
    public synchronized BigInteger mostCostFrom(BigInteger nonce) {
        return mostCostByNonce.tailMap(nonce, true).values().stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    /**
     * The nonce of the next payment: a missing one, where nobody's transaction is known to have it, else the lowest after
     * all that blocks and payments in flight use.
     *
     * @param pending how many transactions of the wallet the node counts, with those that are in no block
     */
    synchronized BigInteger freeFrom(BigInteger pending) {
        BigInteger missing = missing();
        if (missing != null && pending.compareTo(missing) <= 0) {
            return missing;
        }
        BigInteger free = nextOnChain == null ? pending : pending.max(nextOnChain);
        return mostCostByNonce.isEmpty()
                ? free
                : free.max(mostCostByNonce.lastKey().add(BigInteger.ONE));
    }
}
