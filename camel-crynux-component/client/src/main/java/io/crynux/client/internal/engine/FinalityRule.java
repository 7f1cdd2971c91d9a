// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.settings.EngineSettings.Finality;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;

/** Whether a block is final by what was heard of the chain last. Used on the engine's loop only. */
final class FinalityRule {
    private final Finality finality;
    private NetworkEvent.Head newest;
    private BigInteger tagged;

    FinalityRule(Finality finality) {
        this.finality = finality;
    }

    void onHead(NetworkEvent.Head head) {
        newest = head;
    }

    /** The chain says that blocks up to that number are final. */
    void onTagged(BigInteger number) {
        tagged = number;
    }

    /** @param block one that is in the chain as far as it was read */
    boolean isFinal(BlockRef block) {
        if (newest == null) {
            return false;
        }
        BigInteger depth = newest.block().number().subtract(block.number());
        if (depth.signum() < 0) {
            return false;
        }
        boolean still = finality.timeout().toMillis() > 0 && newest.stillFor().compareTo(finality.timeout()) >= 0;
        return still
                || (finality.tag() == null
                        ? depth.compareTo(BigInteger.valueOf(finality.blocks())) >= 0
                        : tagged != null && block.number().compareTo(tagged) <= 0);
    }
}
