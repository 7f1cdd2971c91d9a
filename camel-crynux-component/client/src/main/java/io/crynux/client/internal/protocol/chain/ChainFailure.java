// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How a task failed by a block that is not final.
 *
 * @param state ABORTED, REVERTED, or REJECTED where another transaction has the payment's nonce
 * @param block which says so; null where nothing was ever sent
 * @param reason the contract's, or null
 * @param error what those who wait receive once the block is final
 * @param again whether a payment of this client has the nonce, so that the request is to be tried again
 */
record ChainFailure(TaskState state, BlockRef block, String reason, CrynuxException error, boolean again) {

    /**
     * @param event {@link NetworkEvent.Aborted}, {@link NetworkEvent.Reverted} or {@link NetworkEvent.Superseded}
     * @param isOwn whether a payment of this client is in a block with that nonce
     */
    static ChainFailure of(NetworkEvent event, ChainRecord record, Predicate<BigInteger> isOwn) {
        if (event instanceof NetworkEvent.Aborted aborted) {
            return new ChainFailure(
                    TaskState.ABORTED,
                    aborted.block(),
                    aborted.reason(),
                    ChainFailures.aborted(record, aborted.reason(), null),
                    false);
        }
        if (event instanceof NetworkEvent.Reverted reverted) {
            return new ChainFailure(
                    TaskState.REVERTED,
                    reverted.block(),
                    reverted.reason(),
                    ChainFailures.reverted(record, reverted.reason()),
                    false);
        }
        boolean own = isOwn.test(record.payments().get(0).nonce());
        return new ChainFailure(
                TaskState.REJECTED,
                ((NetworkEvent.Superseded) event).block(),
                null,
                own ? ChainFailures.supersededByOwn(record) : ChainFailures.superseded(record),
                own);
    }

    /** The same, with more known of its reason. */
    ChainFailure because(CrynuxException known) {
        return new ChainFailure(state, block, reason, known, again);
    }

    /** Whether one of these blocks said so. */
    boolean isIn(Set<String> blockHashes) {
        return blockHashes.contains(block.hash());
    }

    /** Whether the payment is in a block, where it was reverted. */
    boolean isReverted() {
        return state == TaskState.REVERTED;
    }

    /** Whether the other one is better known: a receipt of any variant counts more than that none was found before. */
    boolean yieldsTo(ChainFailure other) {
        return state == TaskState.REJECTED && (other.state != TaskState.REJECTED || (other.again && !again));
    }
}
