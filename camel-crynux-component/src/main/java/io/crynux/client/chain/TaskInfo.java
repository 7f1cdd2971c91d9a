// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * What getTask tells of a task (classic protocol, section 1).
 *
 * @param known false for all zeros, which stand for a task that is queued as well as for one that is over
 * @param succeeded whether nodes agree on a result
 * @param aborted whether the network gave it up
 * @param nodes those that work on it
 */
public record TaskInfo(boolean known, boolean succeeded, boolean aborted, List<String> nodes) {
    private static final int WORD_DIGITS = 64;
    private static final int ADDRESS_DIGITS = 40;
    private static final int MOST_NODES = 100;

    // Counted from 0 in the order of the members; each takes one word, which for an array says where it is.
    private static final int ID = 0;
    private static final int IS_SUCCESS = 6;
    private static final int SELECTED_NODES = 7;
    private static final int ABORTED = 14;

    public TaskInfo {
        nodes = List.copyOf(nodes);
    }

    /**
     * Reads an answer of getTask.
     *
     * @throws RuntimeException when it is none
     */
    static TaskInfo of(BigInteger taskId, String answer) {
        Words words = new Words(answer);
        // The first word says where the struct begins, the places of its arrays are counted from there.
        int start = words.place(0);
        boolean known = taskId.signum() > 0 && words.number(start + ID).equals(taskId);
        List<String> nodes = new ArrayList<>();
        int array = start + words.place(start + SELECTED_NODES);
        int count = words.number(array).intValueExact();
        if (count > MOST_NODES) {
            throw new IllegalArgumentException("a task of " + count + " nodes");
        }
        for (int i = 1; i <= count; i++) {
            nodes.add("0x" + words.word(array + i).substring(WORD_DIGITS - ADDRESS_DIGITS));
        }
        return new TaskInfo(
                known,
                words.number(start + IS_SUCCESS).signum() != 0,
                words.number(start + ABORTED).signum() != 0,
                nodes);
    }

    /** ABI-encoded data, 32 bytes after 32 bytes. */
    private record Words(String hex) {
        String word(int index) {
            int from = 2 + index * WORD_DIGITS;
            return hex.substring(from, from + WORD_DIGITS);
        }

        BigInteger number(int index) {
            return new BigInteger(word(index), 16);
        }

        /** A place that is given in bytes, in words. */
        int place(int index) {
            return number(index).intValueExact() / 32;
        }
    }
}
