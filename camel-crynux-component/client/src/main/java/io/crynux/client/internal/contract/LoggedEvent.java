// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.contract;

import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.evm.rpc.LogPlace;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import org.web3j.protocol.core.methods.response.Log;

/**
 * An event of the contract with its place in the chain.
 *
 * @param event what happened
 * @param block in which
 * @param transactionHash what caused it
 * @param logIndex its place among all logs of the block
 */
public record LoggedEvent(ContractEvent event, BlockRef block, String transactionHash, BigInteger logIndex) {

    static LoggedEvent of(ContractEvent event, Log log) {
        return new LoggedEvent(
                event,
                new BlockRef(LogPlace.block(log), log.getBlockHash()),
                log.getTransactionHash(),
                LogPlace.index(log));
    }
}
