// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.ledger;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/**
 * Balances and movements. As the real Relay, it has each balance twice: the one in memory, which payments are checked against
 * and which the balance call shows, and the stored one, which follows when movements are booked, some time later. A restart
 * takes the stored ones into memory; what was not booked then is missing there until the next restart (relay.md, section 11).
 * Movements are in the list once they are booked. Not thread-safe: used with the network's lock.
 */
public final class Accounts {
    private final Map<String, BigInteger> stored;
    private final Map<String, BigInteger> shown;
    private final Map<String, List<LedgerRow>> booked;
    private final Deque<LedgerRow> unbooked;
    private final List<Deposit> deposits;
    private long ids;

    public Accounts() {
        stored = new HashMap<>();
        shown = new HashMap<>();
        booked = new HashMap<>();
        unbooked = new ArrayDeque<>();
        deposits = new ArrayList<>();
    }

    private Accounts(Accounts other) {
        stored = new HashMap<>(other.stored);
        shown = new HashMap<>(other.shown);
        booked = new HashMap<>();
        other.booked.forEach((address, rows) -> booked.put(address, new ArrayList<>(rows)));
        unbooked = new ArrayDeque<>(other.unbooked);
        deposits = new ArrayList<>(other.deposits);
        ids = other.ids;
    }

    /** A copy that lives on its own. */
    public Accounts copy() {
        return new Accounts(this);
    }

    /** What the balance call shows, in wei. */
    public BigInteger balance(String address) {
        return shown.getOrDefault(address, BigInteger.ZERO);
    }

    /** What the account really has: the stored balance with all that is not booked yet, in wei. */
    public BigInteger trueBalance(String address) {
        return unbooked.stream()
                .filter(row -> row.address().equals(address))
                .map(LedgerRow::change)
                .reduce(stored.getOrDefault(address, BigInteger.ZERO), BigInteger::add);
    }

    /** Moves money of a task. Whoever pays has been asked for the balance before. */
    public void move(LedgerRow.Type type, String address, BigInteger amount, String commitment, Instant now) {
        LedgerRow row = new LedgerRow(++ids, now, address, amount, type, commitment);
        unbooked.add(row);
        shown.merge(address, row.change(), BigInteger::add);
    }

    /** Makes the balance call show more than there is, until the next restart. */
    public void showTooMuch(String address, BigInteger amount) {
        shown.merge(address, amount, BigInteger::add);
    }

    /** Credits money from a chain; it is on the balance at once. */
    public void deposit(String address, BigInteger amount, Instant now) {
        long id = deposits.size() + 1L;
        String transaction = Numeric.toHexString(
                Hash.sha3(ByteBuffer.allocate(Long.BYTES).putLong(id).array()));
        deposits.add(new Deposit(id, now, address, amount, transaction));
        stored.merge(address, amount, BigInteger::add);
        shown.merge(address, amount, BigInteger::add);
    }

    /** Books the movements until that time: they are in the list then. */
    public void book(Instant until) {
        while (!unbooked.isEmpty() && !unbooked.peek().at().isAfter(until)) {
            LedgerRow row = unbooked.poll();
            stored.merge(row.address(), row.change(), BigInteger::add);
            booked.computeIfAbsent(row.address(), any -> new ArrayList<>()).add(row);
        }
    }

    /** What a restart of the Relay does: memory takes the stored balances. */
    public void reload() {
        shown.clear();
        shown.putAll(stored);
    }

    /** The booked movements of an account, oldest first. */
    public List<LedgerRow> movements(String address) {
        return booked.getOrDefault(address, List.of());
    }

    /** All movements of an account, booked or not, oldest first. */
    public List<LedgerRow> allMovements(String address) {
        List<LedgerRow> rows = new ArrayList<>(movements(address));
        unbooked.stream().filter(row -> row.address().equals(address)).forEach(rows::add);
        return rows;
    }

    /** The deposits of an account, oldest first. */
    public List<Deposit> deposits(String address) {
        return deposits.stream()
                .filter(deposit -> deposit.address().equals(address))
                .toList();
    }
}
