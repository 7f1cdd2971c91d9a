// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The format of a task's version, as today's Relay checks it: three unsigned 64-bit numbers in decimal, with dots between. */
final class TaskVersion {
    private static final Pattern THREE_NUMBERS = Pattern.compile("[0-9]{1,100}(\\.[0-9]{1,100}){2}");
    private static final int BITS = 64;

    private TaskVersion() {}

    static boolean isValid(String version) {
        return THREE_NUMBERS.matcher(version).matches()
                && Arrays.stream(version.split("\\.")).allMatch(number -> new BigInteger(number).bitLength() <= BITS);
    }
}
