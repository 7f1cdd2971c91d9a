// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Set;

/** Something that the network reports, in the order in which it happened. */
public sealed interface NetworkEvent {

    /** A payment is in a block and made a task. */
    record Created(String transactionHash, BigInteger taskId, BlockRef block) implements NetworkEvent {}

    /** A payment is in a block and was reverted; the reason is null where none is known. */
    record Reverted(String transactionHash, String reason, BlockRef block) implements NetworkEvent {}

    /** A transaction that pays for no task is in a block and was not reverted. */
    record Mined(String transactionHash, BlockRef block) implements NetworkEvent {}

    /** The payment's nonce was used by a transaction that is none of the task's payments. */
    record Superseded(String transactionHash, BlockRef block) implements NetworkEvent {}

    /** A node was given the task. */
    record Started(BigInteger taskId, String node) implements NetworkEvent {}

    /** The nodes agreed on a result. */
    record Succeeded(BigInteger taskId, String resultNode, String resultHash, BlockRef block) implements NetworkEvent {}

    /** The result can be downloaded. */
    record ResultsUploaded(BigInteger taskId) implements NetworkEvent {}

    /** The network gave the task up. */
    record Aborted(BigInteger taskId, String reason, BlockRef block) implements NetworkEvent {}

    /** What these blocks reported does not hold any more. */
    record Removed(Set<String> blockHashes) implements NetworkEvent {}

    /**
     * Everything up to that block has been told.
     *
     * @param stillFor for how long the network has surely made no other block, although nothing waits for one
     */
    record Head(BlockRef block, Duration stillFor) implements NetworkEvent {}
}
