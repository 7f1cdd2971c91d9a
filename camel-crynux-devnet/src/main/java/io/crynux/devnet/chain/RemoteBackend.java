// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import io.crynux.devnet.contract.ContractFaults;
import io.crynux.devnet.contract.ContractSettings;
import io.crynux.devnet.contract.CrynuxContracts;
import io.crynux.devnet.ledger.Reorg;
import io.crynux.devnet.rpc.RpcFaults;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.crypto.Credentials;

/** A node that others run, reached by JSON-RPC, with contracts that were deployed there for this devnet. */
final class RemoteBackend implements ChainBackend {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteBackend.class);
    private static final Duration SETTLING = Duration.ofMinutes(1);
    private static final long LOOK_MILLIS = 20;

    private final JsonRpc rpc;
    private final long chainId;
    private final RemoteAccess access;
    private final RemoteMiner miner;
    private final RemoteReorg reorgs;
    private final RemoteView view;
    private final RpcFaults rpcFaults;
    private final ContractFaults contractFaults;
    private long firstBlock;
    private String nodeContract;
    private String taskContract;

    RemoteBackend(JsonRpc rpc, RemoteMiner miner) {
        this.rpc = rpc;
        this.miner = miner;
        this.chainId = rpc.quantity("eth_chainId").longValueExact();
        this.access = new RemoteAccess(rpc, chainId);
        this.reorgs = new RemoteReorg(rpc, miner::mine);
        this.view = new RemoteView(rpc, miner::paused);
        String why = "only the devnet's own chain supports this, and this devnet uses the node at " + rpc.shownUrl();
        this.rpcFaults = RpcFaults.refused(why);
        this.contractFaults = ContractFaults.refused(why);
    }

    /** Raises balances that are lower than these, in wei by address. */
    void raiseBalances(Map<String, BigInteger> balances, List<Credentials> funders) {
        settle(new RemoteFunds(rpc, access, funders).raise(balances));
        // A reorganisation goes back to what there was with a block.
        miner.mineIfPossible();
    }

    /** Makes the contracts. */
    void deploy(ContractSettings settings, Credentials operator) {
        deploy(settings, operator.getAddress(), code -> access.deploy(operator, code));
        LOG.info("Task contract {} deployed on the chain {} at {}", taskContract, chainId, rpc.shownUrl());
    }

    /** Makes the contracts on a new anvil at the addresses that they have on the devnet's own chain. */
    void deployAsOnTheOwnChain(ContractSettings settings, String operator) {
        Iterator<Integer> nonces = CrynuxContracts.NONCES_OF_DEPLOYMENT.iterator();
        deploy(settings, operator, code -> {
            rpc.call("anvil_setNonce", CrynuxContracts.OWNER, JsonRpc.hex(nonces.next()));
            String gas = "0x" + RemoteAccess.DEPLOYMENT_GAS_LIMIT.toString(16);
            return rpc.call("eth_sendTransaction", Map.of("from", CrynuxContracts.OWNER, "data", code, "gas", gas))
                    .asText();
        });
        rpc.call("anvil_setNonce", CrynuxContracts.OWNER, JsonRpc.hex(0));
    }

    private void deploy(ContractSettings settings, String operator, UnaryOperator<String> sender) {
        firstBlock = access.head().number();
        ContractCode code = ContractCode.load();
        nodeContract = made(sender.apply(code.nodeContract(settings, operator)));
        taskContract = made(sender.apply(code.taskContract(settings, nodeContract)));
    }

    private String made(String transaction) {
        settle(List.of(transaction));
        return access.receipt(transaction).orElseThrow().path("contractAddress").asText();
    }

    /** Starts to make blocks unless the node does. */
    void start() {
        miner.start();
    }

    @Override
    public void settle(List<String> transactions) {
        if (transactions.isEmpty()) {
            return;
        }
        boolean mining = miner.mineIfPossible();
        long end = System.nanoTime() + SETTLING.toNanos();
        var never = new CountDownLatch(1);
        for (String transaction : transactions) {
            ChainAccess.Fate fate = access.fate(transaction);
            while (fate.kind() == ChainAccess.Fate.Kind.WAITING && System.nanoTime() < end) {
                try {
                    never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new ChainAccessException("interrupted while waiting for " + transaction, e);
                }
                fate = access.fate(transaction);
            }
            if (fate.kind() != ChainAccess.Fate.Kind.SUCCEEDED) {
                throw new ChainAccessException(
                        "Transaction " + transaction + " on the chain at " + rpc.shownUrl() + ": "
                                + fate.kind() + " " + fate.reason()
                                + (mining ? "" : "; the node makes its blocks by itself"));
            }
        }
    }

    @Override
    public String rpcUrl() {
        return rpc.url().toString();
    }

    /** As anvil, hardhat and geth have it on the port of the HTTP, or nearly. */
    @Override
    public String webSocketUrl() {
        URI url = rpc.url();
        return url.toString().replaceFirst("^http", "ws");
    }

    @Override
    public long chainId() {
        return chainId;
    }

    @Override
    public String taskContract() {
        return taskContract;
    }

    @Override
    public String nodeContract() {
        return nodeContract;
    }

    @Override
    public long firstBlock() {
        return firstBlock;
    }

    @Override
    public ChainAccess access() {
        return access;
    }

    @Override
    public ChainView view() {
        return view;
    }

    /** None: what others ask of the node is not known here. */
    @Override
    public SortedMap<String, Long> rpcCounts() {
        return Collections.emptySortedMap();
    }

    @Override
    public RpcFaults rpcFaults() {
        return rpcFaults;
    }

    @Override
    public ContractFaults contractFaults() {
        return contractFaults;
    }

    @Override
    public void mine() {
        miner.mine();
    }

    @Override
    public void pauseBlocks() {
        miner.pause();
    }

    @Override
    public void resumeBlocks() {
        miner.resume();
    }

    @Override
    public void reorg(Reorg reorg, String operator) {
        long above = access.head().number() - firstBlock;
        if (reorg.depth() > above) {
            throw new IllegalArgumentException(
                    "Cannot revert " + reorg.depth() + " blocks: the contracts were deployed " + above + " blocks ago");
        }
        // The view must have the replaced blocks afterwards, even if nobody has read them before.
        view.newest(reorg.depth());
        access.asAWhole(() -> miner.whilePaused(() -> reorgs.run(reorg, operator)));
        view.newest(reorg.depth());
    }

    @Override
    public boolean dropTransaction(String hash) {
        return rpc.control("the devnet cannot drop its transactions", "anvil_dropTransaction", hash)
                .isTextual();
    }

    /** Whole seconds: what is a part of one counts as one. */
    @Override
    public void advanceTime(Duration time) {
        rpc.control(
                "the devnet cannot advance its clock",
                "evm_increaseTime",
                time.plusSeconds(1).minusNanos(1).toSeconds());
    }

    @Override
    public void close() {
        miner.close();
    }
}
