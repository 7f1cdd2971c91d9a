// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.BatchRequest;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthGetBalance;
import org.web3j.protocol.core.methods.response.EthGetTransactionCount;
import org.web3j.protocol.core.methods.response.EthGetTransactionReceipt;
import org.web3j.protocol.core.methods.response.EthLog;
import org.web3j.protocol.core.methods.response.EthTransaction;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/**
 * The JSON-RPC calls that the client makes. Every future fails with an {@link RpcException} when the node answers with an
 * error, and with an IOException when it does not answer.
 */
public final class ChainRpc {
    private static final long UNUSED_POLLING_INTERVAL = 15_000;

    private final JsonRpcService service;
    private final ScheduledExecutorService scheduler;
    private final ChainClock clock = new ChainClock();
    private final Web3j web3j;
    private final PaymentRpc payments;

    public ChainRpc(JsonRpcService service, ScheduledExecutorService scheduler) {
        this.service = service;
        this.scheduler = scheduler;
        this.payments = new PaymentRpc(this);
        // Web3j.build(service) alone would start a thread pool of its own.
        this.web3j = Web3j.build(service, UNUSED_POLLING_INTERVAL, scheduler);
    }

    Web3j web3j() {
        return web3j;
    }

    /** Asks another endpoint first, if there is one; see {@link JsonRpcService#elsewhere}. */
    public ChainRpc elsewhere() {
        JsonRpcService other = service.elsewhere();
        return other == service ? this : new ChainRpc(other, scheduler);
    }

    /** See {@link JsonRpcService#shown}. */
    public String shown() {
        return service.shown();
    }

    /** See {@link JsonRpcService#distrust}. */
    public void distrust() {
        service.distrust();
    }

    /** See {@link JsonRpcService#goWhereMoreIsKnown}. */
    public CompletableFuture<Optional<BigInteger>> goWhereMoreIsKnown(BigInteger than) {
        return service.goWhereMoreIsKnown(than);
    }

    public CompletableFuture<String> code(String address) {
        return RpcAnswers.call(web3j.ethGetCode(address, DefaultBlockParameterName.LATEST), r -> r.getCode());
    }

    public CompletableFuture<BlockHeader> head() {
        return block(DefaultBlockParameterName.LATEST).thenApply(this::newest);
    }

    /** A block that a node has just reported as its newest. */
    BlockHeader newest(BlockHeader head) {
        clock.onHead(head);
        return head;
    }

    /** What time it is on the chain. */
    public ChainClock clock() {
        return clock;
    }

    public CompletableFuture<BlockHeader> block(DefaultBlockParameter which) {
        return RpcAnswers.call(web3j.ethGetBlockByNumber(which, false), RpcAnswers::header);
    }

    public CompletableFuture<BlockHeader> block(String hash) {
        return RpcAnswers.call(web3j.ethGetBlockByHash(hash, false), RpcAnswers::header);
    }

    /**
     * The header of a block, or where the node does not have it as much as the next one tells, which is its hash: it may be the last
     * one that is pruned. Of block 0 nobody believes more than that, since rollups (dymensionxyz/dymint#1354) and pruned nodes
     * answer with all kinds of things.
     */
    public CompletableFuture<BlockHeader> blockOrItsHash(BigInteger number) {
        Supplier<CompletableFuture<BlockHeader>> block = () -> block(DefaultBlockParameter.valueOf(number));
        Supplier<CompletableFuture<BlockHeader>> hash =
                () -> block(DefaultBlockParameter.valueOf(number.add(BigInteger.ONE)))
                        .thenApply(next -> new BlockHeader(number, next.parentHash(), null, null, null, null, true));
        boolean first = number.signum() == 0;
        return (first ? hash : block)
                .get()
                .exceptionallyCompose(error -> RpcAnswers.isAnswer(error)
                        ? (first ? block : hash).get()
                        : CompletableFuture.failedFuture(error));
    }

    /** The headers of a range of blocks, both ends included, in one batch. */
    public CompletableFuture<List<BlockHeader>> blocks(BigInteger from, BigInteger to) {
        BatchRequest batch = web3j.newBatch();
        for (BigInteger n = from; n.compareTo(to) <= 0; n = n.add(BigInteger.ONE)) {
            batch.add(web3j.ethGetBlockByNumber(DefaultBlockParameter.valueOf(n), false));
        }
        return RpcAnswers.answers(batch, answers -> {
            List<BlockHeader> headers = answers.stream()
                    .map(answer -> RpcAnswers.header((EthBlock) answer))
                    .toList();
            for (int i = 0; i < headers.size(); i++) {
                if (!headers.get(i).number().equals(from.add(BigInteger.valueOf(i)))) {
                    throw new CompletionException(new NodeBehindException("The node answered with another block"));
                }
            }
            return headers;
        });
    }

