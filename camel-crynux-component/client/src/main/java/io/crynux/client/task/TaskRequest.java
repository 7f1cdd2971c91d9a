// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import io.crynux.client.internal.money.Cnx;
import io.crynux.client.internal.settings.SettingCheck;
import io.crynux.client.internal.text.ForeignText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** A task to run: its parameters, its fee, its timeout and the state to wait for. Immutable. */
public final class TaskRequest {
    /** Maximum timeout of a task. */
    public static final Duration LONGEST_TIMEOUT = Duration.ofDays(36_500);

    /** Default increase of the fee with each further attempt: 10 %. */
    public static final BigDecimal DEFAULT_FEE_INCREASE = new BigDecimal("0.1");

    /** Default maximum size of a result file: 256 MiB. */
    public static final long DEFAULT_MAX_RESULT_BYTES = 256L << 20;

    /** Default maximum size of a result file in memory: 128 KiB, as for Camel's stream caches. */
    public static final long DEFAULT_SPOOL_THRESHOLD = 128L << 10;

    /** Default version of a task. */
    public static final String DEFAULT_TASK_VERSION = "3.1.0";

    private final TaskParameters parameters;
    private final BigInteger feeWei;
    private final long vramLimit;
    private final long cap;
    private final String gpuName;
    private final long gpuVram;
    private final String taskVersion;
    private final Duration executionTimeout;
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
        feeWei = Objects.requireNonNull(builder.feeWei, "fee is missing: set the task fee with fee(CNX)");
        if (feeWei.signum() <= 0) {
            throw new IllegalArgumentException("fee must be above 0 CNX: nodes never start a task without a fee");
        }
        vramLimit = builder.vramLimit;
        cap = builder.cap;
        gpuName = builder.gpuName;
        gpuVram = builder.gpuVram;
        taskVersion = builder.taskVersion;
        executionTimeout = builder.executionTimeout;
        if (executionTimeout != null && kind() != TaskKind.SD_FT_LORA) {
            throw new IllegalArgumentException("executionTimeout is for tasks of kind " + TaskKind.SD_FT_LORA.id()
                    + " only; the network decides how long those of kind " + kind().id() + " may run");
        }
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

    /** The kind of the task. */
    public TaskKind kind() {
        return parameters.kind();
    }

    /** The JSON text of the parameters. */
    public String parametersJson() {
        return parameters.json();
    }

    /** The task fee in wei. */
    public BigInteger feeWei() {
        return feeWei;
    }

    /** Minimum VRAM of a node, in GB; negative: by model. */
    public long vramLimit() {
        return vramLimit;
    }

    /** Size of the task for the contract, which orders its queue by fee per size; negative: by kind. */
    public long cap() {
        return cap;
    }

    /** GPU that nodes must have, or ""; on a chain only for contracts whose createTask has 7 arguments. */
    public String gpuName() {
        return gpuName;
    }

    /** VRAM of that GPU in GB, or 0. */
    public long gpuVram() {
        return gpuVram;
    }

    /** Least version of a node on today's Relay; the classic network has none. */
    public String taskVersion() {
        return taskVersion;
    }

    /** Time that a node may take for fine-tuning on today's Relay, in whole seconds. */
    public Optional<Duration> executionTimeout() {
        return Optional.ofNullable(executionTimeout);
    }

    /** Timeout of the submission; empty for the network's default. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** State in which the submission completes. */
    public WaitFor waitFor() {
        return waitFor;
    }

    /** Validation of the parameters before the payment; empty: the kind's schema. */
    public Optional<TaskParameters.Check> check() {
        return Optional.ofNullable(check);
    }

    /** Maximum size of a result file, in bytes. */
    public long maxResultBytes() {
        return maxResultBytes;
    }

    /** Key that identifies the request. */
    public Optional<String> idempotencyKey() {
        return Optional.ofNullable(idempotencyKey);
    }

    /** Key with which another submission of the same request joins it; see {@link Builder#joinKey}. */
    public Optional<String> joinKey() {
        return Optional.ofNullable(joinKey);
    }

