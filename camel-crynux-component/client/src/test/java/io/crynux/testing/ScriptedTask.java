// SPDX-License-Identifier: Apache-2.0
package io.crynux.testing;

import io.crynux.client.journal.TaskOrder;
import io.crynux.testing.ScriptedNetwork.Plan;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/** A task on a {@link ScriptedNetwork}. Thread-safe. */
public final class ScriptedTask {

    /** How far the network has come with it. */
    public enum Stage {
        /** The network has lost what was sent. */
        LOST,
        /** The network has refused it, and may charge it all the same. */
        REFUSED,
        /** The network has what was sent, and no task yet, or none any more. */
        PENDING,
        QUEUED,
        STARTED,
        SUCCEEDED,
        ABORTED,
        /** It is not charged, although the network has seen it. */
        REVERTED,
        /** It can never be charged, since another one of the same slot was. */
        DEAD
    }

    private static final Set<Stage> CREATED = EnumSet.range(Stage.QUEUED, Stage.ABORTED);
    private static final Set<Stage> ENDED = EnumSet.range(Stage.SUCCEEDED, Stage.DEAD);

    /** Its lock is this task's lock, too. */
    private final ScriptedNetwork network;
    private final TaskOrder order;
    private final String slot;
    private BigInteger id;
    private Stage stage;
    private boolean isFinal;
    private Consumer<ScriptedTask> listener = task -> {};

    ScriptedTask(ScriptedNetwork network, TaskOrder order, String slot, BigInteger id, Plan plan, boolean isFinal) {
        this.network = network;
        this.order = order;
        this.slot = slot;
        this.id = id;
        this.isFinal = isFinal;
        this.stage = switch (plan) {
            case QUEUE -> Stage.QUEUED;
            case HOLD -> Stage.STARTED;
            case ABORT -> Stage.ABORTED;
            case REVERT -> Stage.REVERTED;
            case REFUSE_FIRST -> Stage.REFUSED;
            case PEND -> Stage.PENDING;
            case LOSE -> Stage.LOST;
            case COMPLETE, REFUSE, BY_HAND -> Stage.SUCCEEDED;
        };
    }

    public BigInteger id() {
        synchronized (network) {
            return id;
        }
    }

    /** What was ordered. */
    public TaskOrder order() {
        return order;
    }

    /** At most one task of a slot is charged. */
    String slot() {
        return slot;
    }

    public Stage stage() {
        synchronized (network) {
            return stage;
        }
    }

    /** Whether the network has made a task of it, and has not reverted that. */
    public boolean isCharged() {
        return CREATED.contains(stage());
    }

    /** Whether its end, where it has one, cannot change any more. */
    public boolean isFinal() {
        synchronized (network) {
            return isFinal;
        }
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

    /** Its payment is reverted, unless there is a task already. */
    public void revert() {
        if (!isCharged()) {
            become(Stage.REVERTED);
        }
    }

    /** It can never be charged, unless it is. */
    public void die() {
        if (!isCharged()) {
            become(Stage.DEAD);
        }
    }

    /** What was lost, refused or not looked at yet becomes a task, unless one of the same slot was charged. */
    public void create() {
        become(Stage.QUEUED);
    }

    /** A reorganisation takes the task out of the network, unless its end is final; it comes back under another id. */
    public void revertCreation() {
        revertTo(Stage.PENDING);
    }

    /** A reorganisation reverts the success, unless it is final. */
    public void revertSuccess() {
        if (stage() == Stage.SUCCEEDED) {
            revertTo(Stage.STARTED);
        }
    }

    /** The network loses what was sent, unless the task's end is final. */
    public void lose() {
        revertTo(Stage.LOST);
    }

    /** Its end cannot change any more. */
    public void makeFinal() {
        synchronized (network) {
            isFinal = true;
        }
        news();
    }

    private void revertTo(Stage earlier) {
        synchronized (network) {
            if (stage.compareTo(earlier) <= 0 || stage == Stage.DEAD || (isFinal && ENDED.contains(stage))) {
                return;
            }
            if (earlier.compareTo(Stage.QUEUED) < 0) {
                id = network.nextId();
            }
            stage = earlier;
        }
        news();
    }

    private void become(Stage next) {
        boolean wasCharged;
        synchronized (network) {
            if (ENDED.contains(stage) || stage.compareTo(next) >= 0) {
                return;
            }
            wasCharged = CREATED.contains(stage);
            if (!wasCharged && CREATED.contains(next) && network.isSlotTaken(this)) {
                next = Stage.DEAD;
            }
            stage = next;
        }
        news();
        if (!wasCharged && isCharged()) {
            network.othersOfSlot(this).forEach(ScriptedTask::die);
        }
    }

    private void news() {
        Consumer<ScriptedTask> told;
        synchronized (network) {
            told = listener;
        }
        told.accept(this);
    }

    @Override
    public String toString() {
        return order.key() + " of slot " + slot + " is task " + id() + ", " + stage() + (isFinal() ? ", final" : "");
    }

    /** From now on the listener hears of changes, and nobody else. */
    void listen(Consumer<ScriptedTask> newListener) {
        synchronized (network) {
            listener = newListener;
        }
    }
}
