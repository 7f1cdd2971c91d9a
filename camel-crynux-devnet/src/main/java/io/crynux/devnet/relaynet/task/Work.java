// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.task;

/**
 * What a node has made of a task.
 *
 * @param node its address; empty before the task has started
 * @param timeout of the execution, in seconds; for fine-tuning the creator's from the beginning
 * @param score as hex with prefix; empty before, and after an error
 * @param error 1 for invalid parameters, 0 for none
 */
public record Work(String node, long timeout, String score, int error) {
    Work by(String newNode, long newTimeout) {
        return new Work(newNode, newTimeout, score, error);
    }

    Work withScore(String newScore) {
        return new Work(node, timeout, newScore, error);
    }

    Work withError() {
        return new Work(node, timeout, score, 1);
    }
}
