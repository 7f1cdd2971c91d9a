// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.operation;

import io.crynux.client.task.TaskResult;

/** How far a task has come that was taken up. */
public sealed interface Resumed {

    /** A task of the client's wallet: the client went on with it. */
    record Own(TaskResult result) implements Resumed {}

    /** A task of another wallet: the client could only watch it. */
    record Watched(WatchedTask task) implements Resumed {}
}
