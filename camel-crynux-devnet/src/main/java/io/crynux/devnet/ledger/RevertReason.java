// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.web3j.utils.Numeric;

/** Reads the errors that Solidity encodes into revert data: {@code Error(string)} and {@code Panic(uint256)}. */
public final class RevertReason {
    private static final String ERROR = "0x08c379a0";
    private static final String PANIC = "0x4e487b71";

    private RevertReason() {}

    /** The text of an {@code Error(string)}, {@code Panic(0x..)} for a panic, else empty. */
    public static String of(String data) {
        if (isError(data)) {
            return text(Numeric.hexStringToByteArray(data.substring(ERROR.length())));
        }
        return isPanic(data) ? "Panic(0x" + panicCode(data).toString(16) + ")" : "";
    }

    /** Whether the data is an {@code Error(string)}. */
    public static boolean isError(String data) {
        return data.startsWith(ERROR);
    }

    /** Whether the data is a {@code Panic(uint256)}. */
    public static boolean isPanic(String data) {
        return data.startsWith(PANIC) && data.length() == PANIC.length() + 64;
    }

    /** The code of a {@code Panic(uint256)}. */
    public static BigInteger panicCode(String data) {
        return new BigInteger(data.substring(PANIC.length()), 16);
    }

    private static String text(byte[] encoded) {
        int length = new BigInteger(1, encoded, 32, 32).intValueExact();
        return new String(encoded, 64, length, StandardCharsets.UTF_8);
    }
}
