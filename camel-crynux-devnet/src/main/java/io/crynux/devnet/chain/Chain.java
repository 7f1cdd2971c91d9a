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
 * A chain with the Crynux contracts on it, in memory, served by JSON-RPC; or one that a node of others has, on which contracts
 * of its own were deployed. It has an operator of its own, who lets nodes join and leave without a stake. To be closed; everything
 * is forgotten then, but for what is on a chain of others.
 *
 * <p>On a chain of others, what the node has no method for is refused with an {@link UnsupportedOperationException}.
 */
public final class Chain implements AutoCloseable {
    private final ChainBackend backend;
    private final Credentials operator;
    private final Runnable beneath;
    private final Set<String> toldToQuit = ConcurrentHashMap.newKeySet();

    Chain(ChainBackend backend, Credentials operator) {
        this.backend = backend;
        this.operator = operator;
        this.beneath = () -> {};
    }

    private Chain(ChainBackend backend, Credentials operator, Runnable beneath) {
        this.backend = backend;
        this.operator = operator;
        this.beneath = beneath;
    }

    /** The same chain, which ends the process that it runs in when it is closed. */
    Chain closing(AnvilProcess process) {
        return new Chain(backend, operator, process::close);
    }

    /** A chain to be configured and started. */
    public static ChainBuilder builder() {
        return new ChainBuilder();
    }

    /** Where the JSON-RPC is served. */
    public String rpcUrl() {
        return backend.rpcUrl();
    }

    /** The same as people may see it: scheme, host and port, since what is behind them can be a key. */
    public String shownRpcUrl() {
        return JsonRpc.shown(URI.create(rpcUrl()));
    }

    /** Where the JSON-RPC is served over WebSockets, with eth_subscribe: on the same port. */
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

    /** The block from which on the contracts are there. */
    public long firstBlock() {
        return backend.firstBlock();
    }

    /** The chain as Relay and nodes see it. */
    public ChainAccess access() {
        return backend.access();
    }

    /** The chain as those see it who only look. */
    public ChainView view() {
        return backend.view();
    }

    /** How many calls of each JSON-RPC method were answered, each of a batch by itself, and those struck by an HTTP fault not among them; a snapshot. */
    public SortedMap<String, Long> rpcCounts() {
        return backend.rpcCounts();
    }

    /** What goes wrong with the answers of the JSON-RPC, on demand. */
    public RpcFaults rpcFaults() {
        return backend.rpcFaults();
    }

    /** What goes wrong in the Task contract, on demand. */
    public ContractFaults contractFaults() {
        return backend.contractFaults();
    }

    /** Makes a block now, also an empty one, whatever the block time is, and also while the blocks are paused. */
    public void mine() {
        backend.mine();
    }

    /** Makes no more blocks but by {@link #mine}: transactions wait. */
    public void pauseBlocks() {
        backend.pauseBlocks();
    }

    /** Ends what {@link #pauseBlocks} began. */
    public void resumeBlocks() {
        backend.resumeBlocks();
    }

    /**
     * Replaces the newest blocks by others, one more than there were, with the same transactions in the same order; the
     * same as {@code reorg(Reorg.of(depth))}.
     */
    public void reorg(int depth) {
        reorg(Reorg.of(depth));
    }

    /**
     * Replaces the newest blocks by others. Balances, nonces and contracts go back to what they were before those blocks;
     * whoever reads the chain sees either the old blocks or the new ones. The operator's own transactions, by which nodes
     * join, are never dropped.
     *
     * @throws IllegalArgumentException when there are not so many blocks above block 0; at most 256 can be taken back
     */
    public void reorg(Reorg reorg) {
        backend.reorg(reorg, operator.getAddress());
    }

    /**
     * Forgets a waiting transaction; nobody is told, as on a node whose pool was full.
     *
     * @param hash of the transaction, in any case
     * @return whether it waited
     */
    public boolean dropTransaction(String hash) {
        return backend.dropTransaction(hash);
    }

    /**
     * Forgets the next transactions that come by the JSON-RPC, after their hashes were answered; the devnet's own Relay and
     * nodes send theirs without it. The same as {@code rpcFaults().dropSent().times(count)}.
     */
    public Fault dropNext(int count) {
        return backend.rpcFaults().dropSent().times(count);
    }

    /**
     * Turns the chain's clock forward; the next block shows it. The Relay has a clock of its own.
     *
     * @throws IllegalArgumentException when the time is negative
     */
    public void advanceTime(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("A chain's time does not go back: " + time);
        }
        backend.advanceTime(time);
    }

    /**
     * Sends money from the operator, who has 1,000,000,000 CNX, to an address; it is there after the next block.
     *
     * @return the transaction's hash
     * @throws ChainAccessException when the operator has not so much left
     */
    public String fund(String address, BigInteger wei) {
        return access().send(operator, address, "0x", wei);
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
        toldToQuit.remove(address.toLowerCase(Locale.ROOT));
        return sendAsOperator(CrynuxContracts.joinFor(address, gpuName, gpuVram));
    }

    /**
     * Sends the operator's transaction by which a node leaves: at once when it is free, else after its task.
     *
     * @return the transaction's hash
     */
    public String quitNode(String address) {
        toldToQuit.add(address.toLowerCase(Locale.ROOT));
        return sendAsOperator(CrynuxContracts.quitFor(address));
    }

    /**
     * Has the chain's newest transactions mined, whatever the block time is.
     *
     * @param transactions hashes of transactions that were sent
     * @throws ChainAccessException when one of them fails
     */
    public void settle(List<String> transactions) {
        backend.settle(transactions);
    }

    /** Whether {@link #quitNode} was called for the node, and {@link #joinNode} not since. */
    public boolean wasToldToQuit(String address) {
        return toldToQuit.contains(address.toLowerCase(Locale.ROOT));
    }

    /** What the Node contract says of a node, as of the newest block. */
    public NodeStatus nodeStatus(String address) {
        return CrynuxContracts.statusOf(access().call(nodeContractAddress(), CrynuxContracts.status(address)));
    }

    /** The task that a node works on, as of the newest block; 0 for none. */
    public long nodeTask(String address) {
        return Numeric.toBigInt(access().call(contractAddress(), CrynuxContracts.nodeTask(address)))
                .longValueExact();
    }

    private String sendAsOperator(String data) {
        return access().send(operator, nodeContractAddress(), data, BigInteger.ZERO);
    }

    /** Stops the blocks and the JSON-RPC. */
    @Override
    public void close() {
        backend.close();
        beneath.run();
    }
}
