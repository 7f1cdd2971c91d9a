// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import io.crynux.devnet.relaynet.RelayNetwork;
import java.util.List;

/** A network of today that runs. */
record TodaysNetwork(List<DevnetAccount> accounts, List<DevnetAccount> nodes, RelayNetwork network, Closing closing)
        implements RunningNetwork {

    TodaysNetwork {
        accounts = List.copyOf(accounts);
        nodes = List.copyOf(nodes);
    }

    @Override
    public String relayUrl() {
        return network.url();
    }

    @Override
    public void reset() {
        network.faults().clear();
    }
}
