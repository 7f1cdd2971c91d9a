// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import io.crynux.devnet.chain.ChainAccess;
import io.crynux.devnet.chain.ChainAccessException;
import io.crynux.devnet.watch.TaskEvent;
import io.crynux.devnet.watch.TaskEventListener;
import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/**
 * The VRAM limits of tasks. No event carries them and the contract returns them only while a task runs, so they are read
 * as soon as a task starts, before the Relay's lag.
 */
final class VramLimits implements TaskEventListener {
    private static final Logger LOG = LoggerFactory.getLogger(VramLimits.class);
    private static final String GET_TASK = Hash.sha3String("getTask(uint256)").substring(0, 10);

    /** The place of vramLimit in the answer: after the offset of the tuple and five members of one word. */
    private static final int WORD = 6;

    private final ChainAccess chain;
    private final String contract;
    private final Map<BigInteger, BigInteger> read = new ConcurrentHashMap<>();

    VramLimits(ChainAccess chain, String contract) {
        this.chain = chain;
        this.contract = contract;
    }

    /** The limit in GB, and forgets it; zero while the task waits for nodes. */
    BigInteger take(BigInteger taskId) {
        BigInteger limit = read.remove(taskId);
        return limit == null ? BigInteger.ZERO : limit;
    }

    @Override
    public void added(TaskEvent event) {
        if (event instanceof TaskEvent.Started started && started.round().signum() == 0) {
            try {
                read.put(event.taskId(), limit(event.taskId()));
            } catch (ChainAccessException e) {
                LOG.warn("The VRAM limit of task {} cannot be read", event.taskId(), e);
            }
        }
    }

    @Override
    public void removed(TaskEvent event) {
        read.remove(event.taskId());
    }

    private BigInteger limit(BigInteger taskId) {
        String answer = chain.call(contract, GET_TASK + Numeric.toHexStringNoPrefixZeroPadded(taskId, 64));
        int start = 2 + WORD * 64;
        return new BigInteger(answer.substring(start, start + 64), 16);
    }
}
