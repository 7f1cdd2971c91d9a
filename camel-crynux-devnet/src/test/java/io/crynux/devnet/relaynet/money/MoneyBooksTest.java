// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.devnet.relaynet.arguments.Workload;
import io.crynux.devnet.relaynet.ledger.LedgerRow;
import io.crynux.devnet.relaynet.money.MoneyBooks.Account;
import io.crynux.devnet.relaynet.task.AbortReason;
import io.crynux.devnet.relaynet.task.RelayTask;
import io.crynux.devnet.relaynet.task.TaskOrder;
import io.crynux.devnet.relaynet.task.TaskStep;
import io.crynux.devnet.relaynet.task.TaskVersion;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Books in which money is missing, or is there twice, are found wrong. */
class MoneyBooksTest {
    private static final String CREATOR = "0xC0";
    private static final String NODE = "0xA0";
    private static final Instant NOW = Instant.EPOCH;

    private final RelayTask queued = RelayTask.created(1, order("0x01", 5), "0x00", NOW);
    private final RelayTask succeeded = queued.dispatched(NODE, 60, NOW)
            .scored("0x0123456789abcdef", NOW)
            .after(TaskStep.APPROVED, NOW)
            .after(TaskStep.UPLOADED, NOW);
    private final LedgerRow payment = row(1, CREATOR, 5, LedgerRow.Type.PAYMENT, "0x01");
    private final LedgerRow refund = row(2, CREATOR, 5, LedgerRow.Type.REFUND, "0x01");
    private final LedgerRow income = row(3, NODE, 5, LedgerRow.Type.INCOME, "0x01");

    @Test
    void aReservedFeeIsSound() {
        MoneyBooks books = books(List.of(queued), account(95, payment), account(0));

        books.assertSound("reserved");
        assertThat(books.fees(CREATOR)).isEqualTo(new Fees(wei(5), wei(0), wei(0)));
        assertThat(books.fees(NODE)).isEqualTo(new Fees(wei(0), wei(0), wei(0)));
    }

    @Test
    void aPaidFeeIsSound() {
        MoneyBooks books = books(List.of(succeeded), account(95, payment), account(5, income));

        books.assertSound("paid");
        assertThat(books.fees()).isEqualTo(new Fees(wei(0), wei(5), wei(0)));
        assertThat(books.fees().spent()).isEqualTo(5);
    }

    @Test
    void aRefundedFeeIsSound() {
        RelayTask cancelled = queued.aborted(AbortReason.CREATOR_CANCELLED, NOW);
        MoneyBooks books = books(List.of(cancelled), account(100, payment, refund), account(0));

        books.assertSound("refunded");
        assertThat(books.fees()).isEqualTo(new Fees(wei(0), wei(0), wei(5)));
    }

    @Test
    void aTaskThatNobodyPaidForIsFound() {
        assertWrong(books(List.of(queued), account(100), account(0)), "has 0 payments and 0 refunds");
    }

    @Test
    void aFeePaidTwiceIsFound() {
        LedgerRow again = row(2, CREATOR, 5, LedgerRow.Type.PAYMENT, "0x01");

        assertWrong(books(List.of(queued), account(90, payment, again), account(0)), "has 2 payments and 0 refunds");
    }

    @Test
    void anotherAmountIsFound() {
        LedgerRow more = row(1, CREATOR, 6, LedgerRow.Type.PAYMENT, "0x01");

        assertWrong(books(List.of(queued), account(94, more), account(0)), "with a fee of 5 has");
    }

    @Test
    void anotherPayerIsFound() {
        LedgerRow stranger = row(1, NODE, 5, LedgerRow.Type.PAYMENT, "0x01");

        assertWrong(books(List.of(queued), account(100), account(-5, stranger)), "with a fee of 5 has");
    }

    @Test
    void aRefundBeforeTheEndIsFound() {
        assertWrong(books(List.of(queued), account(100, payment, refund), account(0)), "has 1 payments and 1 refunds");
    }

    @Test
    void aRefundThatDoesNotComeIsFound() {
        RelayTask timedOut = queued.aborted(AbortReason.TIMEOUT, NOW);

        assertWrong(books(List.of(timedOut), account(95, payment), account(0)), "has 1 payments and 0 refunds");
    }

    @Test
    void aRefundOfATaskThatWasValidatedTooLateIsFound() {
        RelayTask late = queued.dispatched(NODE, 60, NOW)
                .scored("0x00", NOW)
                .aborted(AbortReason.CREATOR_VALIDATION_TIMEOUT, NOW);

        books(List.of(late), account(95, payment), account(5, income)).assertSound("paid to the node");
        assertWrong(books(List.of(late), account(100, payment, refund), account(0)), "has 1 payments and 1 refunds");
    }

    @Test
    void aNodeThatGetsNothingOrTooMuchIsFound() {
        LedgerRow tooMuch = row(3, NODE, 6, LedgerRow.Type.INCOME, "0x01");

        assertWrong(books(List.of(succeeded), account(95, payment), account(0)), "gave its nodes 0 in 0 parts");
        assertWrong(
                books(List.of(succeeded), account(95, payment), account(6, tooMuch)), "gave its nodes 6 in 1 parts");
        assertWrong(books(List.of(queued), account(95, payment), account(5, income)), "gave its nodes 5 in 1 parts");
    }

    @Test
    void aBalanceThatDoesNotFollowFromTheMovementsIsFound() {
        assertWrong(books(List.of(queued), account(96, payment), account(0)), "its movements give 95");
    }

    @Test
    void anOverdrawnAccountIsFound() {
        RelayTask expensive = RelayTask.created(1, order("0x01", 101), "0x00", NOW);

        assertWrong(
                books(
                        List.of(expensive),
                        account(-1, row(1, CREATOR, 101, LedgerRow.Type.PAYMENT, "0x01")),
                        account(0)),
                "0xC0 is overdrawn by");
    }

    @Test
    void moneyOfAnUnknownTaskIsFound() {
        assertWrong(books(List.of(), account(95, payment), account(0)), "money moved for 0x01, which is not a task");
    }

    @Test
    void rowsInAnotherOrderAreFound() {
        assertWrong(books(List.of(queued), account(100, refund, payment), account(0)), "after id 2");
    }

    private static void assertWrong(MoneyBooks books, String violation) {
        assertThat(books.violations()).anyMatch(found -> found.contains(violation));
        assertThatThrownBy(() -> books.assertSound("now"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("now")
                .hasMessageContaining(violation);
    }

    private static MoneyBooks books(List<RelayTask> tasks, Account creator, Account node) {
        Map<String, Account> accounts = new HashMap<>();
        accounts.put(CREATOR, new Account(wei(100), creator.balance(), creator.movements()));
        accounts.put(NODE, node);
        return new MoneyBooks(tasks, accounts);
    }

    private static Account account(long balance, LedgerRow... movements) {
        return new Account(wei(0), wei(balance), List.of(movements));
    }

    private static LedgerRow row(long id, String address, long amount, LedgerRow.Type type, String commitment) {
        return new LedgerRow(id, NOW, address, wei(amount), type, commitment);
    }

    private static BigInteger wei(long amount) {
        return BigInteger.valueOf(amount);
    }

    private static TaskOrder order(String commitment, long fee) {
        return new TaskOrder(
                commitment,
                CREATOR,
                "{}",
                0,
                "0x00",
                List.of("base:m"),
                8,
                "",
                0,
                TaskVersion.parse("3.1.0").orElseThrow(),
                1,
                wei(fee),
                0,
                new Workload(wei(0), 0, 0, wei(0), wei(0)),
                wei(1));
    }
}
