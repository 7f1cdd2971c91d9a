// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import java.util.List;

/** A network that runs; to be closed by {@link #closing}. */
interface RunningNetwork {
    List<DevnetAccount> accounts();

    List<DevnetAccount> nodes();

    Closing closing();

    /** URL of the Relay. */
    String relayUrl();

    /** Ends all that a test has switched on. */
    void reset();
}
