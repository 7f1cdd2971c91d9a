// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import io.crynux.client.task.BlockRef;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Predicate;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.BatchRequest;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
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
final class ChainRpc {
    private static final long UNUSED_POLLING_INTERVAL = 15_000;
    private static final int MOST_BITS = 256;

    private final JsonRpcService service;
    private final Web3j web3j;

    ChainRpc(JsonRpcService service, ScheduledExecutorService scheduler) {
        this.service = service;
        // Web3j.build(service) alone would start a thread pool of its own.
        this.web3j = Web3j.build(service, UNUSED_POLLING_INTERVAL, scheduler);
    }

    Web3j web3j() {
        return web3j;
    }

    /** The node that answers is behind; the next call goes to another one, if there is one. */
    void distrust() {
        service.distrust();
    }

    CompletableFuture<String> code(String address) {
        return call(web3j.ethGetCode(address, DefaultBlockParameterName.LATEST), r -> r.getCode());
    }

    CompletableFuture<BlockHeader> head() {
        return block(DefaultBlockParameterName.LATEST);
    }

    CompletableFuture<BlockHeader> block(DefaultBlockParameter which) {
        return call(web3j.ethGetBlockByNumber(which, false), ChainRpc::header);
    }

    CompletableFuture<BlockHeader> block(String hash) {
        return call(web3j.ethGetBlockByHash(hash, false), ChainRpc::header);
    }

    /** The headers of a range of blocks, both ends included, in one batch. */
    CompletableFuture<List<BlockHeader>> blocks(BigInteger from, BigInteger to) {
        BatchRequest batch = web3j.newBatch();
        for (BigInteger n = from; n.compareTo(to) <= 0; n = n.add(BigInteger.ONE)) {
            batch.add(web3j.ethGetBlockByNumber(DefaultBlockParameter.valueOf(n), false));
        }
        return answers(batch, answers -> {
            List<BlockHeader> headers =
                    answers.stream().map(answer -> header((EthBlock) answer)).toList();
            for (int i = 0; i < headers.size(); i++) {
                if (!headers.get(i).number().equals(from.add(BigInteger.valueOf(i)))) {
                    throw new CompletionException(new NodeBehindException("The node answered with another block"));
                }
            }
            return headers;
        });
    }

    /** All logs of a contract in one block. */
    CompletableFuture<List<Log>> logs(String contract, String blockHash) {
        return call(
                web3j.ethGetLogs(new EthFilter(blockHash, contract)),
                r -> logs(
                        r,
                        log -> contract.equalsIgnoreCase(log.getAddress())
                                && blockHash.equalsIgnoreCase(log.getBlockHash())));
    }

    /**
     * All logs of a contract in a range of blocks, both ends included, in the order of the chain; fails when the node that
     * answers does not have the last one.
     */
    CompletableFuture<List<Log>> logsOfRange(String contract, BigInteger from, BigInteger to) {
        DefaultBlockParameter last = DefaultBlockParameter.valueOf(to);
        BatchRequest batch = web3j.newBatch();
        batch.add(web3j.ethGetBlockByNumber(last, false));
        batch.add(web3j.ethGetLogs(new EthFilter(DefaultBlockParameter.valueOf(from), last, contract)));
        return answers(batch, answers -> {
            header((EthBlock) answers.get(0));
            return logs((EthLog) answers.get(1), log -> contract.equalsIgnoreCase(log.getAddress()));
        });
    }

    /** How many transactions of the address are in blocks up to that one. */
    CompletableFuture<BigInteger> nonce(String address, DefaultBlockParameter at) {
        return call(web3j.ethGetTransactionCount(address, at), r -> amount(r.getTransactionCount()));
    }

