// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import io.crynux.client.journal.Payment;
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
final class PaymentsInFlight {
    /** More than a reorganisation takes back, or is paid while a balance is taken for known. */
    private static final int REMEMBERED = 1_024;

    private final TreeMap<BigInteger, BigInteger> mostCostByNonce = new TreeMap<>();
    private final Map<BigInteger, Instant> since = new HashMap<>();
    private final Clock clock;
    private BigInteger nextOnChain;

    PaymentsInFlight(Clock clock) {
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
    }

    /** The chain's newest block has been seen; the wallet's next nonce is that. */
    synchronized void onNextNonce(BigInteger nonce) {
        nextOnChain = nonce;
        mostCostByNonce
                .headMap(nonce.subtract(BigInteger.valueOf(REMEMBERED)), true)
                .clear();
        since.keySet().retainAll(mostCostByNonce.keySet());
    }

    /** The wallet's next nonce by the newest block seen; null before there was any. */
    synchronized BigInteger nextOnChain() {
        return nextOnChain;
    }

    /** How many payments are in no block, as far as is known. */
    synchronized int count() {
        return nextOnChain == null
                ? mostCostByNonce.size()
                : mostCostByNonce.tailMap(nextOnChain, true).size();
    }

    /** Since when the payment whose turn it is has been on its way, as far as this process knows; null when all are in blocks. */
    synchronized Instant firstSince() {
        BigInteger first = mostCostByNonce.isEmpty()
                ? null
                : nextOnChain == null ? mostCostByNonce.firstKey() : mostCostByNonce.ceilingKey(nextOnChain);
        return first == null ? null : since.get(first);
    }

    /** The most that payments with that nonce and higher ones take out of the wallet. */
    synchronized BigInteger mostCostFrom(BigInteger nonce) {
        return mostCostByNonce.tailMap(nonce, true).values().stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** The lowest nonce from that one on that neither a block nor a payment in flight uses. */
    synchronized BigInteger freeFrom(BigInteger nonce) {
        BigInteger free = nextOnChain == null ? nonce : nonce.max(nextOnChain);
        return mostCostByNonce.isEmpty()
                ? free
                : free.max(mostCostByNonce.lastKey().add(BigInteger.ONE));
    }
}
