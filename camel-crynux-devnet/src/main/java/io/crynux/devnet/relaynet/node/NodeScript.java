// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.node;

import io.crynux.devnet.relaynet.task.RelayTask;

/** Decides how a node behaves when it gets a task. */
@FunctionalInterface
public interface NodeScript {
    /**
     * Returns the plan of a node for a task that it has just been given; called with the network's lock held.
     *
     * @param usual what it would do otherwise
     */
    NodePlan plan(RelayTask task, NodePlan usual);
}
