// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

/** What the ledger says of a task. */
public enum LedgerAnswer {
    /** No payment, long enough after the time at which it could have been made. */
    NOTHING,
    /** A payment, maybe with a refund. */
    PAID,
    /** Too early to tell; ask again. */
    NOT_YET,
    /** This client cannot read the ledger: a login needs https or a local Relay. */
    UNREADABLE
}
