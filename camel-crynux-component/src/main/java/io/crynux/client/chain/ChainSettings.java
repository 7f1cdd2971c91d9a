// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Which chain, and how it is read and written.
 *
 * @param rpcUrls JSON-RPC endpoints of one chain; the first that answers is used
 * @param contractAddress of the Task contract, lower-case
 * @param chainId that the endpoints must have, or null to take theirs
 * @param gpuArguments whether the deployment's createTask names a GPU (7 arguments)
 * @param pollInterval between two looks at the chain
 * @param gas what payments may use and cost
 */
public record ChainSettings(
        List<URI> rpcUrls,
        String contractAddress,
        Long chainId,
        boolean gpuArguments,
        Duration pollInterval,
        GasSettings gas) {

    /** One second. */
    public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(1);

    public ChainSettings {
        rpcUrls = List.copyOf(rpcUrls);
    }
}
