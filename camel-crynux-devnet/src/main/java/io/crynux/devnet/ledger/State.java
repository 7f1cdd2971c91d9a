// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of the world as one transaction or call sees them: those of a block, with changes on top that can be rolled
 * back to a checkpoint and that touch no one else. Not for use by several threads.
 */
public final class State {
    private record Undo(StateKey<?> key, boolean changedBefore, Object before) {}

    private final StateHistory history;
    private final long block;
    private final Map<StateKey<?>, Object> changes = new HashMap<>();
    private final List<Undo> journal = new ArrayList<>();

    State(StateHistory history, long block) {
        this.history = history;
        this.block = block;
    }

    /** The value of a key, if it has one. */
    @SuppressWarnings("unchecked") // put() is the only way in and binds the type of the value to the key
    public <V> Optional<V> get(StateKey<V> key) {
        Object value = changes.containsKey(key) ? changes.get(key) : history.get(key, block);
        return Optional.ofNullable((V) value);
    }

    /** Sets the value of a key. */
    public <V> void put(StateKey<V> key, V value) {
        change(key, value);
    }

    /** Takes the value of a key away. */
    public void remove(StateKey<?> key) {
        change(key, null);
    }

    private void change(StateKey<?> key, Object value) {
        journal.add(new Undo(key, changes.containsKey(key), changes.get(key)));
        changes.put(key, value);
    }

    /** A point to which {@link #rollback} can go back. */
    public int checkpoint() {
        return journal.size();
    }

    /** Undoes every change since the checkpoint. */
    public void rollback(int checkpoint) {
        for (int i = journal.size() - 1; i >= checkpoint; i--) {
            Undo undo = journal.remove(i);
            if (undo.changedBefore()) {
                changes.put(undo.key(), undo.before());
            } else {
                changes.remove(undo.key());
            }
        }
    }

    /** The balance of an address in wei. */
    public BigInteger balance(String address) {
        return account(address).balance();
    }

    /**
     * Moves wei from one account to another.
     *
     * @return false, and nothing has moved, when the balance does not suffice
     */
    public boolean transfer(String from, String to, BigInteger amount) {
        Account sender = account(from);
        if (sender.balance().compareTo(amount) < 0) {
            return false;
        }
        putAccount(from, sender.withBalance(sender.balance().subtract(amount)));
        credit(to, amount);
        return true;
    }

    void credit(String address, BigInteger amount) {
        if (amount.signum() != 0) {
            Account account = account(address);
            putAccount(address, account.withBalance(account.balance().add(amount)));
        }
    }

    Account account(String address) {
        return get(new Account.Key(address)).orElse(Account.EMPTY);
    }

    void putAccount(String address, Account account) {
        put(new Account.Key(address), account);
    }

    /** What has changed against the block; a null value is a removal. */
    Map<StateKey<?>, Object> changes() {
        return changes;
    }
}
