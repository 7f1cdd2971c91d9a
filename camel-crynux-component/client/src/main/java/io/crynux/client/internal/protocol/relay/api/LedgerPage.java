// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * A page of the wallet's ledger of task fees, newest first.
 *
 * @param total number of records of the whole ledger
 */
public record LedgerPage(BigInteger total, List<LedgerRecord> records) {
    /** A task was paid. */
    public static final int PAYMENT = 4;
    /** A task's fee came back. */
    public static final int REFUND = 5;

    /**
     * A record.
     *
     * @param id number of the record
     * @param amountWei positive for both types
     * @param type {@link #PAYMENT}, {@link #REFUND} or one that does not concern a task
     * @param commitment of the task; empty if the record names none
     */
    public record LedgerRecord(BigInteger id, Instant time, BigInteger amountWei, int type, String commitment) {}
}
