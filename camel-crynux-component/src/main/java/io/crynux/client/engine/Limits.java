// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.engine;

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

    public Limits {
        require(maxInFlight > 0, "maxInFlight", maxInFlight);
        require(maxUnstarted > 0, "maxUnstarted", maxUnstarted);
        require(maxWaiting >= 0, "maxWaiting", maxWaiting);
    }

    private static void require(boolean valid, String option, int value) {
        if (!valid) {
            throw new IllegalArgumentException(option + " is " + value + "; it must be above 0");
        }
    }
}
