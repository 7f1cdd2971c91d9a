// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import io.crynux.client.internal.contract.LoggedEvent;
import io.crynux.client.task.BlockRef;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Hears of blocks in chain order, one call after the other. Calls must be quick. */
public interface BlockListener {

    /** The next block, and the contract's events in it. */
    void onBlock(BlockRef block, List<LoggedEvent> events);

    /** Blocks that are no longer part of the chain; their numbers follow again with other hashes. */
    void onRemoved(Set<String> blockHashes);

    /** The follower has caught up; the next look at the chain waits for the stage. */
    CompletionStage<Void> onCaughtUp(BlockRef head);

    /**
     * Blocks up to the newest cannot be read now, although a node reports which one that is; the next look waits for the stage.
     */
    default CompletionStage<Void> onUnread(BlockRef head) {
        return CompletableFuture.completedFuture(null);
    }
}
