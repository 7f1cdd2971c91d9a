// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import io.crynux.devnet.watch.TaskEvent;
import io.crynux.devnet.watch.TaskEventListener;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The tasks that the Relay has seen on the chain. Keeps the newest {@value #CAPACITY}. */
final class TaskBook implements TaskEventListener {
    static final int CAPACITY = 50_000;

    private final Function<BigInteger, BigInteger> vramLimits;
    private final Map<BigInteger, RelayTask> tasks = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<BigInteger, RelayTask> eldest) {
            return size() > CAPACITY;
        }
    };

    /** @param vramLimits tells the VRAM limit of a task by its id, zero where it is not known */
    TaskBook(Function<BigInteger, BigInteger> vramLimits) {
        this.vramLimits = vramLimits;
    }

    Optional<RelayTask> find(BigInteger id) {
        synchronized (tasks) {
            return Optional.ofNullable(tasks.get(id));
        }
    }

    @Override
    public void added(TaskEvent event) {
        if (event instanceof TaskEvent.Pending pending) {
            synchronized (tasks) {
                tasks.put(pending.taskId(), new RelayTask(pending));
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

    @Override
    public void removed(TaskEvent event) {
        if (event instanceof TaskEvent.Pending) {
            synchronized (tasks) {
                tasks.remove(event.taskId());
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
