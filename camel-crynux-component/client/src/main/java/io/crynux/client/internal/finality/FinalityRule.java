// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.finality;

import io.crynux.client.settings.EngineSettings.Finality;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.time.Duration;

/** Whether a block is final, by the newest state of the chain that was reported. Not thread-safe. */
final class FinalityRule {
    private final Finality finality;
    private BigInteger newest;
    private Duration stillFor = Duration.ZERO;
    private BigInteger tagged;

    FinalityRule(Finality finality) {
        this.finality = finality;
    }

    /**
     * The chain was read up to that block.
     *
     * @param noBlockFor for how long the chain has made no other block, although nothing waits for one
     */
    void onHead(BlockRef head, Duration noBlockFor) {
        newest = head.number();
        stillFor = noBlockFor;
    }

    /** The chain itself calls blocks up to that number final. */
    void onTagged(BigInteger number) {
        tagged = number;
    }

    /** @param block one that is in the chain as far as it was read */
    boolean isFinal(BlockRef block) {
        if (newest == null) {
            return false;
        }
        BigInteger depth = newest.subtract(block.number());
        if (depth.signum() < 0) {
            return false;
        }
        boolean still = finality.timeout().toMillis() > 0 && stillFor.compareTo(finality.timeout()) >= 0;
        return still
                || (finality.tag() == null
                        ? depth.compareTo(BigInteger.valueOf(finality.blocks())) >= 0
                        : tagged != null && block.number().compareTo(tagged) <= 0);
    }
}
