// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.time.Clock;
import java.time.Duration;

/**
 * What an open journal is for.
 *
 * @param chainId id of the chain that the tasks live on
 * @param genesisHash hash of its block 0, which tells it apart from another chain with the same id; null where the node does not
 *     have that block. A journal that knows it fits then as well as one that does not
 * @param contract address of the Task contract, lower-case
 * @param retention how long a settled task is remembered under its idempotency key
 * @param budgetPeriod how long a settled task is remembered for what it cost; zero where nobody counts
 * @param clock the time
 */
public record JournalScope(
        long chainId, String genesisHash, String contract, Duration retention, Duration budgetPeriod, Clock clock) {

    /** For messages: chain and contract. */
    public String describe() {
        return JournalHeader.of(this).describe();
    }
}
