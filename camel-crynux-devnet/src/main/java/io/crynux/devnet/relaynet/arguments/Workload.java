// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments;

import java.math.BigInteger;

/**
 * What the Relay knows of the work in a task.
 *
 * @param pixelSteps pictures x width x height x steps; 0 for other types
 * @param textBytes length of messages, tools and template arguments as JSON without pictures; 0 for other types
 * @param images pictures in messages
 * @param imagePixels their pixels
 * @param maxNewTokens longest answer; 0 for other types
 */
public record Workload(
        BigInteger pixelSteps, long textBytes, long images, BigInteger imagePixels, BigInteger maxNewTokens) {
    static final Workload NONE = new Workload(BigInteger.ZERO, 0, 0, BigInteger.ZERO, BigInteger.ZERO);

    static Workload ofPictures(BigInteger pixelSteps) {
        return new Workload(pixelSteps, 0, 0, BigInteger.ZERO, BigInteger.ZERO);
    }
}
