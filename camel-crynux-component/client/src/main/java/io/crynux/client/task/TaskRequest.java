// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import io.crynux.client.internal.money.Cnx;
import io.crynux.client.internal.text.ForeignText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** A task to run: what to compute, what to pay, how long and how far to wait. Immutable. */
public final class TaskRequest {
    /** Until a task times out, unless told otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);

    /** The longest time-out; a longer one could not be kept. */
    public static final Duration LONGEST_TIMEOUT = Duration.ofDays(36_500);

    /** What each further attempt pays more, unless told otherwise: 10 %. */
    public static final BigDecimal DEFAULT_FEE_INCREASE = new BigDecimal("0.1");

    /** The longest result file that is taken, unless told otherwise: 256 MiB. */
    public static final long DEFAULT_MAX_RESULT_BYTES = 256L << 20;

    /** The longest result file that is kept in memory, unless told otherwise: 128 KiB, as Camel's stream caches. */
    public static final long DEFAULT_SPOOL_THRESHOLD = 128L << 10;

    private final TaskParameters parameters;
    private final BigInteger feeWei;
    private final long vramLimit;
    private final long cap;
    private final String gpuName;
    private final long gpuVram;
    private final Duration timeout;
    private final WaitFor waitFor;
    private final TaskParameters.Check check;
    private final long maxResultBytes;
    private final String idempotencyKey;
    private final String joinKey;
    private final boolean cancelOnTimeout;
    private final int maxAttempts;
    private final BigDecimal feeIncrease;
    private final BigInteger maxFeeWei;
    private final long spoolThreshold;

    private TaskRequest(Builder builder) {
        parameters = builder.parameters;
        feeWei = Objects.requireNonNull(builder.feeWei, "fee: say what the task may cost, with fee(CNX)");
        if (feeWei.signum() <= 0) {
            throw new IllegalArgumentException("fee: must be above 0 CNX, since a task without a fee is never started");
        }
        vramLimit = builder.vramLimit;
        cap = builder.cap;
        gpuName = builder.gpuName;
        gpuVram = builder.gpuVram;
        timeout = builder.timeout;
        waitFor = builder.waitFor;
        check = builder.check;
        maxResultBytes = builder.maxResultBytes;
        idempotencyKey = builder.idempotencyKey;
        joinKey = builder.joinKey;
        cancelOnTimeout = builder.cancelOnTimeout;
        maxAttempts = builder.maxAttempts;
        feeIncrease = builder.feeIncrease;
        maxFeeWei = builder.maxFeeWei;
        spoolThreshold = builder.spoolThreshold;
    }

    public static Builder builder(TaskParameters parameters) {
        return new Builder(parameters);
    }

    public TaskKind kind() {
        return parameters.kind();
    }

    /** The JSON text of the parameters. */
    public String parametersJson() {
        return parameters.json();
    }

    public BigInteger feeWei() {
        return feeWei;
    }

    /** Least VRAM of a node, in GB; negative: by model. */
    public long vramLimit() {
        return vramLimit;
    }

    /** Size of the task as the contract prices it; negative: by kind. */
    public long cap() {
        return cap;
    }

    /** GPU that nodes must have, or ""; only 7-argument deployments know it. */
    public String gpuName() {
        return gpuName;
    }

    /** VRAM of that GPU in GB, or 0. */
    public long gpuVram() {
        return gpuVram;
    }

    public Duration timeout() {
        return timeout;
    }

    public WaitFor waitFor() {
        return waitFor;
    }

    /** What the parameters must pass before they are paid for; empty: the kind's schema. */
    public Optional<TaskParameters.Check> check() {
        return Optional.ofNullable(check);
    }

    /** The longest result file that is taken, in bytes. */
    public long maxResultBytes() {
        return maxResultBytes;
    }

    /** What the request is known by. */
    public Optional<String> idempotencyKey() {
        return Optional.ofNullable(idempotencyKey);
    }

