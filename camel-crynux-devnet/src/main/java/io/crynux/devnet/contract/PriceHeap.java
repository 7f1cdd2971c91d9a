// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A binary heap of waiting tasks by price. It is a heap and not a sorted list because that decides which of two tasks of equal
 * price is served first: not always the earlier one.
 */
final class PriceHeap {
    /** 1: the task with the highest price on top; -1: the one with the lowest. */
    private final int direction;

    private final List<TaskRequest> tasks;

    private PriceHeap(int direction, List<TaskRequest> tasks) {
        this.direction = direction;
        this.tasks = new ArrayList<>(tasks);
    }

    static PriceHeap highestFirst(List<TaskRequest> tasks) {
        return new PriceHeap(1, tasks);
    }

    static PriceHeap cheapestFirst(List<TaskRequest> tasks) {
        return new PriceHeap(-1, tasks);
    }

    /** The tasks in heap order, to be kept. */
    List<TaskRequest> tasks() {
        return List.copyOf(tasks);
    }

    TaskRequest top() {
        return tasks.get(0);
    }

    Optional<TaskRequest> find(long id) {
        return tasks.stream().filter(task -> task.id() == id).findFirst();
    }

    void insert(TaskRequest task) {
        tasks.add(task);
        moveUp(tasks.size() - 1, task);
    }

    void remove(long id) {
        int index = 0;
        while (tasks.get(index).id() != id) {
            index++;
        }
        TaskRequest removed = tasks.get(index);
        TaskRequest last = tasks.remove(tasks.size() - 1);
        if (index == tasks.size()) {
            return;
        }
        if (above(last, removed)) {
            moveUp(index, last);
        } else {
            moveDown(index, last);
        }
    }

    private void moveUp(int from, TaskRequest task) {
        int index = from;
        while (index > 0 && above(task, tasks.get((index - 1) / 2))) {
            tasks.set(index, tasks.get((index - 1) / 2));
            index = (index - 1) / 2;
        }
        tasks.set(index, task);
    }

    private void moveDown(int from, TaskRequest task) {
        int index = from;
        int child = upperChild(index);
        while (child < tasks.size() && above(tasks.get(child), task)) {
            tasks.set(index, tasks.get(child));
            index = child;
            child = upperChild(index);
        }
        tasks.set(index, task);
    }

    private int upperChild(int index) {
        int left = 2 * index + 1;
        boolean right = left + 1 < tasks.size() && above(tasks.get(left + 1), tasks.get(left));
        return right ? left + 1 : left;
    }

    private boolean above(TaskRequest one, TaskRequest other) {
        return one.price().compareTo(other.price()) * direction > 0;
    }
}
