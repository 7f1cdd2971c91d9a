// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.engine;

import io.crynux.devnet.relaynet.task.RelayTask;
import io.crynux.devnet.relaynet.task.TaskOrder;
import io.crynux.devnet.relaynet.task.TaskStatus;
import io.crynux.devnet.result.PerceptualHash;
import java.util.Arrays;
import org.web3j.utils.Numeric;

/** Whether two members of a group have the same result. */
final class ScoreComparison {
    private final int threshold;

    /** @param threshold images are equal if their hashes differ in fewer bits */
    ScoreComparison(int threshold) {
        this.threshold = threshold;
    }

    /** Two errors are equal; an error and a score are not. */
    boolean equal(RelayTask a, RelayTask b) {
        if (a.status() != TaskStatus.SCORE_READY || b.status() != TaskStatus.SCORE_READY) {
            return a.status() == b.status();
        }
        return a.order().type() == TaskOrder.TEXT
                ? a.work().score().equals(b.work().score())
                : alike(
                        Numeric.hexStringToByteArray(a.work().score()),
                        Numeric.hexStringToByteArray(b.work().score()));
    }

    private boolean alike(byte[] a, byte[] b) {
        if (a.length != b.length) {
            return false;
        }
        for (int from = 0; from < a.length; from += PerceptualHash.BYTES) {
            int to = from + PerceptualHash.BYTES;
            if (PerceptualHash.distance(Arrays.copyOfRange(a, from, to), Arrays.copyOfRange(b, from, to))
                    >= threshold) {
                return false;
            }
        }
        return true;
    }
}
