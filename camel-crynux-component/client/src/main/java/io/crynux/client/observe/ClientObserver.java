// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.observe;

import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;

/** Receives what a client does, for metrics. Called concurrently on the client's threads; it must be quick and must not throw. */
public interface ClientObserver {
    /** Ignores everything. */
    ClientObserver NONE = new ClientObserver() {};

    /** Receiver of a request. */
    enum Target {
        RPC,
        RELAY
    }

    /** Outcome of an HTTP request. */
    enum CallOutcome {
        /** Answered with a status below 400, which includes JSON-RPC errors. */
        OK,
        /** Answered with a status of 400 to 499, for example while the Relay does not know a task yet. */
        REFUSED,
        /** Answered with 429: the server limits the rate of requests. */
        LIMITED,
        /** Answered with a status of 500 or more. */
        BROKEN,
        /** No complete answer: no connection, a timeout, or an answer that is too long. */
        UNANSWERED
    }

    /**
     * A task has completed a phase. Not called for the phase in which a task ends. For a task that an earlier process left, called
     * only for the phases after the client has resumed it.
     */
    default void onPhase(TaskKind kind, TaskPhase phase, Duration time) {}

    /** A task has ended; each attempt is a task of its own. */
    default void onEnd(TaskKind kind, TaskState state) {}

    /** Whether the client calls {@link #onCost}, which needs one more call to the node per task. */
    default boolean wantsCosts() {
        return false;
    }

    /**
     * The cost of a task is final.
     *
     * @param feeWei the fee minus its proven refund, in wei
     * @param gasWei the gas cost of the payment, in wei
     */
    default void onCost(TaskKind kind, BigInteger feeWei, BigInteger gasWei) {}

    /** A request to the node or the Relay has ended. Each retry is a request. */
    default void onCall(Target target, CallOutcome outcome) {}

    /** The phases of a task, in order. */
    enum TaskPhase {
        /** Waits, unsigned, because the maximum number of tasks is in flight. */
        WAIT,
        /** The payment is signed, journaled and sent. */
        PAY,
        /** The payment waits to be mined, and the client to read its block. */
        BLOCK,
        /** The parameters are uploaded to the Relay. */
        UPLOAD,
        /** Nodes start and run the task. */
        WORK,
        /** The result is downloaded; only if a submission waits for it. */
        DOWNLOAD;

        /** The phase of a started task in this state; empty after its end. */
        public static Optional<TaskPhase> of(TaskState state) {
            return switch (state) {
                case PREPARED, SIGNED -> Optional.of(PAY);
                case SENT -> Optional.of(BLOCK);
                case CREATED -> Optional.of(UPLOAD);
                case UPLOADED -> Optional.of(WORK);
                case SUCCEEDED -> Optional.of(DOWNLOAD);
                default -> Optional.empty();
            };
        }
    }
}
