// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import java.util.Arrays;
import org.web3j.utils.Numeric;

/** Whether two nodes came to the same result. */
final class ResultComparison {
    private static final int HASH_BYTES = 8;
    /** Two perceptual hashes that differ in as many bits as this are of different images. */
    private static final int DIFFERENT_BITS = 5;

    private ResultComparison() {}

    /** Compares two disclosures of a task by their places; two reported errors agree. */
    static boolean agree(Task task, int one, int other) {
        byte[] a = Numeric.hexStringToByteArray(task.resultAt(one));
        byte[] b = Numeric.hexStringToByteArray(task.resultAt(other));
        return task.request().type() == TaskRequest.GPT ? Arrays.equals(a, b) : sameImages(a, b);
    }

    private static boolean sameImages(byte[] a, byte[] b) {
        if (a.length != b.length || a.length % HASH_BYTES != 0) {
            return false;
        }
        for (int start = 0; start < a.length; start += HASH_BYTES) {
            int distance = 0;
            for (int i = start; i < start + HASH_BYTES; i++) {
                distance += Integer.bitCount((a[i] ^ b[i]) & 0xff);
            }
            if (distance >= DIFFERENT_BITS) {
                return false;
            }
        }
        return true;
    }
}
