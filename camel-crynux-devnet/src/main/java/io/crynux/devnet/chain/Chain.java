// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import io.crynux.devnet.contract.ContractFaults;
import io.crynux.devnet.contract.CrynuxContracts;
import io.crynux.devnet.contract.NodeStatus;
import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.ledger.Reorg;
import io.crynux.devnet.rpc.RpcFaults;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.web3j.crypto.Credentials;
import org.web3j.utils.Numeric;

/**
 * A chain with the Crynux contracts, served by JSON-RPC: either the devnet's own, in memory and lost when it is closed, or the
 * chain of a running node, where the devnet has deployed its contracts. The chain's operator lets nodes join and leave without
 * a stake.
 *
 * <p>On the chain of a running node, actions for which the node has no method throw {@link UnsupportedOperationException}.
 */
public final class Chain implements AutoCloseable {
    private final ChainBackend backend;
    private final Credentials operator;
    private final Runnable onClose;
    private final Set<String> askedToQuit = ConcurrentHashMap.newKeySet();

    Chain(ChainBackend backend, Credentials operator) {
        this.backend = backend;
        this.operator = operator;
        this.onClose = () -> {};
    }

    private Chain(ChainBackend backend, Credentials operator, Runnable onClose) {
        this.backend = backend;
        this.operator = operator;
        this.onClose = onClose;
    }

    /** The same chain, which ends the process that it runs in when it is closed. */
    Chain closing(AnvilProcess process) {
        return new Chain(backend, operator, process::close);
    }

    /** Returns a builder that configures and starts a chain. */
    public static ChainBuilder builder() {
        return new ChainBuilder();
    }

    /** URL of the JSON-RPC. */
    public String rpcUrl() {
        return backend.rpcUrl();
    }

    /** The URL to show to people: scheme, host and port only, since its path can hold a key. */
    public String shownRpcUrl() {
        return JsonRpc.shown(URI.create(rpcUrl()));
    }

    /** URL of the JSON-RPC over WebSockets, with eth_subscribe. */
    public String webSocketUrl() {
        return backend.webSocketUrl();
    }

    public long chainId() {
        return backend.chainId();
    }

    /** The address of the Task contract. */
    public String contractAddress() {
        return backend.taskContract();
    }

    /** The address of the Node contract. */
    public String nodeContractAddress() {
        return backend.nodeContract();
    }

    /** The first block that has the contracts. */
    public long firstBlock() {
        return backend.firstBlock();
    }

    /** The chain as Relay and nodes see it. */
    public ChainAccess access() {
        return backend.access();
    }

    /** The chain, read-only. */
    public ChainView view() {
        return backend.view();
    }

    /** Number of calls answered, by JSON-RPC method; a snapshot. Each call of a batch counts, calls hit by an HTTP fault do not. */
    public SortedMap<String, Long> rpcCounts() {
        return backend.rpcCounts();
    }

    /** The faults of the JSON-RPC. */
    public RpcFaults rpcFaults() {
        return backend.rpcFaults();
    }

    /** The faults of the Task contract. */
    public ContractFaults contractFaults() {
        return backend.contractFaults();
    }

    /** Mines a block now, even an empty one, independently of the block time and of {@link #pauseBlocks}. */
    public void mine() {
        backend.mine();
    }

    /** Stops the block timer: transactions wait until {@link #mine} or {@link #resumeBlocks}. */
    public void pauseBlocks() {
        backend.pauseBlocks();
    }

    /** Resumes blocks after {@link #pauseBlocks}. */
    public void resumeBlocks() {
        backend.resumeBlocks();
    }

    /**
     * Replaces the newest blocks by one more, with the same transactions in the same order; the same as
     * {@code reorg(Reorg.of(depth))}.
     */
    public void reorg(int depth) {
        reorg(Reorg.of(depth));
    }

    /**
     * Replaces the newest blocks by others. Balances, nonces and contracts return to their state before those blocks; readers
     * see either all old blocks or all new ones. The operator's own transactions, with which nodes join, are never dropped.
     *
     * @throws IllegalArgumentException if there are fewer blocks above block 0, or if the depth exceeds 256
     */
    public void reorg(Reorg reorg) {
        backend.reorg(reorg, operator.getAddress());
    }

    /**
     * Drops a waiting transaction without an error, as a node does whose pool is full.
     *
     * @param hash of the transaction, in upper or lower case
     * @return whether the transaction was waiting
     */
    public boolean dropTransaction(String hash) {
        return backend.dropTransaction(hash);
    }

    /**
     * Drops the next transactions that arrive over JSON-RPC, after answering with their hashes. The devnet's own nodes do not
     * use JSON-RPC. The same as {@code rpcFaults().dropSent().times(count)}.
     */
    public Fault dropNext(int count) {
        return backend.rpcFaults().dropSent().times(count);
    }

    /**
     * Advances the chain's clock; it shows in the next block. The Relay has its own clock.
     *
     * @throws IllegalArgumentException when the time is negative
     */
    public void advanceTime(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("The time must not be negative: " + time);
        }
        backend.advanceTime(time);
    }

    /**
     * Sends money from the operator, who has 1,000,000,000 CNX, to an address. It arrives with the next block.
     *
     * @return the hash of the transaction
     * @throws ChainAccessException if the operator does not have enough
     */
    public String fund(String address, BigInteger wei) {
        return access().send(operator, address, "0x", wei);
    }

    /**
     * Lets a node join without a stake, by a transaction of the operator. It gets tasks from the next block on. The transaction
     * reverts if the node has joined already.
     *
     * @param address the node's address
     * @param gpuVram in GB
     * @return the hash of the transaction
     */
    public String joinNode(String address, String gpuName, int gpuVram) {
        askedToQuit.remove(address.toLowerCase(Locale.ROOT));
        return sendAsOperator(CrynuxContracts.joinFor(address, gpuName, gpuVram));
    }

    /**
     * Lets a node leave, by a transaction of the operator: at once if it is free, otherwise after its task.
     *
     * @return the hash of the transaction
     */
    public String quitNode(String address) {
        askedToQuit.add(address.toLowerCase(Locale.ROOT));
        return sendAsOperator(CrynuxContracts.quitFor(address));
    }

    /**
     * Mines the given transactions, independently of the block time.
     *
     * @param transactions hashes of transactions that were sent
     * @throws ChainAccessException if one of them fails
     */
    public void settle(List<String> transactions) {
        backend.settle(transactions);
    }

    /** Whether {@link #quitNode} was called for the node, and {@link #joinNode} was not called since. */
    public boolean wasAskedToQuit(String address) {
        return askedToQuit.contains(address.toLowerCase(Locale.ROOT));
    }

    /** Status of a node in the Node contract at the newest block. */
    public NodeStatus nodeStatus(String address) {
        return CrynuxContracts.statusOf(access().call(nodeContractAddress(), CrynuxContracts.status(address)));
    }

    /** Id of the task that a node works on at the newest block; 0 for none. */
    public long nodeTask(String address) {
        return Numeric.toBigInt(access().call(contractAddress(), CrynuxContracts.nodeTask(address)))
                .longValueExact();
    }

    private String sendAsOperator(String data) {
        return access().send(operator, nodeContractAddress(), data, BigInteger.ZERO);
    }

    /** Stops block timer and JSON-RPC. */
    @Override
    public void close() {
        backend.close();
        onClose.run();
    }
}
