// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.web3j.protocol.core.BatchRequest;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthCall;
import org.web3j.protocol.core.methods.response.EthLog;
import org.web3j.protocol.core.methods.response.Log;

/**
 * The JSON-RPC calls of who looks at the chain from time to time and reads no block after the other. Each is one request, so
 * that one node answers everything in it.
 */
public final class PollRpc {
    private final ChainRpc rpc;

    public PollRpc(ChainRpc rpc) {
        this.rpc = rpc;
    }

    /** The newest block, and those of these numbers, each of which is empty where the node has none of that number. */
    public record Blocks(BlockHeader head, List<Optional<BlockHeader>> asked) {}

    public CompletableFuture<Blocks> headAnd(List<BigInteger> numbers) {
        BatchRequest batch = rpc.web3j().newBatch();
        batch.add(rpc.web3j().ethGetBlockByNumber(DefaultBlockParameterName.LATEST, false));
        numbers.forEach(
                number -> batch.add(rpc.web3j().ethGetBlockByNumber(DefaultBlockParameter.valueOf(number), false)));
        return RpcAnswers.answers(batch, answers -> {
            List<Optional<BlockHeader>> asked = new ArrayList<>();
            for (int i = 0; i < numbers.size(); i++) {
                asked.add(numbered(numbers.get(i), (EthBlock) answers.get(i + 1)));
            }
            return new Blocks(rpc.newest(RpcAnswers.header((EthBlock) answers.get(0))), asked);
        });
    }

    private static Optional<BlockHeader> numbered(BigInteger number, EthBlock answer) {
        EthBlock.Block block = answer.getBlock();
        if (block == null || block.getHash() == null) {
            return Optional.empty();
        }
        if (!block.getNumber().equals(number)) {
            throw new CompletionException(new NodeBehindException("The node answered with another block"));
        }
        return Optional.of(BlockHeader.of(block));
    }

    /** What a contract answers to calls, by the newest block. */
    public CompletableFuture<List<String>> call(String contract, List<String> calls) {
        BatchRequest batch = rpc.web3j().newBatch();
        calls.forEach(data -> batch.add(rpc.web3j()
                .ethCall(
                        Transaction.createEthCallTransaction(null, contract, data), DefaultBlockParameterName.LATEST)));
        return RpcAnswers.answers(batch, answers -> answers.stream()
                .map(answer -> ((EthCall) answer).getValue())
                .toList());
    }

    /**
     * A contract's logs in a range of blocks, both ends included.
     *
     * @param head fails when the node does not have this block, of which the last one may be an ancestor
     * @param topics for each place, those that are wanted; logs with fewer topics are not
     */
    public CompletableFuture<List<Log>> logs(
            String contract, BigInteger from, BigInteger to, BlockRef head, List<List<String>> topics) {
        EthFilter filter =
                new EthFilter(DefaultBlockParameter.valueOf(from), DefaultBlockParameter.valueOf(to), contract);
        topics.forEach(wanted -> filter.addOptionalTopics(wanted.toArray(String[]::new)));
        BatchRequest batch = rpc.web3j().newBatch();
        batch.add(rpc.web3j().ethGetLogs(filter));
        // After the logs: a node that has the block then had it when it read them.
        batch.add(rpc.web3j().ethGetBlockByNumber(DefaultBlockParameter.valueOf(head.number()), false));
        return RpcAnswers.answers(batch, answers -> {
            if (!RpcAnswers.header((EthBlock) answers.get(1)).hash().equals(head.hash())) {
                throw new CompletionException(
                        new NodeBehindException("The node is on another fork than the one looked at"));
            }
            return RpcAnswers.logs((EthLog) answers.get(0), log -> contract.equalsIgnoreCase(log.getAddress()));
        });
    }

    /** The node that answers is behind; the next call goes to another one, if there is one. */
    public void distrust() {
        rpc.distrust();
    }
}
