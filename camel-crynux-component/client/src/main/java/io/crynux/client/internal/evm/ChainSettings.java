// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm;

import io.crynux.client.settings.CreateTaskArguments;
import io.crynux.client.settings.GasSettings;
import java.net.URI;
import java.util.List;

/**
 * Which chain, and how it is read and written.
 *
 * @param rpcUrls JSON-RPC endpoints of one chain; one is used until it fails, then the next
 * @param contractAddress of the Task contract, lower-case
 * @param chainId that the endpoints must have, or null to take theirs
 * @param createTaskArguments which createTask the deployment has
 * @param follow how it is read
 * @param gas what payments may use and cost
 * @param maxPendingTransactions how many of the wallet's payments may be in no block; further ones wait unsigned
 */
public record ChainSettings(
        List<URI> rpcUrls,
        String contractAddress,
        Long chainId,
        CreateTaskArguments createTaskArguments,
        FollowSettings follow,
        GasSettings gas,
        int maxPendingTransactions) {

    /** Nodes keep 16 of an account's waiting transactions for sure, further ones while there is room. */
    public static final int DEFAULT_MAX_PENDING_TRANSACTIONS = 16;

    /** @throws IllegalArgumentException naming the setting that cannot be */
    public ChainSettings {
        rpcUrls = List.copyOf(rpcUrls);
        if (maxPendingTransactions < 1) {
            throw new IllegalArgumentException("maxPendingTransactions is " + maxPendingTransactions
                    + ", the least is 1: no payment could be sent");
        }
    }
}
