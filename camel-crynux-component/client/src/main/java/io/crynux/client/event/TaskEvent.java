// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskKind;
import java.math.BigInteger;
import java.util.Optional;

/**
 * An event of the Task contract with its place in the chain and what is known of its task.
 *
 * @param chainId of the chain
 * @param contract the Task contract's address, lower-case
 * @param details what happened, with the event's own arguments
 * @param block in which
 * @param transactionHash what caused it
 * @param logIndex its place among all logs of the block
 * @param origin who created the task and of which type it is, or null where that could not be found out: TaskSuccess and
 *     most others do not tell
 * @param removed whether a reorganisation has taken back this event, which was told before
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
     * Where a task comes from.
     *
     * @param creator the address that paid, lower-case
     * @param taskType the contract's number of it
     */
    public record Origin(String creator, long taskType) {

        /** The kind of the task; empty for a type that is not known here. */
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

    /** Who created the task, if known. */
    public Optional<String> creator() {
        return Optional.ofNullable(origin).map(Origin::creator);
    }

    /** What kind of task it is, if known. */
    public Optional<TaskKind> kind() {
        return Optional.ofNullable(origin).flatMap(Origin::kind);
    }

    /** Unique: chain id, block hash and log index, separated by colons, and {@code :removed} where it is taken back. */
    public String id() {
        return chainId + ":" + block.hash() + ":" + logIndex + (removed ? ":removed" : "");
    }

    /** The same, taken back. */
    public TaskEvent takenBack() {
        return new TaskEvent(chainId, contract, details, block, transactionHash, logIndex, origin, true);
    }

    /**
     * Reads what {@link #toJson} has written.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static TaskEvent parse(String json) {
        return EventJson.parse(json);
    }

    /** Everything about it as a JSON object; amounts and ids are text, since they may be longer than numbers of JSON are read. */
    public ObjectNode toJson() {
        return EventJson.write(this);
    }
}
