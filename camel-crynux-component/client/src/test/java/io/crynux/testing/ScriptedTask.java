// SPDX-License-Identifier: Apache-2.0
package io.crynux.testing;

import io.crynux.client.journal.TaskOrder;
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
    private final TaskOrder order;
    private final boolean failing;
    private Stage stage;
    private boolean acknowledged;
    private Consumer<ScriptedTask> listener = task -> {};

    /** @param failing whether it is aborted where it would succeed */
    ScriptedTask(long id, TaskOrder order, Plan plan, boolean failing) {
        this.id = BigInteger.valueOf(id);
        this.order = order;
        this.failing = failing;
        this.stage = switch (plan) {
            case QUEUE -> Stage.QUEUED;
            case HOLD -> Stage.STARTED;
            case ABORT -> Stage.ABORTED;
            case COMPLETE, REFUSE -> failing ? Stage.ABORTED : Stage.SUCCEEDED;
        };
    }

    public BigInteger id() {
        return id;
    }

    /** As it arrived. */
    public TaskOrder order() {
        return order;
    }

    /** Whether the network has told the client of it. */
    public synchronized boolean isAcknowledged() {
        return acknowledged;
    }

    synchronized void acknowledge() {
        acknowledged = true;
    }

    public synchronized Stage stage() {
        return stage;
    }

    /** A node works on it. */
    public void start() {
        become(Stage.STARTED);
    }

    /** It succeeds, or is aborted if it is one that fails; unless it has ended. */
    public void complete() {
        become(failing ? Stage.ABORTED : Stage.SUCCEEDED);
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
