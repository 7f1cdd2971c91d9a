// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps a number of tasks in flight until all have run: when one ends, the next one starts. */
final class ClosedLoop {
    private final TaskRoute route;
    private final String name;
    private final int tasks;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final List<Long> micros = Collections.synchronizedList(new ArrayList<>());
    private final List<TaskRoute.Done> done = Collections.synchronizedList(new ArrayList<>());
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Void> half = new CompletableFuture<>();
    private final CompletableFuture<Void> all = new CompletableFuture<>();

    ClosedLoop(TaskRoute route, String name, int tasks) {
        this.route = route;
        this.name = name;
        this.tasks = tasks;
    }

    /** Starts; the future completes when the last task has ended, successfully or not. */
    CompletableFuture<Void> start(int inFlight) {
        for (int i = 0; i < inFlight; i++) {
            next();
        }
        return all;
    }

    private void next() {
        int number = begun.incrementAndGet();
        if (number > tasks) {
            return;
        }
        long begin = System.nanoTime();
        route.submit("Picture " + number + " of " + name).whenComplete((result, error) -> {
            micros.add((System.nanoTime() - begin) / 1_000);
            if (error == null) {
                done.add(result);
            } else {
                failures.add(error);
            }
            int count = ended.incrementAndGet();
            if (count == (tasks + 1) / 2) {
                half.complete(null);
            }
            if (count == tasks) {
                all.complete(null);
            } else {
                next();
            }
        });
    }

    /** Completes when half of the tasks have ended. */
    CompletableFuture<Void> half() {
        return half;
    }

    List<TaskRoute.Done> done() {
        return List.copyOf(done);
    }

    /** Duration of each task, in microseconds. */
    List<Long> micros() {
        return List.copyOf(micros);
    }

    List<Throwable> failures() {
        return List.copyOf(failures);
    }
}