    /** What the transactions of an address in a block took out of its balance, in wei: gas, and value where they succeeded. */
    CompletableFuture<BigInteger> spentIn(String blockHash, String address) {
        return call(web3j.ethGetBlockByHash(blockHash, true), r -> r.getBlock()).thenCompose(block -> {
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

    static BigInteger gasPaid(TransactionReceipt receipt) {
        return receipt.getGasUsed().multiply(Numeric.decodeQuantity(receipt.getEffectiveGasPrice()));
    }

    CompletableFuture<BigInteger> balance(String address, DefaultBlockParameter at) {
        return call(web3j.ethGetBalance(address, at), r -> amount(r.getBalance()));
    }

    /** Balance and nonce of an address by the newest block, in one request so that one node tells both. */
    CompletableFuture<WalletFunds.Account> account(String address) {
        BatchRequest batch = web3j.newBatch();
        batch.add(web3j.ethGetBalance(address, DefaultBlockParameterName.LATEST));
        batch.add(web3j.ethGetTransactionCount(address, DefaultBlockParameterName.LATEST));
        return answers(
                batch,
                answers -> new WalletFunds.Account(
                        amount(((EthGetBalance) answers.get(0)).getBalance()),
                        amount(((EthGetTransactionCount) answers.get(1)).getTransactionCount())));
    }

    /**
     * What one node knows of transactions.
     *
     * @param nextNonce how many transactions of the address are in blocks up to the one that was asked for
     * @param receipts of those of the transactions that are in blocks
     * @param inBlocks whether the node has any of the transactions in a block, be it without a receipt
     */
    record Evidence(BigInteger nextNonce, List<TransactionReceipt> receipts, boolean inBlocks) {}

    /**
     * Whether transactions of an address are in blocks, in one request so that one node tells everything; fails when that
     * node does not have the block in its chain.
     */
    CompletableFuture<Evidence> evidence(String address, List<String> transactionHashes, BlockRef block) {
        DefaultBlockParameter number = DefaultBlockParameter.valueOf(block.number());
        BatchRequest batch = web3j.newBatch();
        batch.add(web3j.ethGetBlockByNumber(number, false));
        batch.add(web3j.ethGetTransactionCount(address, number));
        transactionHashes.forEach(hash -> batch.add(web3j.ethGetTransactionReceipt(hash)));
        transactionHashes.forEach(hash -> batch.add(web3j.ethGetTransactionByHash(hash)));
        return answers(batch, answers -> {
            if (!header((EthBlock) answers.get(0)).hash().equals(block.hash())) {
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
                    amount(((EthGetTransactionCount) answers.get(1)).getTransactionCount()), receipts, inBlocks);
        });
    }

    CompletableFuture<BigInteger> gasPrice() {
        return call(web3j.ethGasPrice(), r -> amount(r.getGasPrice()));
    }

    CompletableFuture<BigInteger> maxPriorityFeePerGas() {
        return call(web3j.ethMaxPriorityFeePerGas(), r -> amount(r.getMaxPriorityFeePerGas()));
    }

    CompletableFuture<String> send(String rawTransaction) {
        return call(web3j.ethSendRawTransaction(rawTransaction), r -> r.getTransactionHash());
    }

    CompletableFuture<Optional<TransactionReceipt>> receipt(String transactionHash) {
        return call(web3j.ethGetTransactionReceipt(transactionHash), r -> r.getTransactionReceipt());
    }

    /** A transaction that the node knows, in a block or waiting for one. */
    CompletableFuture<Optional<org.web3j.protocol.core.methods.response.Transaction>> transaction(String hash) {
        return call(web3j.ethGetTransactionByHash(hash), r -> r.getTransaction());
    }

    /** Calls a contract without a transaction; a revert is an {@link RpcException}. */
    CompletableFuture<String> call(Transaction transaction, DefaultBlockParameter at) {
        return call(web3j.ethCall(transaction, at), r -> r.getValue());
    }

    private static <T extends Response<?>, R> CompletableFuture<R> call(Request<?, T> request, Function<T, R> reader) {
        return request.sendAsync()
                .thenApply(response -> read(request.getMethod(), reader, checked(request.getMethod(), response)));
    }

    /** @param reader is given the answers in the order of the requests */
    static <R> CompletableFuture<R> answers(BatchRequest batch, Function<List<Response<?>>, R> reader) {
        return batch.sendAsync().thenApply(answer -> {
            List<Response<?>> checked = new ArrayList<>();
            for (int i = 0; i < batch.getRequests().size(); i++) {
                checked.add(checked(
                        batch.getRequests().get(i).getMethod(),
                        answer.getResponses().get(i)));
            }
            return read("a batch", reader, checked);
        });
    }

    /** What cannot be read is as good as no answer: another node, or the same one later, may tell. */
    private static <T, R> R read(String method, Function<T, R> reader, T answer) {
        try {
            return reader.apply(answer);
        } catch (CompletionException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CompletionException(new IOException("The node's answer to " + method + " makes no sense", e));
        }
    }

    /** A count or an amount of wei, which has 256 bits at most. */
    private static BigInteger amount(BigInteger told) {
        if (told.signum() < 0 || told.bitLength() > MOST_BITS) {
            throw new IllegalArgumentException("no amount: " + told.bitLength() + " bits");
        }
        return told;
    }

    private static <T extends Response<?>> T checked(String method, T response) {
        if (response.hasError()) {
            Response.Error error = response.getError();
            throw new RpcException(method, error.getCode(), error.getMessage(), error.getData());
        }
        return response;
    }

    static BlockHeader header(EthBlock response) {
        EthBlock.Block block = response.getBlock();
        if (block == null || block.getHash() == null) {
            // Replicas behind one URL can be a block apart.
            throw new CompletionException(new NodeBehindException("The node does not have a block that it told of"));
        }
        return BlockHeader.of(block);
    }

    static List<Log> logs(EthLog response, Predicate<Log> wanted) {
        if (response.getLogs() == null) {
            throw new CompletionException(new IOException("The node answered eth_getLogs with nothing"));
        }
        List<Log> logs =
                response.getLogs().stream().map(result -> (Log) result.get()).toList();
        if (!logs.stream().allMatch(wanted)) {
            throw new CompletionException(new IOException("The node answered eth_getLogs with other logs"));
        }
        return logs;
    }
}
