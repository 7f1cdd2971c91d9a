// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.HexFormat;
import org.web3j.protocol.core.methods.response.Log;

/**
 * Where a log is in the chain. web3j reads the numbers from their text at each call, with regular expressions and an exception
 * caught on the way: when many logs are read, that takes longer than all else.
 */
public final class LogPlace {
    public static final Comparator<Log> IN_ORDER =
            Comparator.comparing(LogPlace::block).thenComparing(LogPlace::index);

    /** As many hexadecimal digits as are no negative long. */
    private static final int SHORT = 15;

    private LogPlace() {}

    /** The number of its block. */
    public static BigInteger block(Log log) {
        return isShort(log.getBlockNumberRaw()) ? read(log.getBlockNumberRaw()) : log.getBlockNumber();
    }

    /** Its place among all logs of the block. */
    public static BigInteger index(Log log) {
        return isShort(log.getLogIndexRaw()) ? read(log.getLogIndexRaw()) : log.getLogIndex();
    }

    private static boolean isShort(String number) {
        if (number == null || !number.startsWith("0x") || number.length() == 2 || number.length() > 2 + SHORT) {
            return false;
        }
        for (int i = 2; i < number.length(); i++) {
            if (!HexFormat.isHexDigit(number.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static BigInteger read(String number) {
        return BigInteger.valueOf(HexFormat.fromHexDigitsToLong(number, 2, number.length()));
    }
}
