// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskKind;
import java.math.BigInteger;
import java.util.Optional;

/**
 * An event of the Task contract with its position in the chain and the origin of its task.
 *
 * @param chainId the chain id
 * @param contract the Task contract's address, lower-case
 * @param details the event with its own arguments
 * @param block block of the event
 * @param transactionHash transaction of the event
 * @param logIndex index among all logs of the block
 * @param origin creator and type of the task, or null if unknown: TaskSuccess and most others do not contain them
 * @param removed whether a reorganisation has reverted this event, which was emitted before
 */
public record TaskEvent(
        long chainId,
        String contract,
        ContractEvent details,
        BlockRef block,
        String transactionHash,
        BigInteger logIndex,
        Origin origin,
        boolean removed) {

    /**
     * Origin of a task.
     *
     * @param creator address that paid, in lower case
     * @param taskType the contract's number of the kind
     */
    public record Origin(String creator, long taskType) {

        /** Kind of the task; empty for a type that this version does not know. */
        public Optional<TaskKind> kind() {
            return TaskKind.ofCode(taskType);
        }
    }

    public TaskEventType type() {
        return TaskEventType.of(details);
    }

    public BigInteger taskId() {
        return details.taskId();
    }

    /** Creator of the task, if known. */
    public Optional<String> creator() {
        return Optional.ofNullable(origin).map(Origin::creator);
    }

    /** Kind of the task, if known. */
    public Optional<TaskKind> kind() {
        return Optional.ofNullable(origin).flatMap(Origin::kind);
    }

    /** Unique: chain id, block hash and log index, separated by colons, and {@code :removed} for a reverted event. */
    public String id() {
        return chainId + ":" + block.hash() + ":" + logIndex + (removed ? ":removed" : "");
    }

    /** The same event, reverted by a reorganisation. */
    public TaskEvent reverted() {
        return new TaskEvent(chainId, contract, details, block, transactionHash, logIndex, origin, true);
    }

    /**
     * Reads the JSON of {@link #toJson}.
     *
     * @throws IllegalArgumentException if it is another text
     */
    public static TaskEvent parse(String json) {
        return EventJson.parse(json);
    }

    /** The event as a JSON object; amounts and ids are text, because many JSON parsers cannot read numbers of 256 bits. */
    public ObjectNode toJson() {
        return EventJson.write(this);
    }
}
