// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import io.crynux.client.internal.evm.rpc.BlockHeader;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the blooms of blocks are believed. Nodes that cannot read the results of a block answer with zeros (Cosmos-based
 * ones: evmos/evmos#693, NibiruChain/nibiru#2225). So a bloom of zeros of a block whose transactions do more than transfer
 * value is checked, until some were right; and no bloom is believed any more once a block had logs that its bloom did not allow.
 * Thread-safe.
 */
final class BloomTrust {
    private static final Logger LOG = LoggerFactory.getLogger(BloomTrust.class);
    /** On some chains each block has a transaction that logs nothing; its bloom of zeros must not cost a request for ever. */
    private static final int MOST_CHECKS = 8;

    private final AtomicInteger right = new AtomicInteger();
    private volatile boolean lost;

    /** Whether no bloom is believed any more. */
    boolean isLost() {
        return lost;
    }

    /** Whether a block may have logs of a contract, as far as its bloom is believed. */
    boolean allows(BlockHeader block, String contract) {
        return lost || Bloom.mayContain(block.logsBloom(), contract);
    }

    /** Whether it is to be found out whether the block has logs at all, although its bloom says that there are none. */
    boolean isToBeChecked(BlockHeader block) {
        return !lost && right.get() < MOST_CHECKS && block.runsContracts() && Bloom.isEmpty(block.logsBloom());
    }

    /** Whether the bloom says which events to expect, so that it shows when a node holds some back. */
    boolean isTelling(BlockHeader block) {
        return !lost && Bloom.isOne(block.logsBloom());
    }

    /** The block was checked and has no logs. */
    void onRight() {
        right.incrementAndGet();
    }

    /** The block has logs that its bloom does not allow. */
    void onWrong(BlockHeader block) {
        if (lost) {
            return;
        }
        lost = true;
        LOG.warn(
                "Block {} has logs that its logsBloom does not allow{}: blooms are no longer trusted, and each block is asked"
                        + " for its logs. That costs one more request per block; another rpcUrl, or waitMethod=poll, costs less",
                block.number(),
                Bloom.isEmpty(block.logsBloom()) ? ", since it is all zeros" : "");
    }
}
