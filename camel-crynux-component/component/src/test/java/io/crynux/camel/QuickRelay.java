// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.settings.RelaySettings;
import java.time.Duration;

/**
 * Has uploads wait for as long as a devnet's Relay is behind the chain: a real one is a second behind, which each task of each
 * test would wait for.
 */
public final class QuickRelay {
    private static final RelaySettings SETTINGS = new RelaySettings(
            RelaySettings.DEFAULT.notReady(),
            RelaySettings.DEFAULT.onFailure(),
            RelaySettings.DEFAULT.maxRetryAfter(),
            RelaySettings.DEFAULT.maxInvalidResponses(),
            Duration.ofMillis(100));

    private QuickRelay() {}

    /** Before the component starts. */
    public static void of(CrynuxComponent crynux) {
        crynux.relaySettings(SETTINGS);
    }
}
