// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

/** The JSON-RPC calls that read the contract's events. */
public enum LogSource {
    /** eth_getLogs: the fewest calls. */
    LOGS,
    /**
     * Receipts of the blocks whose bloom filter matches the contract (eth_getBlockReceipts, or eth_getTransactionReceipt if the
     * node does not support it), for endpoints whose eth_getLogs is late, incomplete or disabled. Needs more calls, above all
     * after a long downtime, because the client then reads the header of every block.
     */
    RECEIPTS
}
