// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.finality;

import io.crynux.client.settings.EngineSettings.Finality;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** Whether a reorganisation may still revert a block, for tasks that the engine does not run. Thread-safe. */
public final class FinalBlocks {
    private final Finality finality;
    private final Supplier<BlockRef> head;
    private final Supplier<Duration> stillFor;
    private final Function<Finality.Tag, CompletableFuture<BigInteger>> numberOf;

    /**
     * @param head the newest block that was read
     * @param stillFor for how long the chain has made no other block
     * @param numberOf the number of the newest block that the chain itself calls so
     */
    public FinalBlocks(
            Finality finality,
            Supplier<BlockRef> head,
            Supplier<Duration> stillFor,
            Function<Finality.Tag, CompletableFuture<BigInteger>> numberOf) {
        this.finality = finality;
        this.head = head;
        this.stillFor = stillFor;
        this.numberOf = numberOf;
    }

    /** @param block one that is in the chain as far as it was read */
    public CompletableFuture<Boolean> isFinal(BlockRef block) {
        FinalityRule rule = new FinalityRule(finality);
        rule.onHead(head.get(), stillFor.get());
        if (finality.tag() == null || rule.isFinal(block)) {
            return CompletableFuture.completedFuture(rule.isFinal(block));
        }
        return numberOf.apply(finality.tag()).handle((number, error) -> {
            if (error == null) {
                rule.onTagged(number);
            }
            return rule.isFinal(block);
        });
    }
}
