// SPDX-License-Identifier: Apache-2.0
package io.crynux.testing;

import io.crynux.client.internal.evm.Payment;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.journal.LaneRecord;
import java.math.BigInteger;
import java.util.List;

/** Reads what the chain protocol writes in the data of its records. */
public final class ChainRecords {

    private ChainRecords() {}

    /** Every payment that was signed for a task, or every variant of another transaction of the wallet. */
    public static List<Payment> payments(JournalRecord record) {
        String text = record.data().get(record instanceof LaneRecord ? "variants" : "payments");
        return text == null
                ? List.of()
                : text.lines().map(ChainRecords::payment).toList();
    }

    /** The variants of a transaction that pays for no task; none for a task. */
    public static List<Payment> transactions(JournalRecord record) {
        return record instanceof LaneRecord ? payments(record) : List.of();
    }

    private static Payment payment(String line) {
        String[] parts = line.split(" ", -1);
        return new Payment(new BigInteger(parts[0]), parts[1], parts[2]);
    }

    /** Number of the block that a task was created in. */
    public static BigInteger createdIn(JournalRecord record) {
        return new BigInteger(record.data().get("createdIn").split(" ", 2)[0]);
    }
}
