// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.observe;

import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;

/** Is told what a client does, for meters. Called on the client's threads, at once from several; it must be quick and must not throw. */
public interface ClientObserver {
    /** Watches nothing. */
    ClientObserver NONE = new ClientObserver() {};

    /** Whom a request goes to. */
    enum Target {
        RPC,
        RELAY
    }

    /** What became of one HTTP request. */
    enum CallOutcome {
        /** It was answered with a status below 400. A JSON-RPC error comes with such a status too. */
        OK,
        /** It was answered with a status of 400 to 499. The Relay's "not yet" is one of these. */
        REFUSED,
        /** It was answered with 429: the server limits how often it is asked. */
        LIMITED,
        /** It was answered with a status of 500 or more. */
        BROKEN,
        /** There was no whole answer: no connection, none in time, or too long. */
        UNANSWERED
    }

    /**
     * A task has gone through a phase. One that ends in the phase tells none; one that an earlier process left tells those that it
     * goes through from where it was taken up.
     */
    default void onPhase(TaskKind kind, TaskPhase phase, Duration time) {}

    /** A task has ended; each attempt is a task. */
    default void onEnd(TaskKind kind, TaskState state) {}

    /** Whether {@link #onCost} is wanted, which takes one more call to the node per task. */
    default boolean wantsCosts() {
        return false;
    }

    /**
     * What a task cost is final.
     *
     * @param feeWei what left the wallet as its fee and did not provably come back, in wei
     * @param gasWei what its payment cost in gas, in wei
     */
    default void onCost(TaskKind kind, BigInteger feeWei, BigInteger gasWei) {}

    /** A request to node or Relay is over. Each try is one. */
    default void onCall(Target target, CallOutcome outcome) {}

    /** The parts of a task's time, in their order. */
    enum TaskPhase {
        /** It waits, unsigned, since as many tasks as are allowed are under way. */
        WAIT,
        /** It is signed, journaled and sent. */
        PAY,
        /** Its payment waits for a block, and the block to be read. */
        BLOCK,
        /** The Relay is given the parameters. */
        UPLOAD,
        /** Nodes take it and compute. */
        WORK,
        /** The result is downloaded; only where somebody waits for it. */
        DOWNLOAD;

        /** The phase of a task that has been started and is in that state; empty when it is over. */
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
