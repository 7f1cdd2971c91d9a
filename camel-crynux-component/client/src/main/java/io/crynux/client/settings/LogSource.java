// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

/** Source of the contract's events. */
public enum LogSource {
    /** eth_getLogs, which takes the fewest requests. */
    LOGS,
    /**
     * The receipts of blocks whose blooms allow events of the contract (eth_getBlockReceipts, or eth_getTransactionReceipt if
     * the node does not support that), for nodes whose eth_getLogs is late, incomplete or refused. It takes more requests, most
     * of all after a long downtime, since the header of every block is read then.
     */
    RECEIPTS
}
