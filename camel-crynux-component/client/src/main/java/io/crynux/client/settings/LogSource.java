// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

/** By which calls the contract's events are read. */
public enum LogSource {
    /** By eth_getLogs. Costs least. */
    LOGS,
    /**
     * From the receipts of blocks whose blooms allow the contract (eth_getBlockReceipts, or eth_getTransactionReceipt where
     * the node does not have that): for endpoints whose eth_getLogs is late, incomplete or refused. Costs more, most of all
     * after a long absence, since every block's header is read then.
     */
    RECEIPTS
}
