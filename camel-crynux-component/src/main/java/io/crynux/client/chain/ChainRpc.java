// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import io.crynux.client.http.HttpTransport;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.BatchRequest;
import org.web3j.protocol.core.BatchResponse;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthLog;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/**
 * The JSON-RPC calls that the client makes. Every future fails with an {@link RpcException} when the node answers with an
 * error, and with an IOException when it does not answer.
 */
final class ChainRpc {
    private static final long UNUSED_POLLING_INTERVAL = 15_000;

    private final Web3j web3j;

    ChainRpc(List<URI> urls, HttpTransport http, ScheduledExecutorService scheduler) {
        // Web3j.build(service) alone would start a thread pool of its own.
        this.web3j = Web3j.build(new JsonRpcService(urls, http), UNUSED_POLLING_INTERVAL, scheduler);
    }

    CompletableFuture<BigInteger> chainId() {
        return call(web3j.ethChainId()).thenApply(r -> r.getChainId());
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
        return batch(batch, EthBlock.class, ChainRpc::header);
    }

    /** All logs of a contract in one block. */
    CompletableFuture<List<Log>> logs(String contract, String blockHash) {
        return call(web3j.ethGetLogs(new EthFilter(blockHash, contract))).thenApply(ChainRpc::logs);
    }

    /** All logs of a contract in a range of blocks, both ends included. */
    CompletableFuture<List<Log>> logs(String contract, BigInteger from, BigInteger to) {
        return call(web3j.ethGetLogs(new EthFilter(
                        DefaultBlockParameter.valueOf(from), DefaultBlockParameter.valueOf(to), contract)))
                .thenApply(ChainRpc::logs);
    }

    /** How many transactions of the address are in blocks up to that one. */
    CompletableFuture<BigInteger> nonce(String address, DefaultBlockParameter at) {
        return call(web3j.ethGetTransactionCount(address, at)).thenApply(r -> r.getTransactionCount());
    }

    CompletableFuture<BigInteger> balance(String address) {
        return call(web3j.ethGetBalance(address, DefaultBlockParameterName.LATEST))
                .thenApply(r -> r.getBalance());
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

    private static <T extends Response<?>, R> CompletableFuture<List<R>> batch(
            BatchRequest batch, Class<T> type, Function<T, R> read) {
        CompletableFuture<BatchResponse> answers = batch.sendAsync();
        return answers.thenApply(answer -> {
            List<R> results = new ArrayList<>();
            for (Response<?> response : answer.getResponses()) {
                results.add(
                        read.apply(type.cast(checked(batch.getRequests().get(0).getMethod(), response))));
            }
            return results;
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
