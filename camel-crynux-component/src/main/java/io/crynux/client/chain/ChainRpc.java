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
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/**
 * The JSON-RPC calls that the client makes. Every future fails with an {@link RpcException} when the node answers with an
 * error, and with an IOException when it does not answer.
 */
final class ChainRpc {
    private static final long UNUSED_POLLING_INTERVAL = 15_000;

    private final JsonRpcService service;
    private final Web3j web3j;

    ChainRpc(JsonRpcService service, ScheduledExecutorService scheduler) {
        this.service = service;
        // Web3j.build(service) alone would start a thread pool of its own.
        this.web3j = Web3j.build(service, UNUSED_POLLING_INTERVAL, scheduler);
    }

    /** The node that answers is behind; the next call goes to another one, if there is one. */
    void distrust() {
        service.distrust();
    }

    CompletableFuture<String> code(String address) {
        return call(web3j.ethGetCode(address, DefaultBlockParameterName.LATEST)).thenApply(r -> r.getCode());
    }

    CompletableFuture<BlockHeader> head() {
        return block(DefaultBlockParameterName.LATEST);
    }

    CompletableFuture<BlockHeader> block(DefaultBlockParameter which) {
        return call(web3j.ethGetBlockByNumber(which, false)).thenApply(ChainRpc::header);
    }

    CompletableFuture<BlockHeader> block(String hash) {
        return call(web3j.ethGetBlockByHash(hash, false)).thenApply(ChainRpc::header);
    }

    /** The headers of a range of blocks, both ends included, in one batch. */
    CompletableFuture<List<BlockHeader>> blocks(BigInteger from, BigInteger to) {
        BatchRequest batch = web3j.newBatch();
        for (BigInteger n = from; n.compareTo(to) <= 0; n = n.add(BigInteger.ONE)) {
            batch.add(web3j.ethGetBlockByNumber(DefaultBlockParameter.valueOf(n), false));
        }
        return answers(batch).thenApply(answers -> {
            List<BlockHeader> headers =
                    answers.stream().map(answer -> header((EthBlock) answer)).toList();
            for (int i = 0; i < headers.size(); i++) {
                if (!headers.get(i).number().equals(from.add(BigInteger.valueOf(i)))) {
                    throw new CompletionException(new IOException("The node answered with another block"));
                }
            }
            return headers;
        });
    }

    /** All logs of a contract in one block. */
    CompletableFuture<List<Log>> logs(String contract, String blockHash) {
        return call(web3j.ethGetLogs(new EthFilter(blockHash, contract))).thenApply(ChainRpc::logs);
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
        return answers(batch).thenApply(answers -> {
            header((EthBlock) answers.get(0));
            return logs((EthLog) answers.get(1));
        });
    }

    /** How many transactions of the address are in blocks up to that one. */
    CompletableFuture<BigInteger> nonce(String address, DefaultBlockParameter at) {
        return call(web3j.ethGetTransactionCount(address, at)).thenApply(r -> r.getTransactionCount());
    }

