// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import java.util.Locale;

/**
 * What a node's error on eth_sendRawTransaction means. Nodes word it differently and share no codes (recordings of anvil,
 * hardhat and ganache), so the words decide.
 */
enum SendRefusal {
    /** The very same transaction is there already: as good as sent. */
    ALREADY_KNOWN,
    /** The nonce is used, by this transaction or another: proves nothing. */
    NONCE_TOO_LOW,
    /** Another transaction waits with the same nonce and offers as much: it may be mined, or this one. */
    NONCE_CONTESTED,
    /** Fee, gas and what is under way are more than the balance. */
    INSUFFICIENT_FUNDS,
    /** The node did not take it for another reason. */
    REFUSED;

    static SendRefusal of(RpcException error) {
        String words = error.rpcMessage().toLowerCase(Locale.ROOT);
        if (words.contains("already known")
                || words.contains("already imported")
                || words.contains("known transaction")) {
            return ALREADY_KNOWN;
        }
        if (words.contains("nonce too low") || words.contains("nonce is too low")) {
            return NONCE_TOO_LOW;
        }
        if (words.contains("replacement") && words.contains("underpriced")) {
            return NONCE_CONTESTED;
        }
        if (words.contains("insufficient funds")
                || words.contains("enough funds")
                || words.contains("insufficient balance")) {
            return INSUFFICIENT_FUNDS;
        }
        return REFUSED;
    }
}
