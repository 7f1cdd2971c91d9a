// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.task;

import io.crynux.devnet.relaynet.arguments.Workload;
import java.math.BigInteger;
import java.util.List;

/**
 * What a creator ordered. Nothing of it changes afterwards.
 *
 * @param commitment as it was sent; the Relay looks it up in any letter case
 * @param creator address with EIP-55 checksum
 * @param args the parameters as the Relay keeps them: keys sorted, names of models in lower case
 * @param type 0 image, 1 text, 2 fine-tuning
 * @param nonce as it was sent
 * @param modelIds in lower case
 * @param minVram in GB; without effect where a GPU is required
 * @param requiredGpu name with platform, such as {@code NVIDIA GeForce RTX 4090+Linux}; empty for any
 * @param requiredGpuVram in GB
 * @param version of the nodes' software that the task needs
 * @param size number of result files
 * @param fee in wei
 * @param timeout of fine-tuning from its start, in seconds; 0 for other types
 * @param workload what the time-out of the execution depends on
 * @param priority the order in the queue; the highest is first
 */
public record TaskOrder(
        String commitment,
        String creator,
        String args,
        int type,
        String nonce,
        List<String> modelIds,
        long minVram,
        String requiredGpu,
        long requiredGpuVram,
        TaskVersion version,
        long size,
        BigInteger fee,
        long timeout,
        Workload workload,
        BigInteger priority) {
    /** The task type of fine-tuning. */
    public static final int FINE_TUNING = 2;

    /** The task type of text. */
    public static final int TEXT = 1;

    public TaskOrder {
        modelIds = List.copyOf(modelIds);
    }

    public boolean isFineTuning() {
        return type == FINE_TUNING;
    }

    /** Never prints nonce and parameters: the nonce is half of what the commitment hides. */
    @Override
    public String toString() {
        return "task " + commitment + " of " + creator;
    }
}
