// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import io.crynux.client.internal.async.Futures;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.web3j.protocol.core.BatchRequest;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthLog;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** Reads answers to JSON-RPC calls, and recognises those that make no sense. */
public final class RpcAnswers {
    private static final int MOST_BITS = 256;

    private RpcAnswers() {}

    static <T extends Response<?>, R> CompletableFuture<R> call(Request<?, T> request, Function<T, R> reader) {
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

    private static <T, R> R read(String method, Function<T, R> reader, T answer) {
        try {
            return reader.apply(answer);
        } catch (CompletionException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CompletionException(new UnreadableAnswerException(method, e));
        }
    }

    /** A count or an amount of wei, which has 256 bits at most. */
    static BigInteger amount(BigInteger told) {
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
            throw new CompletionException(new NodeBehindException("The node does not have a block that it reported"));
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
        logs.forEach(RpcAnswers::checkReadable);
        return logs;
    }

    /** Throws where something is missing that every log has: the node's answer makes no sense then. */
    static void checkReadable(Log log) {
        if (log.getTopics() == null
                || log.getData() == null
                || log.getBlockHash() == null
                || log.getTransactionHash() == null
                || LogPlace.block(log).signum() < 0
                || LogPlace.index(log).signum() < 0) {
            throw new IllegalArgumentException("a log of which something is missing");
        }
    }

    /** All must be of that block. */
    static List<TransactionReceipt> receipts(List<TransactionReceipt> receipts, String blockHash) {
        if (!receipts.stream().allMatch(receipt -> blockHash.equalsIgnoreCase(receipt.getBlockHash()))) {
            throw new CompletionException(new NodeBehindException("The node has receipts of another block"));
        }
        receipts.forEach(receipt -> receipt.getLogs().forEach(RpcAnswers::checkReadable));
        return receipts;
    }

    /** Whether the node answered, although not with what was asked for: another try soon, at another node, may do. */
    public static boolean isAnswer(Throwable error) {
        Throwable cause = Futures.cause(error);
        return cause instanceof NodeBehindException || cause instanceof RpcException;
    }
}