    /** Whether the client cancels the task after its timeout. */
    public boolean cancelOnTimeout() {
        return cancelOnTimeout;
    }

    /** Maximum number of tasks to pay for if the network aborts them. */
    public int maxAttempts() {
        return maxAttempts;
    }

    /** Increase of the fee with each further attempt, as a fraction. */
    public BigDecimal feeIncrease() {
        return feeIncrease;
    }

    /** Maximum fee of each attempt, in wei. */
    public Optional<BigInteger> maxFeeWei() {
        return Optional.ofNullable(maxFeeWei);
    }

    /** Maximum size of a result file in memory, in bytes; larger files go to a temporary file. */
    public long spoolThreshold() {
        return spoolThreshold;
    }

    /** The parameters may contain a prompt, so they are left out. */
    @Override
    public String toString() {
        return "TaskRequest[" + kind().id() + ", fee " + feeWei + " wei]";
    }

    /**
     * Builds a {@link TaskRequest}; only the fee is required. Each setter throws an IllegalArgumentException that names the
     * setting if the value is not valid.
     */
    public static final class Builder {
        private final TaskParameters parameters;
        private BigInteger feeWei;
        private long vramLimit = -1;
        private long cap = -1;
        private String gpuName = "";
        private long gpuVram;
        private String taskVersion = DEFAULT_TASK_VERSION;
        private Duration executionTimeout;
        private Duration timeout;
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
            SettingCheck.require(Cnx.isWholeWei(cnx), "fee", cnx, "an amount with at most 18 decimals");
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

        /** Minimum VRAM of a node, in GB, 1 or more; default by model. */
        public Builder vramLimit(long gigabytes) {
            SettingCheck.require(gigabytes >= 1, "vramLimit", gigabytes, "1 or more (GB)");
            this.vramLimit = gigabytes;
            return this;
        }

        /**
         * Size of the task; default by kind (images: their number, text: 1). The contract accepts 0 only while a node is free,
         * and otherwise reverts the payment.
         */
        public Builder cap(long cap) {
            SettingCheck.require(cap >= 0, "cap", cap, "0 or more");
            this.cap = cap;
            return this;
        }

        /**
         * GPU that nodes must have. On a chain only for contracts whose createTask has 7 arguments; on today's Relay the name
         * includes the platform, such as {@code NVIDIA GeForce RTX 4090+Linux}, and name and VRAM must be equal.
         */
        public Builder gpu(String name, long vramGigabytes) {
            SettingCheck.require(!name.isBlank() || vramGigabytes == 0, "gpuName", "blank", "the name of a GPU");
            SettingCheck.require(vramGigabytes >= 0, "gpuVram", vramGigabytes, "0 or more (GB)");
            this.gpuName = Objects.requireNonNull(name, "gpuName");
            this.gpuVram = vramGigabytes;
            return this;
        }

        /**
         * Least version of a node, such as "3.1.0"; the first number must be equal. Only on today's Relay, where a task that no
         * node matches stays in the queue until it times out. Default {@link #DEFAULT_TASK_VERSION}.
         */
        public Builder taskVersion(String version) {
            SettingCheck.require(
                    TaskVersion.isValid(version),
                    "taskVersion",
                    "'" + ForeignText.shown(version, 40) + "'",
                    "three whole numbers separated by dots, such as " + DEFAULT_TASK_VERSION);
            this.taskVersion = version;
            return this;
        }

        /**
         * Time that a node may take for fine-tuning, from its start to the upload of the results, in whole seconds; at most
         * {@link #LONGEST_TIMEOUT}. Only on today's Relay, which requires it for fine-tuning. It also limits the queue, to this
         * time and 3 minutes.
         */
        public Builder executionTimeout(Duration timeout) {
            SettingCheck.require(
                    timeout.toSeconds() >= 1
                            && timeout.equals(Duration.ofSeconds(timeout.toSeconds()))
                            && timeout.compareTo(LONGEST_TIMEOUT) <= 0,
                    "executionTimeout",
                    timeout,
                    "whole seconds, 1 second or more and at most 36500 days");
            this.executionTimeout = timeout;
            return this;
        }