    /** What the transactions of an address in a block took out of its balance, in wei: gas, and value where they succeeded. */
    CompletableFuture<BigInteger> spentIn(String blockHash, String address) {
        return call(web3j.ethGetBlockByHash(blockHash, true)).thenCompose(response -> {
            CompletableFuture<BigInteger> spent = CompletableFuture.completedFuture(BigInteger.ZERO);
            for (EthBlock.TransactionResult<?> result : response.getBlock().getTransactions()) {
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
        return call(web3j.ethGetBalance(address, at)).thenApply(r -> r.getBalance());
    }

    /** Balance and nonce of an address by the newest block, in one request so that one node tells both. */
    CompletableFuture<WalletFunds.Account> account(String address) {
        BatchRequest batch = web3j.newBatch();
        batch.add(web3j.ethGetBalance(address, DefaultBlockParameterName.LATEST));
        batch.add(web3j.ethGetTransactionCount(address, DefaultBlockParameterName.LATEST));
        return answers(batch)
                .thenApply(answers -> new WalletFunds.Account(
                        ((EthGetBalance) answers.get(0)).getBalance(),
                        ((EthGetTransactionCount) answers.get(1)).getTransactionCount()));
    }

    /**
     * What one node knows of transactions.
     *
     * @param nextNonce how many transactions of the address are in blocks up to the one that was asked for
     * @param receipts of those of the transactions that are in blocks
     */
    record Evidence(BigInteger nextNonce, List<TransactionReceipt> receipts) {}

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
        return answers(batch).thenApply(answers -> {
            if (!header((EthBlock) answers.get(0)).hash().equals(block.hash())) {
                throw new CompletionException(new IOException("The node is on another fork than the one followed"));
            }
            List<TransactionReceipt> receipts = answers.stream()
                    .skip(2)
                    .flatMap(answer -> ((EthGetTransactionReceipt) answer).getTransactionReceipt().stream())
                    .toList();
            return new Evidence(((EthGetTransactionCount) answers.get(1)).getTransactionCount(), receipts);
        });
    }

    CompletableFuture<BigInteger> gasPrice() {
        return call(web3j.ethGasPrice()).thenApply(r -> r.getGasPrice());
    }

    CompletableFuture<BigInteger> maxPriorityFeePerGas() {
        return call(web3j.ethMaxPriorityFeePerGas()).thenApply(r -> r.getMaxPriorityFeePerGas());
    }

    CompletableFuture<String> send(String rawTransaction) {
        return call(web3j.ethSendRawTransaction(rawTransaction)).thenApply(r -> r.getTransactionHash());
    }

    CompletableFuture<Optional<TransactionReceipt>> receipt(String transactionHash) {
        return call(web3j.ethGetTransactionReceipt(transactionHash)).thenApply(r -> r.getTransactionReceipt());
    }

    /** A transaction that the node knows, in a block or waiting for one. */
    CompletableFuture<Optional<org.web3j.protocol.core.methods.response.Transaction>> transaction(String hash) {
        return call(web3j.ethGetTransactionByHash(hash)).thenApply(r -> r.getTransaction());
    }

    /** Calls a contract without a transaction; a revert is an {@link RpcException}. */
    CompletableFuture<String> call(Transaction transaction, DefaultBlockParameter at) {
        return call(web3j.ethCall(transaction, at)).thenApply(r -> r.getValue());
    }

    private static <T extends Response<?>> CompletableFuture<T> call(Request<?, T> request) {
        return request.sendAsync().thenApply(response -> checked(request.getMethod(), response));
    }

    /** The answers in the order of the requests. */
    private static CompletableFuture<List<Response<?>>> answers(BatchRequest batch) {
        return batch.sendAsync().thenApply(answer -> {
            List<Response<?>> checked = new ArrayList<>();
            for (int i = 0; i < batch.getRequests().size(); i++) {
                checked.add(checked(
                        batch.getRequests().get(i).getMethod(),
                        answer.getResponses().get(i)));
            }
            return checked;
        });
    }

    private static <T extends Response<?>> T checked(String method, T response) {
        if (response.hasError()) {
            Response.Error error = response.getError();
            throw new RpcException(method, error.getCode(), error.getMessage(), error.getData());
        }
        return response;
    }

    private static BlockHeader header(EthBlock response) {
        EthBlock.Block block = response.getBlock();
        if (block == null || block.getHash() == null) {
            // Replicas behind one URL can be a block apart.
            throw new CompletionException(new IOException("The node does not have a block that it told of"));
        }
        return BlockHeader.of(block);
    }

    private static List<Log> logs(EthLog response) {
        if (response.getLogs() == null) {
            throw new CompletionException(new IOException("The node answered eth_getLogs with nothing"));
        }
        return response.getLogs().stream().map(result -> (Log) result.get()).toList();
    }
}
