// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.relaynet.RelayNetwork;
import io.crynux.devnet.relaynet.ledger.LedgerRow;
import io.crynux.devnet.relaynet.task.RelayTask;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All money of a network at one moment: what was deposited, what was moved, and what must have been moved by the states of the
 * tasks. Each fee is reserved, paid or refunded, exactly one of these, and no coin appears or disappears.
 *
 * @param tasks all tasks
 * @param accounts by address with EIP-55 checksum, those of creators and nodes
 */
public record MoneyBooks(List<RelayTask> tasks, Map<String, Account> accounts) {
    /** Attempts to read a network that moves money meanwhile. */
    private static final int READS = 1000;

    public MoneyBooks {
        tasks = List.copyOf(tasks);
        accounts = Map.copyOf(accounts);
    }

    /**
     * One account.
     *
     * @param deposited what came from outside, in wei
     * @param balance what the account has now, in wei; the Relay's balance call may show another amount after a restart
     * @param movements payments, refunds and income, oldest first
     */
    public record Account(BigInteger deposited, BigInteger balance, List<LedgerRow> movements) {
        public Account {
            movements = List.copyOf(movements);
        }

        private BigInteger sum(LedgerRow.Type type) {
            return movements.stream()
                    .filter(row -> row.type() == type)
                    .map(LedgerRow::amount)
                    .reduce(BigInteger.ZERO, BigInteger::add);
        }
    }

    /**
     * Reads the books of a network.
     *
     * @param deposits of the creators by their addresses, in wei; nodes have none
     */
    public static MoneyBooks of(RelayNetwork network, Map<String, BigInteger> deposits) {
        MoneyBooks before = read(network, deposits);
        for (int i = 0; i < READS; i++) {
            MoneyBooks after = read(network, deposits);
            if (after.equals(before)) {
                return after;
            }
            before = after;
        }
        throw new AssertionError("The network's books change faster than they can be read");
    }

    private static MoneyBooks read(RelayNetwork network, Map<String, BigInteger> deposits) {
        Set<String> addresses = new HashSet<>(deposits.keySet());
        network.nodes().forEach(node -> addresses.add(node.address()));
        return new MoneyBooks(
                network.tasks(),
                addresses.stream()
                        .collect(Collectors.toMap(
                                Function.identity(),
                                address -> new Account(
                                        deposits.getOrDefault(address, BigInteger.ZERO),
                                        network.balance(address),
                                        network.movements(address)))));
    }

    /** Fees of a creator. */
    public Fees fees(String creator) {
        return Fees.of(tasks.stream()
                .filter(task -> task.order().creator().equals(creator))
                .toList());
    }

    /** Fees of all creators. */
    public Fees fees() {
        return Fees.of(tasks);
    }

    /**
     * Fails with everything that is wrong.
     *
     * @param when names the moment in the failure
     */
    public void assertSound(String when) {
        assertThat(violations()).as(when).isEmpty();
    }

    /** What is wrong, a sentence each. */
    List<String> violations() {
        List<String> found = new ArrayList<>();
        Map<String, List<LedgerRow>> byTask = accounts.values().stream()
                .flatMap(account -> account.movements().stream())
                .collect(Collectors.groupingBy(LedgerRow::commitment));
        accounts.forEach((address, account) -> checkAccount(address, account, found));
        tasks.forEach(task -> checkTask(task, byTask.getOrDefault(task.commitment(), List.of()), found));
        Set<String> known = tasks.stream().map(RelayTask::commitment).collect(Collectors.toSet());
        byTask.keySet().stream()
                .filter(commitment -> !known.contains(commitment))
                .forEach(commitment -> found.add("money moved for " + commitment + ", which is not a task"));
        checkSums(found);
        return found;
    }

