// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.evm.Payment;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;

/** How the chain's facts are written in a record's data. Blanks and line feeds separate: nothing else of them has any. */
final class ChainTexts {

    private ChainTexts() {}

    /** A line for each, with nonce, hash and signed bytes; null when there are none. */
    static String of(List<Payment> payments) {
        return payments.isEmpty()
                ? null
                : payments.stream()
                        .map(payment ->
                                payment.nonce() + " " + payment.transactionHash() + " " + payment.rawTransaction())
                        .collect(Collectors.joining("\n"));
    }

    static List<Payment> payments(String text) {
        return text == null ? List.of() : text.lines().map(ChainTexts::payment).toList();
    }

    private static Payment payment(String line) {
        String[] parts = line.split(" ", -1);
        return new Payment(new BigInteger(parts[0]), parts[1], parts[2]);
    }

    static String of(BlockRef block) {
        return block == null ? null : block.number() + " " + block.hash();
    }

    static BlockRef block(String text) {
        if (text == null) {
            return null;
        }
        int blank = text.indexOf(' ');
        return new BlockRef(new BigInteger(text.substring(0, blank)), text.substring(blank + 1));
    }

    static String of(BigInteger number) {
        return number == null ? null : number.toString();
    }

    static BigInteger number(String text) {
        return text == null ? null : new BigInteger(text);
    }
}
