// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.internal.async.Loop;
import io.crynux.client.observe.ClientObserver;
import io.crynux.client.observe.ClientObserver.TaskPhase;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskState;
import java.time.Duration;

/** How long a task is in each phase, for who watches. Used on the engine's loop only. */
final class TaskTimes {
    private final ClientObserver observer;
    private final Loop loop;
    private final TaskKind kind;
    /** Null while it is not known when the phase began. */
    private TaskPhase phase;

    private long since;
    private boolean ended;

    TaskTimes(ClientObserver observer, Loop loop, TaskKind kind) {
        this.observer = observer;
        this.loop = loop;
        this.kind = kind;
    }

    /** It waits for its start from now on. */
    void begin() {
        enter(TaskPhase.WAIT);
    }

    /** It is in that state, perhaps as before. */
    void onState(TaskState state) {
        TaskPhase next = TaskPhase.of(state).orElse(null);
        boolean well = !state.isEnd() || state == TaskState.DONE;
        // A reorganisation takes it back to an earlier phase, which is no end of the later one.
        boolean forward = phase != null && (next == null || next.compareTo(phase) > 0);
        // Without a download, success is the end of the work and of the task.
        if (forward && well && !(phase == TaskPhase.DOWNLOAD && state == TaskState.DONE)) {
            observer.onPhase(kind, phase, Duration.ofNanos(loop.nanoTime() - since));
        }
        if (next == null || next != phase) {
            enter(next);
        }
        if (state.isEnd() && !ended) {
            ended = true;
            observer.onEnd(kind, state);
        }
    }

    private void enter(TaskPhase next) {
        phase = next;
        since = loop.nanoTime();
    }
}
