// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * How the engine waits.
 *
 * @param finality from when on a reorganisation no longer takes an event back
 * @param payments what is done about payments that are in no block
 * @param retention how long the key of a request that has ended is remembered
 * @param limits how much is under way at once
 * @param downloadDelay after a success whose upload is not told of, until the result is asked for all the same
 * @param budget how much may leave the wallet
 */
public record EngineSettings(
        Finality finality,
        PaymentSettings payments,
        Duration downloadDelay,
        Duration retention,
        Limits limits,
        BudgetSettings budget) {

    /** The default of finality and payments, 20 s, 1 day, the default limits, no budget. */
    public static final EngineSettings DEFAULT = new EngineSettings(
            Finality.DEFAULT,
            PaymentSettings.DEFAULT,
            Duration.ofSeconds(20),
            Duration.ofDays(1),
            Limits.DEFAULT,
            BudgetSettings.UNLIMITED);

    /** @throws IllegalArgumentException naming the setting that cannot be */
    public EngineSettings {
        requireNotNegative("downloadDelay", downloadDelay);
        requireNotNegative("retention", retention);
    }

    private static void requireNotNegative(String setting, Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(
                    setting + " is " + time.toMillis() + " ms; it must be 0 or more, such as 1d");
        }
    }

    /**
     * How much may leave the wallet.
     *
     * @param wei fees and gas of all tasks that are signed in a period; null for no limit
     * @param period how long a period is; whole milliseconds, more than zero
     */
    public record BudgetSettings(BigInteger wei, Duration period) {

        /** No limit. */
        public static final BudgetSettings UNLIMITED = new BudgetSettings(null, Duration.ofDays(1));

        /** @throws IllegalArgumentException naming the setting that cannot be */
        public BudgetSettings {
            if (wei != null && wei.signum() <= 0) {
                throw new IllegalArgumentException("budget is " + wei + " wei; it must be above 0, or null for no limit");
            }
            if (period.toMillis() < 1) {
                throw new IllegalArgumentException(
                        "budgetPeriod is " + period.toMillis() + " ms; it must be more than zero, such as 1d");
            }
        }

        public boolean isLimited() {
            return wei != null;
        }
    }

    /**
     * How much a wallet has under way at once.
     *
     * @param maxInFlight tasks that have not ended
     * @param maxUnstarted tasks among them that no node has started
     * @param maxWaiting tasks beyond these that wait unsigned; more are refused
     */
    public record Limits(int maxInFlight, int maxUnstarted, int maxWaiting) {

        /** 20, 10 and 1,000. */
        public static final Limits DEFAULT = new Limits(20, 10, 1_000);

        /** @throws IllegalArgumentException naming the setting that cannot be */
        public Limits {
            require("maxInFlight", maxInFlight, 1);
            require("maxUnstarted", maxUnstarted, 1);
            require("maxWaiting", maxWaiting, 0);
        }

        private static void require(String setting, int value, int least) {
            if (value < least) {
                throw new IllegalArgumentException(setting + " is " + value + "; it must be " + least + " or more");
            }
        }
    }

    /**
     * What is done about payments that are in no block.
     *
     * @param resendInterval how often one is sent again
     * @param replaceAfter after that it is replaced by a variant with a higher price, and again after each such time; zero for
     *     never
     * @param transactionTimeout after that the submitter is told that it may still be mined; zero for never, which leaves it to
     *     the task's deadline. The payment stays watched
     */
    public record PaymentSettings(Duration resendInterval, Duration replaceAfter, Duration transactionTimeout) {

        /** 30 s, 2 min, 10 min. */
        public static final PaymentSettings DEFAULT =
                new PaymentSettings(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10));

        /** @throws IllegalArgumentException naming the setting that cannot be */
        public PaymentSettings {
            if (resendInterval.isNegative() || resendInterval.isZero()) {
                throw new IllegalArgumentException("resendInterval must be above 0");
            }
            if (replaceAfter.isNegative()) {
                throw new IllegalArgumentException("replaceAfter must not be negative; 0 replaces nothing");
            }
            if (transactionTimeout.isNegative()) {
                throw new IllegalArgumentException(
                        "transactionTimeout must not be negative; 0 waits for the task's deadline");
            }
        }
    }

    /**
     * From when on a reorganisation no longer takes a block back.
     *
     * @param blocks how many blocks come after it, 0 or more; of no meaning with a tag
     * @param tag what the chain itself says instead, or null to count blocks
     * @param timeout how long the chain makes no block at all, which is as good; zero for never. Some chains make no empty
     *     blocks, so that depth never comes
     */
    public record Finality(int blocks, Tag tag, Duration timeout) {

        /** Two minutes. */
        public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);

        /** 5 blocks, or two minutes without any. */
        public static final Finality DEFAULT = new Finality(5, null, DEFAULT_TIMEOUT);

        /** A chain's own word for blocks that stay (Ethereum's JSON-RPC, block tags). */
        public enum Tag {
            /** Unlikely to be taken back. */
            SAFE,
            /** Not to be taken back without a great loss to those who made it. */
            FINALIZED;

            /** As it is written in JSON-RPC, and in the setting. */
            public String text() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /** @throws IllegalArgumentException naming the setting that cannot be */
        public Finality {
            Objects.requireNonNull(timeout, "timeout");
            if (blocks < 0) {
                throw new IllegalArgumentException("finality is " + blocks + ", the least is 0 blocks");
            }
            if (timeout.isNegative()) {
                throw new IllegalArgumentException("finalityTimeout must not be negative; 0 is for never");
            }
        }

        /** So many blocks, with the default time-out. */
        public static Finality ofBlocks(int blocks) {
            return new Finality(blocks, null, DEFAULT_TIMEOUT);
        }

        /**
         * Reads what a user writes.
         *
         * @param text a number of blocks, {@code safe} or {@code finalized}, in any case
         * @throws IllegalArgumentException when it is none of these
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
                        "finality is '" + text + "'; it must be a number of blocks such as 5, or safe, or finalized", e);
            }
        }
    }
}
