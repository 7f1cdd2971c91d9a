// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import io.crynux.devnet.board.TaskBoard;
import io.crynux.devnet.chain.Chain;
import io.crynux.devnet.relay.Relay;
import java.util.List;

/** A network of the classic protocol that runs. */
record ClassicNetwork(
        List<DevnetAccount> accounts,
        List<DevnetAccount> nodes,
        Chain chain,
        Relay relay,
        Faults faults,
        TaskBoard board,
        Closing closing)
        implements RunningNetwork {

    ClassicNetwork {
        accounts = List.copyOf(accounts);
        nodes = List.copyOf(nodes);
    }

    @Override
    public String relayUrl() {
        return relay.url();
    }

    @Override
    public void reset() {
        faults.clear();
        chain.resumeBlocks();
    }
}
