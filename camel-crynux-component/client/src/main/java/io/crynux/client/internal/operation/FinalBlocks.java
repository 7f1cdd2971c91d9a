// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.operation;

import io.crynux.client.internal.evm.follow.ChainReader;
import io.crynux.client.internal.protocol.chain.ContractReader;
import io.crynux.client.settings.EngineSettings.Finality;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.concurrent.CompletableFuture;

/** Whether a block is final, for tasks that the engine does not run. */
final class FinalBlocks {
    private final ContractReader contract;
    private final ChainReader reader;
    private final Finality finality;

    FinalBlocks(ContractReader contract, ChainReader reader, Finality finality) {
        this.contract = contract;
        this.reader = reader;
        this.finality = finality;
    }

    CompletableFuture<Boolean> isFinal(BlockRef block) {
        BigInteger depth = reader.recent().head().number().subtract(block.number());
        boolean still = finality.timeout().toMillis() > 0 && reader.stillFor().compareTo(finality.timeout()) >= 0;
        if (depth.signum() < 0 || still || finality.tag() == null) {
            boolean deep = finality.tag() == null && depth.compareTo(BigInteger.valueOf(finality.blocks())) >= 0;
            return CompletableFuture.completedFuture(depth.signum() >= 0 && (still || deep));
        }
        return contract.numberOf(finality.tag().text())
                .handle((number, error) -> error == null && block.number().compareTo(number) <= 0);
    }
}
