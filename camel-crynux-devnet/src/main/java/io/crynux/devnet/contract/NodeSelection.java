// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import java.util.List;

/**
 * Picks a node for a task. The real contract picks at random, weighted by the nodes' scores; a test network is better off with
 * something that can be foreseen.
 */
@FunctionalInterface
public interface NodeSelection {

    /** The node that has been free for the longest time. */
    NodeSelection LONGEST_FREE = candidates -> candidates.get(0);

    /**
     * Picks one node; asked three times for a task.
     *
     * @param candidates the addresses of the nodes that can take the task, never empty, the longest free one first
     */
    String select(List<String> candidates);
}
