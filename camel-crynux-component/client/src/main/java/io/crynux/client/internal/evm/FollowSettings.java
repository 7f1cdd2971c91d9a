// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm;

import io.crynux.client.settings.LogSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How the chain is read.
 *
 * @param pollInterval between two looks at the chain
 * @param webSocketUrls WebSocket endpoints of the chain, whose new heads make it be looked at at once; may be none
 * @param logSource by which calls events are read
 * @param maxBlockRange how many blocks one eth_getLogs asks for at most, at least 1; fewer where the node refuses so many
 */
public record FollowSettings(Duration pollInterval, List<URI> webSocketUrls, LogSource logSource, int maxBlockRange) {

    /** One second. */
    public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(1);

    /** 2,000 blocks, which many public nodes allow. */
    public static final int DEFAULT_MAX_BLOCK_RANGE = 2_000;

    /** @throws IllegalArgumentException naming the setting that cannot be */
    public FollowSettings {
        webSocketUrls = List.copyOf(webSocketUrls);
        Objects.requireNonNull(logSource, "logSource");
        if (pollInterval.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "pollInterval is " + pollInterval.toMillis() + " ms; it must be more than zero, such as 1s");
        }
        if (maxBlockRange < 1) {
            throw new IllegalArgumentException(
                    "maxBlockRange is " + maxBlockRange + ", the least is 1: no block could be asked for");
        }
    }
}
