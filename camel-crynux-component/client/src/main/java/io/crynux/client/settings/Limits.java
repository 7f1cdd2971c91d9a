// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

/**
 * How much a wallet has under way at once.
 *
 * @param maxInFlight tasks that have not ended
 * @param maxUnstarted tasks among them that no node has started
 * @param maxWaiting tasks beyond these that wait unsigned; more are refused
 */
public record Limits(int maxInFlight, int maxUnstarted, int maxWaiting) {

    /** 20, 10 and 1,000. */
    public static final Limits DEFAULT = new Limits(20, 10, 1_000);

    /** @throws IllegalArgumentException naming the setting that cannot be */
    public Limits {
        require("maxInFlight", maxInFlight, 1);
        require("maxUnstarted", maxUnstarted, 1);
        require("maxWaiting", maxWaiting, 0);
    }

    private static void require(String setting, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(setting + " is " + value + "; it must be " + least + " or more");
        }
    }
}
