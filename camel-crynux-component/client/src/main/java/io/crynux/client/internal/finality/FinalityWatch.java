// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.finality;

import io.crynux.client.error.NetworkException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.settings.EngineSettings.Finality;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which blocks are final while a chain is followed, and asks the chain where the setting is one of its own words. Used
 * on its owner's serial executor only.
 */
public final class FinalityWatch {
    private static final Logger LOG = LoggerFactory.getLogger(FinalityWatch.class);

    private final Finality.Tag tag;
    private final FinalityRule rule;
    private final Function<Finality.Tag, CompletableFuture<BigInteger>> numberOf;
    private final Executor loop;
    private boolean asking;

    /**
     * @param numberOf the number of the newest block that the chain itself calls so
     * @param loop the owner's serial executor
     */
    public FinalityWatch(
            Finality finality, Function<Finality.Tag, CompletableFuture<BigInteger>> numberOf, Executor loop) {
        this.tag = finality.tag();
        this.rule = new FinalityRule(finality);
        this.numberOf = numberOf;
        this.loop = loop;
    }

    /** @return fails with a {@link NetworkException} when the node does not know the configured tag */
    public CompletableFuture<Void> checkTag() {
        if (tag == null) {
            return CompletableFuture.completedFuture(null);
        }
        return numberOf.apply(tag).handle((number, error) -> {
            if (error == null) {
                return null;
            }
            Throwable cause = Futures.cause(error);
            throw new NetworkException(
                    "finality is " + tag.text() + ", but the node does not report a " + tag.text() + " block: "
                            + cause.getMessage()
                            + ". Set finality to a number of blocks, such as 5, or use a node that reports one",
                    cause);
        });
    }

    public boolean isFinal(BlockRef block) {
        return rule.isFinal(block);
    }

    /**
     * The events of all blocks up to that one have been reported.
     *
     * @param stillFor for how long the chain has made no other block, although nothing waits for one
     * @param awaited whether anybody waits for a block to become final
     * @param look called when blocks may have become final, perhaps again later
     */
    public void onHead(BlockRef head, Duration stillFor, boolean awaited, Runnable look) {
        rule.onHead(head, stillFor);
        look.run();
        if (tag == null || !awaited || asking) {
            return;
        }
        asking = true;
        // What is thrown at once is a failure like any other: the question must be asked again.
        CompletableFuture.completedFuture(null)
                .thenCompose(now -> numberOf.apply(tag))
                .whenCompleteAsync(
                        (number, error) -> {
                            asking = false;
                            if (error == null) {
                                rule.onTagged(number);
                                look.run();
                            } else {
                                LOG.debug("The {} block could not be read", tag.text(), error);
                            }
                        },
                        loop);
    }
}