    /** All logs of a contract in one block. */
    public CompletableFuture<List<Log>> logs(String contract, String blockHash) {
        return RpcAnswers.call(
                web3j.ethGetLogs(new EthFilter(blockHash, contract)),
                r -> RpcAnswers.logs(
                        r,
                        log -> contract.equalsIgnoreCase(log.getAddress())
                                && blockHash.equalsIgnoreCase(log.getBlockHash())));
    }

    /** All logs in one block, of whatever contract. */
    public CompletableFuture<List<Log>> logs(String blockHash) {
        return RpcAnswers.call(
                web3j.ethGetLogs(new EthFilter(blockHash)),
                r -> RpcAnswers.logs(r, log -> blockHash.equalsIgnoreCase(log.getBlockHash())));
    }

    /**
     * The logs of a contract in a range of blocks, both ends included, in the order of the chain; fails when the node that
     * answers does not have the last one.
     *
     * @param topics the first topics that are wanted; empty for all logs
     */
    public CompletableFuture<List<Log>> logsOfRange(
            String contract, BigInteger from, BigInteger to, Set<String> topics) {
        DefaultBlockParameter last = DefaultBlockParameter.valueOf(to);
        BatchRequest batch = web3j.newBatch();
        batch.add(web3j.ethGetBlockByNumber(last, false));
        EthFilter filter = new EthFilter(DefaultBlockParameter.valueOf(from), last, contract);
        if (!topics.isEmpty()) {
            filter.addOptionalTopics(topics.toArray(String[]::new));
        }
        batch.add(web3j.ethGetLogs(filter));
        return RpcAnswers.answers(batch, answers -> {
            RpcAnswers.header((EthBlock) answers.get(0));
            return RpcAnswers.logs(
                    (EthLog) answers.get(1),
                    log -> contract.equalsIgnoreCase(log.getAddress())
                            && LogPlace.block(log).compareTo(from) >= 0
                            && LogPlace.block(log).compareTo(to) <= 0);
        });
    }

    /** The receipts of a block's transactions, in their order; fails with an {@link RpcException} on nodes without the method. */
    public CompletableFuture<List<TransactionReceipt>> blockReceipts(String blockHash) {
        DefaultBlockParameter which = () -> blockHash;
        return RpcAnswers.call(web3j.ethGetBlockReceipts(which), r -> {
            if (r.getBlockReceipts().isEmpty()) {
                throw new CompletionException(
                        new NodeBehindException("The node has no receipts of block " + blockHash));
            }
            return RpcAnswers.receipts(r.getBlockReceipts().get(), blockHash);
        });
    }

    /** The hashes of a block's transactions, in their order. */
    public CompletableFuture<List<String>> transactionsOf(String blockHash) {
        return RpcAnswers.call(web3j.ethGetBlockByHash(blockHash, false), r -> {
            RpcAnswers.header(r);
            return r.getBlock().getTransactions().stream()
                    .map(transaction -> ((EthBlock.TransactionHash) transaction).get())
                    .toList();
        });
    }

    /** The receipts of transactions that are in a block, in one batch. */
    public CompletableFuture<List<TransactionReceipt>> receiptsIn(String blockHash, List<String> transactionHashes) {
        BatchRequest batch = web3j.newBatch();
        transactionHashes.forEach(hash -> batch.add(web3j.ethGetTransactionReceipt(hash)));
        return RpcAnswers.answers(
                batch,
                answers -> RpcAnswers.receipts(
                        answers.stream()
                                .map(answer -> ((EthGetTransactionReceipt) answer)
                                        .getTransactionReceipt()
                                        .orElseThrow(() -> new CompletionException(new NodeBehindException(
                                                "The node has no receipt of a transaction of block " + blockHash))))
                                .toList(),
                        blockHash));
    }

    /** How many transactions of the address are in blocks up to that one. */
    public CompletableFuture<BigInteger> nonce(String address, DefaultBlockParameter at) {
        return RpcAnswers.call(
                web3j.ethGetTransactionCount(address, at), r -> RpcAnswers.amount(r.getTransactionCount()));
    }

    /** What the transactions of an address in a block took out of its balance, in wei: gas, and value where they succeeded. */
    public CompletableFuture<BigInteger> spentIn(String blockHash, String address) {
        return RpcAnswers.call(web3j.ethGetBlockByHash(blockHash, true), r -> r.getBlock())
                .thenCompose(block -> {
                    CompletableFuture<BigInteger> spent = CompletableFuture.completedFuture(BigInteger.ZERO);
                    for (EthBlock.TransactionResult<?> result : block.getTransactions()) {
                        EthBlock.TransactionObject transaction = (EthBlock.TransactionObject) result;
                        if (address.equalsIgnoreCase(transaction.getFrom())) {
                            spent = spent.thenCombine(
                                    receipt(transaction.getHash())
                                            .thenApply(receipt -> cost(transaction, receipt.orElseThrow())),
                                    BigInteger::add);
                        }
                    }
                    return spent;
                });
    }

