// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import io.crynux.devnet.contract.CrynuxContracts;
import io.crynux.devnet.ledger.Ledger;
import io.crynux.devnet.rpc.RpcServer;
import java.math.BigInteger;
import org.web3j.crypto.Credentials;

/**
 * A chain with the Crynux contracts on it, in memory, served by JSON-RPC on the loopback interface. It has an operator of its
 * own, who lets nodes join and leave without a stake. To be closed; everything is forgotten then.
 */
public final class Chain implements AutoCloseable {
    private final Ledger ledger;
    private final RpcServer rpc;
    private final BlockTimer timer;
    private final ChainAccess access;
    private final Credentials operator;

    Chain(Ledger ledger, RpcServer rpc, BlockTimer timer, Credentials operator) {
        this.ledger = ledger;
        this.rpc = rpc;
        this.timer = timer;
        this.access = new LedgerAccess(ledger);
        this.operator = operator;
    }

    /** A chain to be configured and started. */
    public static ChainBuilder builder() {
        return new ChainBuilder();
    }

    /** Where the JSON-RPC is served. */
    public String rpcUrl() {
        return rpc.url();
    }

    public long chainId() {
        return ledger.settings().chainId();
    }

    /** The address of the Task contract. */
    public String contractAddress() {
        return CrynuxContracts.TASK;
    }

    /** The address of the Node contract. */
    public String nodeContractAddress() {
        return CrynuxContracts.NODE;
    }

    /** The chain as Relay and nodes see it. */
    public ChainAccess access() {
        return access;
    }

    /** Makes a block now, also an empty one, whatever the block time is. */
    public void mine() {
        ledger.mine();
    }

    /**
     * Sends the operator's transaction by which a node joins, without a stake; from the next block on it gets tasks. It fails
     * on chain when the node has joined already.
     *
     * @param address the node's address
     * @param gpuVram in GB
     * @return the transaction's hash
     */
    public String joinNode(String address, String gpuName, int gpuVram) {
        return sendAsOperator(CrynuxContracts.joinFor(address, gpuName, gpuVram));
    }

    /**
     * Sends the operator's transaction by which a node leaves: at once when it is free, else after its task.
     *
     * @return the transaction's hash
     */
    public String quitNode(String address) {
        return sendAsOperator(CrynuxContracts.quitFor(address));
    }

    private String sendAsOperator(String data) {
        return access.send(operator, CrynuxContracts.NODE, data, BigInteger.ZERO);
    }

    /** Stops the blocks and the JSON-RPC. */
    @Override
    public void close() {
        timer.close();
        rpc.close();
    }
}
