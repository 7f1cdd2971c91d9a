// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import java.math.BigInteger;
import java.time.Duration;

/**
 * Settings that differ between deployments of the contracts.
 *
 * @param version signature of createTask
 * @param queueSize maximum number of tasks that wait for nodes; one more evicts the cheapest
 * @param taskTimeout time after which a started task can be cancelled
 * @param stake that a node pays when it joins, in wei
 * @param nodeSelection which free nodes get a task
 * @param indexedTaskIds whether TaskSuccess and TaskAborted have the task's id as a topic; early deployments had it in the data
 */
public record ContractSettings(
        TaskContractVersion version,
        int queueSize,
        Duration taskTimeout,
        BigInteger stake,
        NodeSelection nodeSelection,
        boolean indexedTaskIds) {

    /** The deployment of May 2024: five arguments, 50 waiting tasks, 15 minutes, a stake of 400 CNX; longest free node first. */
    public static ContractSettings defaults() {
        return new ContractSettings(
                TaskContractVersion.FIVE_ARGUMENTS,
                50,
                Duration.ofMinutes(15),
                BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(400)),
                NodeSelection.LONGEST_FREE,
                true);
    }

    public ContractSettings withVersion(TaskContractVersion newVersion) {
        return new ContractSettings(newVersion, queueSize, taskTimeout, stake, nodeSelection, indexedTaskIds);
    }

    public ContractSettings withQueueSize(int newQueueSize) {
        return new ContractSettings(version, newQueueSize, taskTimeout, stake, nodeSelection, indexedTaskIds);
    }

    public ContractSettings withTaskTimeout(Duration newTaskTimeout) {
        return new ContractSettings(version, queueSize, newTaskTimeout, stake, nodeSelection, indexedTaskIds);
    }

    public ContractSettings withNodeSelection(NodeSelection newNodeSelection) {
        return new ContractSettings(version, queueSize, taskTimeout, stake, newNodeSelection, indexedTaskIds);
    }

    public ContractSettings withIndexedTaskIds(boolean newIndexedTaskIds) {
        return new ContractSettings(version, queueSize, taskTimeout, stake, nodeSelection, newIndexedTaskIds);
    }
}