    /** What another submission of the request that failed can name to join it; see {@link Builder#joinKey}. */
    public Optional<String> joinKey() {
        return Optional.ofNullable(joinKey);
    }

    /** Whether the network is asked to give the task up when its time is up. */
    public boolean cancelOnTimeout() {
        return cancelOnTimeout;
    }

    /** How many tasks may be paid for when the network aborts them. */
    public int maxAttempts() {
        return maxAttempts;
    }

    /** What each further attempt pays more, as a fraction. */
    public BigDecimal feeIncrease() {
        return feeIncrease;
    }

    /** What no attempt pays more than. */
    public Optional<BigInteger> maxFeeWei() {
        return Optional.ofNullable(maxFeeWei);
    }

    /** The longest result file that is kept in memory, in bytes; a longer one is in a temporary file. */
    public long spoolThreshold() {
        return spoolThreshold;
    }

    /** The parameters may contain a prompt, so they are left out. */
    @Override
    public String toString() {
        return "TaskRequest[" + kind().id() + ", fee " + feeWei + " wei]";
    }

    /**
     * Builds a {@link TaskRequest}; only the fee is required. Each setter throws IllegalArgumentException, naming the setting, for
     * a value that cannot be.
     */
    public static final class Builder {
        private final TaskParameters parameters;
        private BigInteger feeWei;
        private long vramLimit = -1;
        private long cap = -1;
        private String gpuName = "";
        private long gpuVram;
        private Duration timeout = DEFAULT_TIMEOUT;
        private WaitFor waitFor = WaitFor.RESULT;
        private TaskParameters.Check check;
        private long maxResultBytes = DEFAULT_MAX_RESULT_BYTES;
        private String idempotencyKey;
        private String joinKey;
        private boolean cancelOnTimeout;
        private int maxAttempts = 1;
        private BigDecimal feeIncrease = DEFAULT_FEE_INCREASE;
        private BigInteger maxFeeWei;
        private long spoolThreshold = DEFAULT_SPOOL_THRESHOLD;

        private Builder(TaskParameters parameters) {
            this.parameters = Objects.requireNonNull(parameters, "parameters");
        }

        /** The task fee in CNX, with up to 18 decimals. */
        public Builder fee(BigDecimal cnx) {
            require(Cnx.isWholeWei(cnx), "fee", cnx, "an amount with at most 18 decimals");
            return feeWei(Cnx.toWei(cnx));
        }

        /** The task fee in CNX as decimal text, for example "30" or "0.5". */
        public Builder fee(String cnx) {
            try {
                return fee(new BigDecimal(cnx.trim()));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "fee is '" + ForeignText.shown(cnx, 40) + "'; it must be an amount of CNX such as 30 or 0.5",
                        e);
            }
        }

        /** The task fee in wei (10^-18 CNX). */
        public Builder feeWei(BigInteger wei) {
            this.feeWei = Objects.requireNonNull(wei, "fee");
            return this;
        }

        /** Least VRAM of a node in GB, 1 or more; default by model. */
        public Builder vramLimit(long gigabytes) {
            require(gigabytes >= 1, "vramLimit", gigabytes, "1 or more (GB)");
            this.vramLimit = gigabytes;
            return this;
        }

        /**
         * Size of the task; default by kind (images: their number, text: 1). The contract takes 0 only as long as a node is free
         * for the task, and else reverts the payment.
         */
        public Builder cap(long cap) {
            require(cap >= 0, "cap", cap, "0 or more");
            this.cap = cap;
            return this;
        }

        /** Asks for one kind of GPU; only deployments whose createTask has 7 arguments know it. */
        public Builder gpu(String name, long vramGigabytes) {
            require(!name.isBlank() || vramGigabytes == 0, "gpuName", "blank", "the name of a GPU");
            require(vramGigabytes >= 0, "gpuVram", vramGigabytes, "0 or more (GB)");
            this.gpuName = Objects.requireNonNull(name, "gpuName");
            this.gpuVram = vramGigabytes;
            return this;
        }

