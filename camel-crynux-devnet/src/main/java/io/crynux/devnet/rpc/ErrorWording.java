// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.ledger.TransactionRefusedException;

/** How one kind of node words its errors. */
interface ErrorWording {

    /** The error for a call or estimate that reverted or ran out of gas, {@code 0x} for revert data in the latter case. */
    RpcException reverted(String method, String data);

    /** The error for a transaction, call or estimate that was refused before it was executed. */
    RpcException refused(String method, TransactionRefusedException refusal);

    RpcException unknownMethod(String method, JsonNode params);

    /** What {@code web3_clientVersion} answers. */
    String clientVersion();

    /** Whether a transaction signed for another chain is taken, to be never mined. */
    default boolean takesForeignTransactions() {
        return false;
    }

    /** Whether a call must have its value on the caller's balance. */
    default boolean checksFundsOfCalls() {
        return true;
    }

    /** Whether sending a transaction that is mined at once and reverts is answered with the error of the revert. */
    default boolean tellsRevertOnSend() {
        return false;
    }

    /** The error for a transaction that was mined and reverted, where the answer to sending it reports that. */
    default RpcException minedAndReverted(String transactionHash, String data) {
        throw new IllegalStateException("this dialect does not report reverts when a transaction is sent");
    }
}
