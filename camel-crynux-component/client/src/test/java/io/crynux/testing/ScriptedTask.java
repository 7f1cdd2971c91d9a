// SPDX-License-Identifier: Apache-2.0
package io.crynux.testing;

import io.crynux.testing.ScriptedNetwork.Plan;
import java.math.BigInteger;
import java.util.function.Consumer;

/** A task on a {@link ScriptedNetwork}. Thread-safe. */
public final class ScriptedTask {

    /** How far the network has come with it. */
    public enum Stage {
        QUEUED,
        STARTED,
        SUCCEEDED,
        ABORTED
    }

    private final BigInteger id;
    private Stage stage;
    private Consumer<ScriptedTask> listener = task -> {};

    ScriptedTask(long id, Plan plan) {
        this.id = BigInteger.valueOf(id);
        this.stage = switch (plan) {
            case QUEUE -> Stage.QUEUED;
            case HOLD -> Stage.STARTED;
            case ABORT -> Stage.ABORTED;
            case COMPLETE, REFUSE -> Stage.SUCCEEDED;
        };
    }

    public BigInteger id() {
        return id;
    }

    public synchronized Stage stage() {
        return stage;
    }

    /** A node works on it. */
    public void start() {
        become(Stage.STARTED);
    }

    /** It succeeds, unless it has ended. */
    public void complete() {
        become(Stage.SUCCEEDED);
    }

    /** It is aborted, unless it has ended. */
    public void abort() {
        become(Stage.ABORTED);
    }

    private void become(Stage next) {
        Consumer<ScriptedTask> told;
        synchronized (this) {
            if (stage == Stage.SUCCEEDED || stage == Stage.ABORTED) {
                return;
            }
            stage = next;
            told = listener;
        }
        told.accept(this);
    }

    /** From now on the listener hears of changes, and nobody else. */
    synchronized void listen(Consumer<ScriptedTask> newListener) {
        listener = newListener;
    }
}