    private void checkAccount(String address, Account account, List<String> found) {
        BigInteger balance = account.deposited();
        long lastId = 0;
        for (LedgerRow row : account.movements()) {
            balance = balance.add(row.change());
            if (balance.signum() < 0) {
                found.add(address + " is overdrawn by " + row);
            }
            if (row.id() <= lastId
                    || !row.address().equals(address)
                    || row.amount().signum() < 0) {
                found.add(row + " is not a row of " + address + " after id " + lastId);
            }
            lastId = row.id();
        }
        if (!balance.equals(account.balance())) {
            found.add(address + " has " + account.balance() + ", its movements give " + balance);
        }
        Fees fees = fees(address);
        if (!account.sum(LedgerRow.Type.PAYMENT).equals(fees.spent().add(fees.refunded()))
                || !account.sum(LedgerRow.Type.REFUND).equals(fees.refunded())) {
            found.add(address + " paid " + account.sum(LedgerRow.Type.PAYMENT) + " and got "
                    + account.sum(LedgerRow.Type.REFUND) + " back, its tasks say " + fees);
        }
    }

    private static void checkTask(RelayTask task, List<LedgerRow> rows, List<String> found) {
        String creator = task.order().creator();
        BigInteger fee = task.order().fee();
        List<LedgerRow> payments = of(rows, LedgerRow.Type.PAYMENT);
        List<LedgerRow> refunds = of(rows, LedgerRow.Type.REFUND);
        int expectedRefunds = FeeState.of(task) == FeeState.REFUNDED ? 1 : 0;
        if (payments.size() != 1 || refunds.size() != expectedRefunds) {
            found.add(task + " has " + payments.size() + " payments and " + refunds.size() + " refunds");
        }
        for (LedgerRow row : rows) {
            boolean creators = row.type() != LedgerRow.Type.INCOME;
            if (creators && (!row.amount().equals(fee) || !row.address().equals(creator))) {
                found.add(task + " with a fee of " + fee + " has " + row);
            }
        }
        List<LedgerRow> incomes = of(rows, LedgerRow.Type.INCOME);
        BigInteger income = incomes.stream().map(LedgerRow::amount).reduce(BigInteger.ZERO, BigInteger::add);
        if (!possibleIncomes(task).contains(income) || incomes.size() > 3) {
            found.add(
                    task + " with a fee of " + fee + " gave its nodes " + income + " in " + incomes.size() + " parts");
        }
    }

    /** What the nodes together can have got for a task. */
    private static Collection<BigInteger> possibleIncomes(RelayTask task) {
        BigInteger fee = task.order().fee();
        return switch (task.status()) {
            case END_SUCCESS -> Set.of(fee);
            // Nothing for a task that was validated alone and has the task id of others.
            case END_GROUP_SUCCESS -> List.of(fee, BigInteger.ZERO);
            case END_ABORTED -> Set.of(FeeState.of(task) == FeeState.PAID ? fee : BigInteger.ZERO);
            default -> Set.of(BigInteger.ZERO);
        };
    }

    /** Deposits are what all have, what is reserved, and the fees of ended tasks that nobody got. */
    private void checkSums(List<String> found) {
        BigInteger deposited = sum(Account::deposited);
        BigInteger balances = sum(Account::balance);
        Fees fees = fees();
        BigInteger ownerless = fees.paid().subtract(sum(account -> account.sum(LedgerRow.Type.INCOME)));
        BigInteger accounted = balances.add(fees.reserved()).add(ownerless);
        if (!deposited.equals(accounted) || ownerless.signum() < 0) {
            found.add("deposits of " + deposited + " became " + balances + " on accounts, " + fees.reserved()
                    + " reserved and " + ownerless + " that nobody got");
        }
    }

    private BigInteger sum(Function<Account, BigInteger> part) {
        return accounts.values().stream().map(part).reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static List<LedgerRow> of(List<LedgerRow> rows, LedgerRow.Type type) {
        return rows.stream().filter(row -> row.type() == type).toList();
    }
}
