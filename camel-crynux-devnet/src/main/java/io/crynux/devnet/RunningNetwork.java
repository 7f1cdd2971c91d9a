// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import io.crynux.devnet.chain.Chain;
import io.crynux.devnet.relay.Relay;
import java.util.List;

/** A network that runs; to be closed by {@code closing}. */
record RunningNetwork(
        List<DevnetAccount> accounts,
        List<DevnetAccount> nodes,
        Chain chain,
        Relay relay,
        Faults faults,
        Closing closing) {

    RunningNetwork {
        accounts = List.copyOf(accounts);
        nodes = List.copyOf(nodes);
    }
}