    private static BigInteger cost(EthBlock.TransactionObject transaction, TransactionReceipt receipt) {
        BigInteger gas = gasPaid(receipt);
        return receipt.isStatusOK() ? gas.add(transaction.getValue()) : gas;
    }

    public static BigInteger gasPaid(TransactionReceipt receipt) {
        return receipt.getGasUsed().multiply(Numeric.decodeQuantity(receipt.getEffectiveGasPrice()));
    }

    public CompletableFuture<BigInteger> balance(String address, DefaultBlockParameter at) {
        return RpcAnswers.call(web3j.ethGetBalance(address, at), r -> RpcAnswers.amount(r.getBalance()));
    }

    /** Balance and nonce of an address by the newest block, in one request so that one node answers both. */
    public CompletableFuture<Account> account(String address) {
        BatchRequest batch = web3j.newBatch();
        batch.add(web3j.ethGetBalance(address, DefaultBlockParameterName.LATEST));
        batch.add(web3j.ethGetTransactionCount(address, DefaultBlockParameterName.LATEST));
        return RpcAnswers.answers(
                batch,
                answers -> new Account(
                        RpcAnswers.amount(((EthGetBalance) answers.get(0)).getBalance()),
                        RpcAnswers.amount(((EthGetTransactionCount) answers.get(1)).getTransactionCount())));
    }

    /**
     * What one node knows of transactions.
     *
     * @param nextNonce how many transactions of the address are in blocks up to the one that was asked for
     * @param receipts of those of the transactions that are in blocks
     * @param inBlocks whether the node has any of the transactions in a block, be it without a receipt
     */
    public record Evidence(BigInteger nextNonce, List<TransactionReceipt> receipts, boolean inBlocks) {}

    /**
     * Whether transactions of an address are in blocks, in one request so that one node answers everything; fails when that
     * node does not have the block in its chain.
     */
    public CompletableFuture<Evidence> evidence(String address, List<String> transactionHashes, BlockRef block) {
        DefaultBlockParameter number = DefaultBlockParameter.valueOf(block.number());
        BatchRequest batch = web3j.newBatch();
        batch.add(web3j.ethGetBlockByNumber(number, false));
        batch.add(web3j.ethGetTransactionCount(address, number));
        transactionHashes.forEach(hash -> batch.add(web3j.ethGetTransactionReceipt(hash)));
        transactionHashes.forEach(hash -> batch.add(web3j.ethGetTransactionByHash(hash)));
        return RpcAnswers.answers(batch, answers -> {
            if (!RpcAnswers.header((EthBlock) answers.get(0)).hash().equals(block.hash())) {
                throw new CompletionException(
                        new NodeBehindException("The node is on another fork than the one followed"));
            }
            List<TransactionReceipt> receipts = answers.stream()
                    .skip(2)
                    .limit(transactionHashes.size())
                    .flatMap(answer -> ((EthGetTransactionReceipt) answer).getTransactionReceipt().stream())
                    .toList();
            boolean inBlocks = answers.stream()
                    .skip(2L + transactionHashes.size())
                    .flatMap(answer -> ((EthTransaction) answer).getTransaction().stream())
                    .anyMatch(transaction -> transaction.getBlockHash() != null);
            return new Evidence(
                    RpcAnswers.amount(((EthGetTransactionCount) answers.get(1)).getTransactionCount()),
                    receipts,
                    inBlocks);
        });
    }

    /** See {@link PaymentRpc#pendingNonce}. */
    public CompletableFuture<BigInteger> pendingNonce(String address) {
        return payments.pendingNonce(address);
    }

    /** See {@link PaymentRpc#gasPrice}. */
    public CompletableFuture<BigInteger> gasPrice() {
        return payments.gasPrice();
    }

    /** See {@link PaymentRpc#tip}. */
    public CompletableFuture<BigInteger> maxPriorityFeePerGas(BigInteger baseFee) {
        return payments.tip(baseFee);
    }

    public CompletableFuture<String> send(String rawTransaction) {
        return RpcAnswers.call(web3j.ethSendRawTransaction(rawTransaction), r -> r.getTransactionHash());
    }

    public CompletableFuture<Optional<TransactionReceipt>> receipt(String transactionHash) {
        return RpcAnswers.call(web3j.ethGetTransactionReceipt(transactionHash), r -> r.getTransactionReceipt());
    }

    /** A transaction that the node knows, in a block or waiting for one. */
    public CompletableFuture<Optional<org.web3j.protocol.core.methods.response.Transaction>> transaction(String hash) {
        return RpcAnswers.call(web3j.ethGetTransactionByHash(hash), r -> r.getTransaction());
    }

    /** Calls a contract without a transaction; a revert is an {@link RpcException}. */
    public CompletableFuture<String> call(Transaction transaction, DefaultBlockParameter at) {
        return RpcAnswers.call(web3j.ethCall(transaction, at), r -> r.getValue());
    }
}
