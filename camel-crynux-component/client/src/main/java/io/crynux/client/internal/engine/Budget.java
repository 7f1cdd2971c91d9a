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
    /** What each task counts, by its key; those of the running period. */
    private final Map<String, BigInteger> counted = new HashMap<>();

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

    /** Counts what earlier processes signed for. */
    synchronized void load(List<JournalRecord> records) {
        enterPeriod();
        counted.clear();
        records.forEach(record -> counted.put(record.key(), costOf(record)));
    }

    private static BigInteger costOf(JournalRecord record) {
        if (record.isRefused()) {
            return BigInteger.ZERO;
        }
        boolean known = record.isSettled() && record.settlement().spentWei() != null;
        return known ? record.settlement().spentWei() : record.spending().mostWei();
    }

    /**
     * Makes room for a payment, or for a variant with a higher gas price.
     *
     * @param mostWei what it can take out of the wallet
     * @throws BudgetExceededException when there is no room
     */
    synchronized void reserve(String key, BigInteger mostWei) {
        if (!isLimited()) {
            return;
        }
        enterPeriod();
        BigInteger others = counted.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(key))
                .map(Map.Entry::getValue)
                .reduce(BigInteger.ZERO, BigInteger::add);
        if (others.add(mostWei).compareTo(settings.wei()) > 0) {
            throw new BudgetExceededException("The budget of " + TaskFacts.cnx(settings.wei()) + " per "
                    + settings.period() + " does not allow the task, which may cost " + TaskFacts.cnx(mostWei)
                    + " with its gas: " + TaskFacts.cnx(others) + " are spent or reserved. Nothing was signed; the next"
                    + " period begins at " + periodStart.plus(settings.period())
                    + "; what is reserved and not spent is free again when the tasks are final");
        }
        counted.put(key, mostWei);
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
        }
    }

    private Instant startOf(Instant time) {
        Duration period = settings.period();
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), period.toMillis()) * period.toMillis());
    }
}
