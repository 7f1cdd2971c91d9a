// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.time.Clock;
import java.time.Duration;

/**
 * The network that a journal belongs to, and how long it keeps settled tasks.
 *
 * @param chainId id of the chain
 * @param genesisHash hash of block 0, which distinguishes chains with the same id; null if the node does not have that block.
 *     Then it is not compared
 * @param contract address of the Task contract, in lower case
 * @param retention how long a settled task can be found by its idempotency key
 * @param budgetPeriod how long the cost of a settled task is kept; zero if there is no budget
 * @param clock current time
 */
public record JournalScope(
        long chainId, String genesisHash, String contract, Duration retention, Duration budgetPeriod, Clock clock) {

    /** Chain and contract, for messages. */
    public String describe() {
        return JournalHeader.of(this).describe();
    }
}
