// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.task;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the nodes' software.
 *
 * @param text as it was sent
 */
public record TaskVersion(String text, BigInteger major, BigInteger minor, BigInteger patch) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,20})\\.([0-9]{1,20})\\.([0-9]{1,20})");
    private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(64);

    /** Reads three numbers of 64 bits with dots between them; empty for anything else. */
    public static Optional<TaskVersion> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var version = new TaskVersion(
                text,
                new BigInteger(matcher.group(1)),
                new BigInteger(matcher.group(2)),
                new BigInteger(matcher.group(3)));
        boolean fits = version.major.max(version.minor).max(version.patch).compareTo(LIMIT) < 0;
        return fits ? Optional.of(version) : Optional.empty();
    }

    /** Whether a node of this version can run a task of that one: same major version, and not older. */
    public boolean runs(TaskVersion task) {
        int minors = minor.compareTo(task.minor);
        return major.equals(task.major) && (minors > 0 || (minors == 0 && patch.compareTo(task.patch) >= 0));
    }
}
