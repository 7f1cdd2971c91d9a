// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.engine;

import io.crynux.devnet.relaynet.ledger.LedgerRow;
import io.crynux.devnet.relaynet.node.RelayNode;
import io.crynux.devnet.relaynet.task.AbortReason;
import io.crynux.devnet.relaynet.task.RelayTask;
import io.crynux.devnet.relaynet.time.NetworkTime;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the operator of the Relay can do and see, without a request. Thread-safe. */
public final class RelayOperations {
    private static final BigInteger STAKE = BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(400));

    private final NetworkTime time;
    private final Database database;
    private final Settlement settlement;
    private final EventWriter events;
    private final NodeWork work;
    private final Dispatcher dispatcher;
    private final Deadlines deadlines;
    private final String issuer;

    RelayOperations(
            NetworkTime time,
            Database database,
            Settlement settlement,
            EventWriter events,
            NodeWork work,
            Dispatcher dispatcher,
            Deadlines deadlines,
            String issuer) {
        this.time = time;
        this.database = database;
        this.settlement = settlement;
        this.events = events;
        this.work = work;
        this.dispatcher = dispatcher;
        this.deadlines = deadlines;
        this.issuer = issuer;
    }

    private void run(Runnable action) {
        time.locked(() -> {
            action.run();
            return null;
        });
    }

    /** A back-up of the whole database. */
    public static final class Backup {
        private final Store store;

        private Backup(Store store) {
            this.store = store;
        }
    }

    /** Makes a back-up. */
    public Backup backup() {
        return time.locked(() -> new Backup(database.backup()));
    }

    /** Puts a back-up in place of what there is, as an operator does after a loss, and starts the Relay on it. */
    public void restore(Backup backup) {
        run(() -> {
            database.restore(backup.store);
            database.store().accounts().reload();
            work.resume();
        });
    }

    /**
     * What a start of the Relay does: balances are read from the database, where the last movements may be missing, and what is
     * old is purged.
     *
     * @param retention zero to purge nothing
     */
    public void startAgain(Duration retention) {
        run(() -> {
            database.store().accounts().reload();
            purge(retention);
        });
    }

    /** Deletes ended tasks that have not changed for that time, and events that old; zero deletes nothing. */
    public void purge(Duration retention) {
        run(() -> {
            if (retention.isZero() || database.isAway()) {
                return;
            }
            Instant limit = time.now().minus(retention);
            List<RelayTask> old = database.store().tasks().stream()
                    .filter(task ->
                            task.status().isEnd() && task.times().updated().isBefore(limit))
                    .toList();
            old.forEach(database.store()::purge);
            database.store().events().purge(limit);
        });
    }

    /** Makes tasks and their events older, so that a purge finds them. */
    public void age(Set<String> commitments, Duration by) {
        run(() -> {
            commitments.forEach(commitment -> database.store().task(commitment).ifPresent(task -> database.store()
                    .put(task.updatedAt(task.times().updated().minus(by)))));
            database.store().events().age(commitments, at -> at.minus(by));
        });
    }

    /** Books payments, refunds and income until that time: they are in the list then. */
    public void book(Instant until) {
        run(() -> {
            if (!database.isAway()) {
                database.store().accounts().book(until);
            }
        });
    }

    /** Gives out the tasks that can start now; returns whether any did. */
    public boolean dispatch() {
        return time.locked(dispatcher::round);
    }

    /** Ends the tasks whose time is up. */
    public void enforceDeadlines() {
        run(() -> {
            deadlines.enforce();
            work.forgetEnded();
        });
    }

    /** Credits a deposit, in wei. */
    public void deposit(String address, BigInteger amount) {
        run(() -> database.store().accounts().deposit(address, amount, time.now()));
    }

    /** Switches the whitelist of creators on or off. */
    public void whitelist(boolean on) {
        run(() -> database.listedOnly(on));
    }

    /** Puts a creator on the whitelist, or takes it off. */
    public void listed(String address, boolean on) {
        run(() -> {
            if (on) {
                database.store().whitelist().add(address);
            } else {
                database.store().whitelist().remove(address);
            }
        });
    }

    /** Lets a node join. */
    public void join(RelayNode node) {
        run(() -> {
            database.store().put(node);
            events.joined(node);
        });
    }

    /** Throws a node out of the network; its task ends with a refund. */
    public void slash(String address) {
        run(() -> database.store().node(address).ifPresent(node -> {
            database.store()
                    .task(node.task())
                    .ifPresent(task -> settlement.abort(task, AbortReason.NODE_SLASHED, issuer));
            RelayNode gone = database.store().node(address).orElseThrow().gone();
            database.store().put(gone);
            events.quit(gone);
            events.slashed(gone, STAKE);
        }));
    }

    /** All tasks, in the order of their creation. */
    public List<RelayTask> tasks() {
        return time.locked(() -> database.store().tasks().stream()
                .sorted(Comparator.comparing(RelayTask::sequence))
                .toList());
    }

    /** The task with that commitment. */
    public Optional<RelayTask> task(String commitment) {
        return time.locked(() -> database.store().task(commitment));
    }

    /** When a task ends if nothing happens; empty once it has ended. */
    public Optional<Instant> deadline(String commitment) {
        return time.locked(() -> database.store()
                .task(commitment)
                .filter(task -> !task.status().isEnd())
                .map(task -> deadlines.of(task).at()));
    }

    /** The tasks whose ids were revealed, by task id: groups have more than one. */
    public Collection<List<RelayTask>> groups() {
        return time.locked(() -> database.store().tasks().stream()
                .filter(task -> task.taskId().isPresent())
                .sorted(Comparator.comparing(RelayTask::sequence))
                .collect(Collectors.groupingBy(task -> task.taskId().orElseThrow()))
                .values()
                .stream()
                .filter(group -> group.size() > 1)
                .toList());
    }

    /** All nodes, also those that have left. */
    public List<RelayNode> nodes() {
        return time.locked(() -> List.copyOf(database.store().nodes()));
    }

    /** What an account really has, in wei; the balance call can differ. */
    public BigInteger balance(String address) {
        return time.locked(() -> database.store().accounts().trueBalance(address));
    }

    /** All movements of an account, booked or not, oldest first. */
    public List<LedgerRow> movements(String address) {
        return time.locked(() -> database.store().accounts().allMovements(address));
    }

    /** The result files of a task, whatever its state. */
    public List<byte[]> files(String commitment) {
        return time.locked(() -> database.store().files(commitment));
    }
}
