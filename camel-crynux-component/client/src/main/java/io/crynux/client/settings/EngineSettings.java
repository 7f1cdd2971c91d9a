// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

import io.crynux.client.internal.settings.SettingCheck;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * How the client pays for tasks and waits for them.
 *
 * @param finality when a block counts as final
 * @param payments when unmined payments are sent again and replaced
 * @param downloadDelay how long after a success the client asks for the result if no event has reported its upload
 * @param retention how long the client keeps the key of a request after its task has ended
 * @param limits how many tasks can be in flight
 * @param budget the most that can be spent in a period
 */
public record EngineSettings(
        Finality finality,
        PaymentSettings payments,
        Duration downloadDelay,
        Duration retention,
        Limits limits,
        BudgetSettings budget) {

    /** Default finality, payments and limits, a download delay of 20 s, a retention of 1 day, no budget. */
    public static final EngineSettings DEFAULT = new EngineSettings(
            Finality.DEFAULT,
            PaymentSettings.DEFAULT,
            Duration.ofSeconds(20),
            Duration.ofDays(1),
            Limits.DEFAULT,
            BudgetSettings.UNLIMITED);

    /** @throws IllegalArgumentException naming the setting that is out of range */
    public EngineSettings {
        SettingCheck.requireNotNegative("downloadDelay", downloadDelay, "1d");
        SettingCheck.requireNotNegative("retention", retention, "1d");
    }

    /** The same, with other limits. */
    public EngineSettings withLimits(Limits other) {
        return new EngineSettings(finality, payments, downloadDelay, retention, other, budget);
    }

    /**
     * The most that the wallet can spend in a period.
     *
     * @param wei fees and gas of all tasks signed in the period, in wei; null for no limit
     * @param period length of the period; at least a millisecond
     */
    public record BudgetSettings(BigInteger wei, Duration period) {

        /** No limit. */
        public static final BudgetSettings UNLIMITED = new BudgetSettings(null, Duration.ofDays(1));

        /** @throws IllegalArgumentException naming the setting that is out of range */
        public BudgetSettings {
            if (wei != null && wei.signum() <= 0) {
                throw new IllegalArgumentException(
                        "budget is " + wei + " wei; it must be above 0, or null for no limit");
            }
            SettingCheck.requireAboveZero("budgetPeriod", period, "1d");
        }

        public boolean isLimited() {
            return wei != null;
        }
    }

    /**
     * How many tasks of a wallet can be in flight.
     *
     * @param maxInFlight maximum number of unfinished tasks
     * @param maxUnstarted maximum number of them that no node has started
     * @param maxWaiting maximum number of further tasks that wait, unsigned; more are rejected
     */
    public record Limits(int maxInFlight, int maxUnstarted, int maxWaiting) {

        /** 20, 10 and 1,000. */
        public static final Limits DEFAULT = new Limits(20, 10, 1_000);

        /** @throws IllegalArgumentException naming the setting that is out of range */
        public Limits {
            SettingCheck.requireAtLeast("maxInFlight", maxInFlight, 1);
            SettingCheck.requireAtLeast("maxUnstarted", maxUnstarted, 1);
            SettingCheck.requireAtLeast("maxWaiting", maxWaiting, 0);
        }
    }

    /**
     * When unmined payments are sent again and replaced.
     *
     * @param resendInterval interval at which an unmined payment is sent again
     * @param replaceAfter interval at which an unmined payment is replaced with a higher gas price; zero for never
     * @param transactionTimeout after which the submission of an unmined payment fails with a
     *     {@link io.crynux.client.error.TransactionTimeoutException}; zero for never, so that only the task's timeout applies.
     *     The client still tracks the payment
     */
    public record PaymentSettings(Duration resendInterval, Duration replaceAfter, Duration transactionTimeout) {

        /** 30 s, 2 min, 10 min. */
        public static final PaymentSettings DEFAULT =
                new PaymentSettings(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10));

        /** @throws IllegalArgumentException naming the setting that is out of range */
        public PaymentSettings {
            if (resendInterval.isNegative() || resendInterval.isZero()) {
                throw new IllegalArgumentException("resendInterval must be above 0");
            }
            if (replaceAfter.isNegative()) {
                throw new IllegalArgumentException("replaceAfter must not be negative; 0 disables replacement");
            }
            if (transactionTimeout.isNegative()) {
                throw new IllegalArgumentException(
                        "transactionTimeout must not be negative; 0 leaves it to the task's timeout");
            }
        }
    }

    /**
     * When a block counts as final, so that no reorganisation can revert it.
     *
     * @param blocks number of confirmations, 0 or more; ignored with a tag
     * @param tag the chain's own block tag, or null to count confirmations
     * @param timeout a block is also final if the chain has made no block for this time; zero for never. Some chains make no
     *     empty blocks, so that confirmations may never come
     */
    public record Finality(int blocks, Tag tag, Duration timeout) {

        /** Two minutes. */
        public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);

        /** 5 blocks, or two minutes without any. */
        public static final Finality DEFAULT = new Finality(5, null, DEFAULT_TIMEOUT);

        /** A block tag of Ethereum's JSON-RPC. */
        public enum Tag {
            /** Unlikely to be reverted. */
            SAFE,
            /** Cannot be reverted unless a large share of the validators loses its stake. */
            FINALIZED;

            /** The tag in JSON-RPC and in the setting. */
            public String text() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /** @throws IllegalArgumentException naming the setting that is out of range */
        public Finality {
            Objects.requireNonNull(timeout, "timeout");
            if (blocks < 0) {
                throw new IllegalArgumentException("finality is " + blocks + "; it must be 0 blocks or more");
            }
            if (timeout.isNegative()) {
                throw new IllegalArgumentException("finalityTimeout must not be negative; 0 disables it");
            }
        }

        /** A number of confirmations, with the default timeout. */
        public static Finality ofBlocks(int blocks) {
            return new Finality(blocks, null, DEFAULT_TIMEOUT);
        }

        /**
         * Parses the setting.
         *
         * @param text a number of blocks, {@code safe} or {@code finalized}, in any case
         * @throws IllegalArgumentException if it is none of these
         */
        public static Finality parse(String text, Duration timeout) {
            String word = text.trim();
            for (Tag tag : Tag.values()) {
                if (tag.text().equalsIgnoreCase(word)) {
                    return new Finality(0, tag, timeout);
                }
            }
            try {
                return new Finality(Integer.parseInt(word), null, timeout);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "finality is '" + text + "'; it must be a number of blocks such as 5, or safe, or finalized",
                        e);
            }
        }
    }
}
