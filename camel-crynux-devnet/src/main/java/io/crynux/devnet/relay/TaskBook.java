// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import io.crynux.devnet.watch.TaskEvent;
import io.crynux.devnet.watch.TaskEventListener;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The tasks that the Relay has seen on the chain. Keeps the newest {@value #CAPACITY}. When a reorg reverts a task, it is
 * gone; when the same task comes back under the same id, so do its parameters: its creator cannot know whether the Relay has
 * heard of the reorg yet, and would not upload again.
 */
final class TaskBook implements TaskEventListener {
    static final int CAPACITY = 50_000;
    private static final int TAKEN_BACK = 1_000;

    private final Function<BigInteger, BigInteger> vramLimits;
    private final Map<BigInteger, RelayTask> tasks = newest(CAPACITY);
    private final Map<BigInteger, RelayTask> takenBack = newest(TAKEN_BACK);
    private final List<Consumer<BigInteger>> comebackListeners = new CopyOnWriteArrayList<>();

    /** @param vramLimits returns the VRAM limit of a task by its id, zero if it is not known */
    TaskBook(Function<BigInteger, BigInteger> vramLimits) {
        this.vramLimits = vramLimits;
    }

    private static Map<BigInteger, RelayTask> newest(int capacity) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<BigInteger, RelayTask> eldest) {
                return size() > capacity;
            }
        };
    }

    /** Reports the id of each task that returns with its parameters. */
    void onComeback(Consumer<BigInteger> listener) {
        comebackListeners.add(listener);
    }

    Optional<RelayTask> find(BigInteger id) {
        synchronized (tasks) {
            return Optional.ofNullable(tasks.get(id));
        }
    }

    /**
     * Gives a task its parameters, unless a reorg has put another one in its place since it was found: what is given to a task
     * that is no longer in the book would be lost.
     *
     * @return whether the task has them now
     * @throws RelayRefusal when it has some already
     */
    boolean accept(RelayTask task, String args) throws RelayRefusal {
        synchronized (tasks) {
            boolean current = tasks.get(task.id()) == task;
            if (current) {
                task.args(args);
            }
            return current;
        }
    }

    @Override
    public void added(TaskEvent event) {
        if (event instanceof TaskEvent.Pending pending) {
            if (open(pending).args().isPresent()) {
                comebackListeners.forEach(listener -> listener.accept(pending.taskId()));
            }
            return;
        }
        change(event, task -> {
            if (event instanceof TaskEvent.Started started) {
                task.node(started.node(), true);
                if (started.round().signum() == 0) {
                    task.vramLimit(vramLimits.apply(task.id()));
                }
            } else if (event instanceof TaskEvent.Success success) {
                task.success(success);
            } else if (event instanceof TaskEvent.Aborted) {
                task.aborted(true);
            }
        });
    }

    private RelayTask open(TaskEvent.Pending pending) {
        synchronized (tasks) {
            RelayTask before = takenBack.remove(pending.taskId());
            RelayTask task = before != null && before.isFor(pending) ? before.createdAgain() : new RelayTask(pending);
            tasks.put(pending.taskId(), task);
            return task;
        }
    }

    @Override
    public void removed(TaskEvent event) {
        if (event instanceof TaskEvent.Pending) {
            synchronized (tasks) {
                RelayTask removed = tasks.remove(event.taskId());
                if (removed != null) {
                    takenBack.put(event.taskId(), removed);
                }
            }
            return;
        }
        change(event, task -> {
            if (event instanceof TaskEvent.Started started) {
                task.node(started.node(), false);
            } else if (event instanceof TaskEvent.Success) {
                task.success(null);
            } else if (event instanceof TaskEvent.Aborted) {
                task.aborted(false);
            }
        });
    }

    private void change(TaskEvent event, Consumer<RelayTask> step) {
        find(event.taskId()).ifPresent(step);
    }
}
