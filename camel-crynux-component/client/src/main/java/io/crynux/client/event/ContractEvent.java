// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.event;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigInteger;

/** An event of the Task contract (classic protocol, section 1), with all its arguments. Addresses and bytes are lower-case hex. */
public sealed interface ContractEvent {

    BigInteger taskId();

    /** A createTask was mined; the task is queued or starts at once. */
    record Pending(BigInteger taskId, long taskType, String creator, String taskHash, String dataHash)
            implements ContractEvent {}

    /** A node was assigned to the task; three nodes per task. */
    record Started(
            BigInteger taskId,
            long taskType,
            String creator,
            @JsonProperty("selectedNode") String node,
            String taskHash,
            String dataHash,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigInteger round)
            implements ContractEvent {}

    /** All three nodes have committed to a result. */
    record CommitmentsReady(BigInteger taskId) implements ContractEvent {}

    /** Two nodes agree. */
    record Succeeded(BigInteger taskId, @JsonProperty("result") String resultHash, String resultNode)
            implements ContractEvent {
        /** A perceptual hash has 8 bytes. */
        private static final int DIGITS_PER_IMAGE = 16;

        /** The maximum of the network's schema. */
        private static final int MOST_IMAGES = 10;

        /** Number of images of an image task, by the perceptual hashes that the nodes agreed on; 1 to 10. */
        public int images() {
            return Math.min(MOST_IMAGES, Math.max(1, (resultHash.length() - 2) / DIGITS_PER_IMAGE));
        }
    }

    /** The winning node has uploaded its files to the Relay. */
    record ResultsUploaded(BigInteger taskId) implements ContractEvent {}

    /** The contract aborted the task. */
    record Aborted(BigInteger taskId, String reason) implements ContractEvent {}

    /** A node got its share of the fee. */
    record NodePaid(
            BigInteger taskId,
            @JsonProperty("nodeAddress") String node,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigInteger feeWei)
            implements ContractEvent {}

    /** A node lost its stake; its share of the fee goes back to the task's creator. */
    record NodeSlashed(BigInteger taskId, @JsonProperty("nodeAddress") String node) implements ContractEvent {}

    /** A node was released from a task that ended without its result. */
    record NodeCancelled(BigInteger taskId, @JsonProperty("nodeAddress") String node) implements ContractEvent {}
}
