// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.NetworkException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.settings.EngineSettings.Finality;
import io.crynux.client.task.BlockRef;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows which blocks are final, and asks the network where the network says so. Used on the engine's loop only. */
final class FinalityWatch {
    private static final Logger LOG = LoggerFactory.getLogger(FinalityWatch.class);

    private final TaskEngine engine;
    private final Finality.Tag tag;
    private final FinalityRule rule;
    private boolean asking;

    FinalityWatch(TaskEngine engine, Finality finality) {
        this.engine = engine;
        this.tag = finality.tag();
        this.rule = new FinalityRule(finality);
    }

    /** @return fails with a {@link NetworkException} when the network does not know the word for what is final */
    CompletableFuture<Void> checkTag() {
        if (tag == null) {
            return CompletableFuture.completedFuture(null);
        }
        return engine.network.numberOf(tag).handle((number, error) -> {
            if (error == null) {
                return null;
            }
            Throwable cause = Futures.cause(error);
            throw new NetworkException(
                    "finality is " + tag.text() + ", but the node tells of no block that is " + tag.text() + ": "
                            + cause.getMessage()
                            + ". Set finality to a number of blocks, such as 5, or use a node that does",
                    cause);
        });
    }

    boolean isFinal(BlockRef block) {
        return rule.isFinal(block);
    }

    /**
     * Everything up to that block has been told.
     *
     * @param awaited whether anybody waits for a block to become final
     * @param look called, perhaps later again, when blocks may have become final
     */
    void onHead(NetworkEvent.Head head, boolean awaited, Runnable look) {
        rule.onHead(head);
        look.run();
        if (tag == null || !awaited || asking) {
            return;
        }
        asking = true;
        // What is thrown at once is a failure like any other: it must not be the last question.
        CompletableFuture.completedFuture(null)
                .thenCompose(now -> engine.network.numberOf(tag))
                .whenCompleteAsync(
                        (number, error) -> {
                            asking = false;
                            if (error == null) {
                                rule.onTagged(number);
                                look.run();
                            } else {
                                LOG.debug("Which block is {} could not be found out", tag.text(), error);
                            }
                        },
                        engine.loop);
    }
}
