// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

/** Why a task of a request ended outside the Relay's states. */
public enum Loss {
    NONE,
    /** Its creation was refused, so it does not exist and is not charged. */
    REFUSED,
    /** Its creation was never acknowledged and can no longer be accepted; the ledger has no payment. */
    NOT_CHARGED,
    /** It existed and was purged before this client could read it. What became of the fee is in the ledger only. */
    PURGED,
    /** It existed, and the Relay does not know it any more: purged, or the Relay was restored. Not determinable. */
    VANISHED,
    /** Its creation was never acknowledged, and the ledger cannot be read. Not determinable. */
    UNKNOWN,
    /** The Relay says that another address created it: the signature is by another key. */
    NOT_OURS
}
