// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.watch;

import java.math.BigInteger;

/** One event of the Task contract, decoded. Addresses and hashes are lower-case hex with the prefix {@code 0x}. */
public sealed interface TaskEvent {

    /** The number of the task on the chain. */
    BigInteger taskId();

    /** A task was created; it may still wait for nodes. {@code taskType}: 0 image, 1 text, 2 LoRA fine-tuning. */
    record Pending(BigInteger taskId, int taskType, String creator, String taskHash, String dataHash)
            implements TaskEvent {}

    /** One of the three nodes of a task was chosen; {@code round} (0 to 2) is its place among them. */
    record Started(BigInteger taskId, int taskType, String creator, String node, String taskHash, BigInteger round)
            implements TaskEvent {}

    /** All nodes of the task have committed to a result: they may disclose it now. */
    record CommitmentsReady(BigInteger taskId) implements TaskEvent {}

    /** Two nodes agree on the {@code result} (hex), and {@code resultNode} has to upload its files. */
    record Success(BigInteger taskId, String result, String resultNode) implements TaskEvent {}

    /** The task ended without a result. */
    record Aborted(BigInteger taskId, String reason) implements TaskEvent {}

    /** The result node says that the files are at the Relay. */
    record ResultUploaded(BigInteger taskId) implements TaskEvent {}

    /** A node is done with the task, whether it was paid, slashed or sent home by a cancellation. */
    record NodeReleased(BigInteger taskId, String node) implements TaskEvent {}
}
