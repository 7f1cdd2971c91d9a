// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.contract.ContractEvents;
import io.crynux.client.internal.contract.LoggedEvent;
import io.crynux.client.internal.evm.rpc.PollRpc;
import io.crynux.client.internal.evm.rpc.RpcException;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.utils.Numeric;

/**
 * Reads how given tasks ended: their TaskSuccess, TaskAborted and TaskResultUploaded events. The node filters by task where the
 * deployment indexes task ids, which is learned from the first end that is read; early ones do not, and there everybody's ends
 * are read. Used by one read after the other.
 */
public final class TaskEvents {
    private static final Logger LOG = LoggerFactory.getLogger(TaskEvents.class);
    /** Blocks per request, where the node allows so many: what many public nodes do. */
    private static final long MOST = 2_000;

    private static final int WORD_DIGITS = 64;
    private static final String SUCCESS = ContractEvents.topic("TaskSuccess");
    private static final String ABORTED = ContractEvents.topic("TaskAborted");
    private static final List<String> ENDS = List.of(SUCCESS, ABORTED, ContractEvents.topic("TaskResultUploaded"));

    private final PollRpc rpc;
    private final String contract;
    private long range = MOST;
    private boolean indexed;

    public TaskEvents(PollRpc rpc, String contract) {
        this.rpc = rpc;
        this.contract = contract;
    }

    /**
     * Reads as many blocks as one request may have; none where the node refused so many, and then fewer the next time.
     *
     * @param taskIds of which tasks
     * @param from first block
     * @param head last block
     * @param everybodys whether to read everybody's ends and not to rely on the node's filter by task
     * @return the events of these tasks in the order of the chain; fails when the node does not answer, or does not have the
     *     head
     */
    public CompletableFuture<EventRanges.Range> read(
            Collection<BigInteger> taskIds, BigInteger from, BlockRef head, boolean everybodys) {
        BigInteger to = head.number().min(from.add(BigInteger.valueOf(range - 1)));
        List<List<String>> topics = new ArrayList<>(List.of(ENDS));
        if (indexed && !everybodys) {
            topics.add(taskIds.stream().map(TaskEvents::topic).toList());
        }
        return rpc.logs(contract, from, to, head, topics).handle((logs, error) -> {
            if (error != null) {
                return narrowed(from, to, error);
            }
            range = Math.min(MOST, range * 2);
            logs.forEach(this::learn);
            List<LoggedEvent> events = ContractEvents.readAll(logs).stream()
                    .filter(logged -> taskIds.contains(logged.event().taskId()))
                    .toList();
            return new EventRanges.Range(to.add(BigInteger.ONE), events);
        });
    }

    private EventRanges.Range narrowed(BigInteger from, BigInteger to, Throwable error) {
        boolean refused = Futures.cause(error) instanceof RpcException;
        if (!refused || range == 1) {
            throw Futures.wrapped(error);
        }
        range = Math.max(1, range / 2);
        LOG.debug("eth_getLogs from {} to {} was refused, trying {} blocks", from, to, range, error);
        return new EventRanges.Range(from, List.of());
    }

    private void learn(Log log) {
        String event = log.getTopics().get(0);
        int topics = log.getTopics().size();
        if (event.equals(SUCCESS)) {
            // Every deployment indexes the node that won.
            indexed = topics > 2;
        } else if (event.equals(ABORTED)) {
            indexed = topics > 1;
        }
    }

    private static String topic(BigInteger taskId) {
        return Numeric.toHexStringWithPrefixZeroPadded(taskId, WORD_DIGITS);
    }
}
