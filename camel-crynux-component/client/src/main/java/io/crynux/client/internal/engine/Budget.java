// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.BudgetExceededException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.settings.EngineSettings.BudgetSettings;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much may leave the wallet in each period. A task counts in the period in which it was first signed: with the most that
 * it can cost from then on, and with what it did cost once that is final. Periods follow each other without a gap from the
 * beginning of 1970 (UTC), so that they are the same after a restart. Thread-safe.
 */
final class Budget {
    private final BudgetSettings settings;
    private final Clock clock;
    /** What each record counts, by its key; those of the running period. */
    private final Map<String, BigInteger> counted = new HashMap<>();
    /** What records count in the running period that were settled before this process began. */
    private BigInteger before = BigInteger.ZERO;

    private Instant periodStart = Instant.EPOCH;

    Budget(BudgetSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    boolean isLimited() {
        return settings.isLimited();
    }

    /** Since when tasks count that an earlier process signed. */
    Instant countedSince() {
        return startOf(clock.instant());
    }

    /**
     * Counts what earlier processes signed for.
     *
     * @param spent what settled records have cost since {@link #countedSince}
     * @param open the records that are not settled
     */
    synchronized void load(BigInteger spent, List<JournalRecord> open) {
        enterPeriod();
        counted.clear();
        before = spent;
        open.stream()
                .filter(record ->
                        record.isCommitted() && !record.spending().at().isBefore(periodStart))
                .forEach(record -> counted.put(
                        record.key(),
                        record.isRefused() ? BigInteger.ZERO : record.spending().mostWei()));
    }

    /**
     * Makes room for a payment, or for a variant with a higher gas price, which is to be sent next.
     *
     * @param mostWei what it can take out of the wallet
     * @throws BudgetExceededException when there is no room
     */
    synchronized void reserve(String key, BigInteger mostWei) {
        if (isLimited()) {
            check(key, mostWei, "Nothing was sent");
            counted.put(key, mostWei);
        }
    }

    /**
     * Whether there is room, for what is to be signed next.
     *
     * @throws BudgetExceededException when there is none
     */
    synchronized void check(String key, BigInteger mostWei) {
        if (isLimited()) {
            check(key, mostWei, "Nothing was signed");
        }
    }

    private void check(String key, BigInteger mostWei, String consequence) {
        enterPeriod();
        BigInteger others = counted.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(key))
                .map(Map.Entry::getValue)
                .reduce(before, BigInteger::add);
        if (others.add(mostWei).compareTo(settings.wei()) > 0) {
            throw new BudgetExceededException("The budget of " + TaskFacts.cnx(settings.wei()) + " per "
                    + settings.period() + " does not allow the task, which may cost " + TaskFacts.cnx(mostWei)
                    + " with its gas: " + TaskFacts.cnx(others) + " are spent or reserved. " + consequence
                    + "; the next period begins at " + periodStart.plus(settings.period())
                    + "; what is reserved and not spent is free again when the tasks are final");
        }
    }

    /** What a task really cost. */
    synchronized void settle(JournalRecord task, BigInteger spentWei) {
        enterPeriod();
        if (task.spending() == null || !task.spending().at().isBefore(periodStart)) {
            counted.replace(task.key(), spentWei);
        }
    }

    private void enterPeriod() {
        Instant start = startOf(clock.instant());
        if (!start.equals(periodStart)) {
            periodStart = start;
            counted.clear();
            before = BigInteger.ZERO;
        }
    }

    private Instant startOf(Instant time) {
        Duration period = settings.period();
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), period.toMillis()) * period.toMillis());
    }
}