        /**
         * Until the submission fails with a time-out, above zero and at most {@link #LONGEST_TIMEOUT}; default
         * {@link #DEFAULT_TIMEOUT}.
         */
        public Builder timeout(Duration timeout) {
            require(
                    !timeout.isNegative() && !timeout.isZero() && timeout.compareTo(LONGEST_TIMEOUT) <= 0,
                    "timeout",
                    timeout,
                    "above 0 and at most 36500 days");
            this.timeout = Objects.requireNonNull(timeout, "timeout");
            return this;
        }

        /** How far the submission goes before its future completes; default {@link WaitFor#RESULT}. */
        public Builder waitFor(WaitFor waitFor) {
            this.waitFor = Objects.requireNonNull(waitFor, "waitFor");
            return this;
        }

        /** What the parameters must pass before they are paid for; default the kind's schema. */
        public Builder check(TaskParameters.Check ownCheck) {
            this.check = Objects.requireNonNull(ownCheck, "check");
            return this;
        }

        /** The longest result file that is taken, in bytes; default {@link #DEFAULT_MAX_RESULT_BYTES}. */
        public Builder maxResultBytes(long bytes) {
            require(bytes > 0, "maxResultBytes", bytes, "above 0");
            this.maxResultBytes = bytes;
            return this;
        }

        /**
         * What the request is known by: submitted again with the same key and the same parameters, it joins the task that is
         * under way or has succeeded, and is not paid for again. The client remembers keys for its retention.
         */
        public Builder idempotencyKey(String key) {
            require(key == null || !key.isBlank(), "idempotencyKey", "blank", "text that names the request, or null");
            this.idempotencyKey = key;
            return this;
        }

        /**
         * A key that only repetitions of this very submission have, such as redeliveries; it is forgotten once the task has
         * succeeded. Without effect where there is an {@link #idempotencyKey}.
         */
        public Builder joinKey(String key) {
            this.joinKey = key;
            return this;
        }

        /**
         * Whether a task is cancelled when its time is up; default false. That is tried as soon as the contract allows it (15
         * minutes after its start when it runs), and the submission waits for what comes of it, for up to 20 more minutes.
         */
        public Builder cancelOnTimeout(boolean cancel) {
            this.cancelOnTimeout = cancel;
            return this;
        }

        /** How many tasks may be paid for when the network aborts them; default 1. */
        public Builder maxAttempts(int attempts) {
            require(attempts >= 1, "maxAttempts", attempts, "1 or more");
            this.maxAttempts = attempts;
            return this;
        }

        /** What each further attempt pays more, as a fraction; default {@link #DEFAULT_FEE_INCREASE}. */
        public Builder feeIncrease(BigDecimal fraction) {
            require(fraction.signum() >= 0, "feeIncrease", fraction, "0 or more");
            this.feeIncrease = fraction;
            return this;
        }

        /** What no attempt pays more than; default no bound. */
        public Builder maxFeeWei(BigInteger wei) {
            require(wei == null || wei.signum() > 0, "maxFeeWei", wei, "above 0, or null");
            this.maxFeeWei = wei;
            return this;
        }

        /**
         * The longest result file that is kept in memory, in bytes; a longer one goes to a temporary file. Default
         * {@link #DEFAULT_SPOOL_THRESHOLD}.
         */
        public Builder spoolThreshold(long bytes) {
            require(bytes >= 0, "spoolThreshold", bytes, "0 or more");
            this.spoolThreshold = bytes;
            return this;
        }

        private static void require(boolean valid, String setting, Object value, String allowed) {
            if (!valid) {
                throw new IllegalArgumentException(setting + " is " + value + "; it must be " + allowed);
            }
        }

        /** @throws NullPointerException, IllegalArgumentException naming what is missing or wrong */
        public TaskRequest build() {
            return new TaskRequest(this);
        }
    }
}
