// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import io.crynux.devnet.contract.ContractFaults;
import io.crynux.devnet.contract.CrynuxContracts;
import io.crynux.devnet.ledger.Ledger;
import io.crynux.devnet.ledger.Reorg;
import io.crynux.devnet.rpc.RpcFaults;
import io.crynux.devnet.rpc.RpcServer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** A ledger of this JVM, served by JSON-RPC. */
final class OwnBackend implements ChainBackend {
    private final Ledger ledger;
    private final ShiftedClock clock;
    private final RpcServer rpc;
    private final BlockTimer timer;
    private final ChainAccess access;
    private final ContractFaults contractFaults;

    OwnBackend(
            Ledger ledger,
            ShiftedClock clock,
            RpcServer rpc,
            BlockTimer timer,
            ChainAccess access,
            ContractFaults contractFaults) {
        this.ledger = ledger;
        this.clock = clock;
        this.rpc = rpc;
        this.timer = timer;
        this.access = access;
        this.contractFaults = contractFaults;
    }

    @Override
    public String rpcUrl() {
        return rpc.url();
    }

    @Override
    public String webSocketUrl() {
        return rpc.webSocketUrl();
    }

    @Override
    public long chainId() {
        return ledger.settings().chainId();
    }

    @Override
    public String taskContract() {
        return CrynuxContracts.TASK;
    }

    @Override
    public String nodeContract() {
        return CrynuxContracts.NODE;
    }

    @Override
    public long firstBlock() {
        return 0;
    }

    @Override
    public ChainAccess access() {
        return access;
    }

    @Override
    public ChainView view() {
        return new OwnView(ledger);
    }

    @Override
    public SortedMap<String, Long> rpcCounts() {
        return rpc.counts();
    }

    @Override
    public RpcFaults rpcFaults() {
        return rpc.faults();
    }

    @Override
    public ContractFaults contractFaults() {
        return contractFaults;
    }

    @Override
    public void mine() {
        ledger.mine();
    }

    @Override
    public void pauseBlocks() {
        ledger.pause();
    }

    @Override
    public void resumeBlocks() {
        ledger.resume();
    }

    @Override
    public void reorg(Reorg reorg, String operator) {
        ledger.reorganise(reorg, transaction -> transaction.from().equals(operator));
    }

    @Override
    public boolean dropTransaction(String hash) {
        return ledger.drop(hash.toLowerCase(Locale.ROOT));
    }

    @Override
    public void advanceTime(Duration time) {
        clock.advance(time);
    }

    @Override
    public void settle(List<String> transactions) {
        ledger.mine();
        for (String transaction : transactions) {
            if (!access.succeeded(transaction).orElse(false)) {
                throw new ChainAccessException("Transaction " + transaction + " failed: "
                        + access.fate(transaction).reason());
            }
        }
    }

    @Override
    public void close() {
        timer.close();
        rpc.close();
    }
}