        /**
         * Timeout of the submission, above zero and at most {@link #LONGEST_TIMEOUT}; default one hour on a chain, nine hours at a
         * Relay, whose queue, run, validation and upload it includes.
         */
        public Builder timeout(Duration timeout) {
            SettingCheck.require(
                    !timeout.isNegative() && !timeout.isZero() && timeout.compareTo(LONGEST_TIMEOUT) <= 0,
                    "timeout",
                    timeout,
                    "above 0 and at most 36500 days");
            this.timeout = Objects.requireNonNull(timeout, "timeout");
            return this;
        }

        /** State in which the submission's future completes; default {@link WaitFor#RESULT}. */
        public Builder waitFor(WaitFor waitFor) {
            this.waitFor = Objects.requireNonNull(waitFor, "waitFor");
            return this;
        }

        /** Validation of the parameters before the payment; default the kind's schema. */
        public Builder check(TaskParameters.Check ownCheck) {
            this.check = Objects.requireNonNull(ownCheck, "check");
            return this;
        }

        /** Maximum size of a result file, in bytes; default {@link #DEFAULT_MAX_RESULT_BYTES}. */
        public Builder maxResultBytes(long bytes) {
            SettingCheck.require(bytes > 0, "maxResultBytes", bytes, "above 0");
            this.maxResultBytes = bytes;
            return this;
        }

        /**
         * Key that identifies the request. A submission with the same key and the same parameters joins the task that is in
         * flight or has succeeded, and does not pay again. The client keeps keys for its retention.
         */
        public Builder idempotencyKey(String key) {
            SettingCheck.require(
                    key == null || !key.isBlank(), "idempotencyKey", "blank", "text that names the request, or null");
            this.idempotencyKey = key;
            return this;
        }

        /**
         * Key that only repetitions of this submission have, such as redeliveries; the client removes it once the task has
         * succeeded. Ignored with an {@link #idempotencyKey}.
         */
        public Builder joinKey(String key) {
            this.joinKey = key;
            return this;
        }

        /**
         * Whether the client cancels the task after its timeout; default false. It does so as soon as the contract allows it (15
         * minutes after the start of a running task), and the submission waits for the outcome, up to 20 minutes longer.
         */
        public Builder cancelOnTimeout(boolean cancel) {
            this.cancelOnTimeout = cancel;
            return this;
        }

        /** Maximum number of tasks to pay for if the network aborts them; default 1. */
        public Builder maxAttempts(int attempts) {
            SettingCheck.require(attempts >= 1, "maxAttempts", attempts, "1 or more");
            this.maxAttempts = attempts;
            return this;
        }

        /** Increase of the fee with each further attempt, as a fraction; default {@link #DEFAULT_FEE_INCREASE}. */
        public Builder feeIncrease(BigDecimal fraction) {
            SettingCheck.require(fraction.signum() >= 0, "feeIncrease", fraction, "0 or more");
            this.feeIncrease = fraction;
            return this;
        }

        /** Maximum fee of each attempt, in wei; default no limit. */
        public Builder maxFeeWei(BigInteger wei) {
            SettingCheck.require(wei == null || wei.signum() > 0, "maxFeeWei", wei, "above 0, or null");
            this.maxFeeWei = wei;
            return this;
        }

        /**
         * Maximum size of a result file in memory, in bytes; larger files go to a temporary file. Default
         * {@link #DEFAULT_SPOOL_THRESHOLD}.
         */
        public Builder spoolThreshold(long bytes) {
            SettingCheck.require(bytes >= 0, "spoolThreshold", bytes, "0 or more");
            this.spoolThreshold = bytes;
            return this;
        }

        /** @throws NullPointerException, IllegalArgumentException naming the setting that is missing or wrong */
        public TaskRequest build() {
            return new TaskRequest(this);
        }
    }
}
