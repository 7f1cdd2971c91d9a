// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import io.crynux.devnet.contract.ContractFaults;
import io.crynux.devnet.ledger.Reorg;
import io.crynux.devnet.rpc.RpcFaults;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/** What makes the blocks: a ledger in this JVM, or a running node. {@link Chain} documents the methods. */
interface ChainBackend extends AutoCloseable {
    String rpcUrl();

    String webSocketUrl();

    long chainId();

    String taskContract();

    String nodeContract();

    /** No block before this one has anything of the contracts. */
    long firstBlock();

    ChainAccess access();

    ChainView view();

    SortedMap<String, Long> rpcCounts();

    RpcFaults rpcFaults();

    ContractFaults contractFaults();

    void mine();

    void pauseBlocks();

    void resumeBlocks();

    /** Replaces the newest blocks, but drops no transaction of the operator. */
    void reorg(Reorg reorg, String operator);

    boolean dropTransaction(String hash);

    void advanceTime(Duration time);

    /**
     * Has transactions that were sent mined, whatever the block time is.
     *
     * @throws ChainAccessException when one fails, or is not mined within reasonable time
     */
    void settle(List<String> transactions);

    @Override
    void close();
}
