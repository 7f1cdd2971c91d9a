// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol;

import io.crynux.client.error.CrynuxException;
import java.time.Duration;

/**
 * One task on its way through a network. The engine knows its state, by what the attempt reports to its
 * {@link AttemptContext}, and nothing of its steps. Always on the engine's loop.
 */
public interface Attempt {

    /** It is its turn: pays and goes on. */
    void start();

    /**
     * Nobody waits any more. What is not charged is not charged any more; what is charged is finished, and kept alive until
     * it is known what became of it.
     */
    void giveUp();

    /**
     * Somebody waits again.
     *
     * @return whether it had been given up here, though not by the network, and goes on now
     */
    boolean goOn();

    /** Somebody wants the result of a task that has succeeded: the context hears when it can be downloaded. */
    void onResultWanted();

    /** The task is done as far as the engine is concerned. */
    void onDone();

    /** Whether the network can be asked to give the task up. */
    boolean isCancellable();

    /**
     * Has the network give the task up, as soon as it lets go of it. What comes of it is reported like any other end.
     *
     * @return how long that can take
     */
    Duration cancel();

    /** What its submitter is told who waits no longer. */
    CrynuxException timedOut();

    /** The client stops: no step is taken any more. What was paid goes on in the network. */
    void close();
}
