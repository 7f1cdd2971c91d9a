// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.contract;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the contract's getTask says of a task that nodes work on (TaskInfo; classic protocol, section 1).
 *
 * @param taskId the task's id
 * @param taskType the number of its kind
 * @param creator who paid, lower-case
 * @param taskHash keccak256 of its parameters
 * @param vramLimit least VRAM of a node in GB
 * @param succeeded whether two nodes agree already
 * @param nodes that work on it, lower-case
 * @param resultNode whose result counts, lower-case; the zero address before
 * @param aborted whether it was given up
 * @param deadline from when on its creator may cancel it
 * @param balance what is left of the fee in wei
 * @param fee what was paid in wei
 */
public record TaskInfo(
        BigInteger taskId,
        long taskType,
        String creator,
        String taskHash,
        BigInteger vramLimit,
        boolean succeeded,
        List<String> nodes,
        String resultNode,
        boolean aborted,
        Instant deadline,
        BigInteger balance,
        BigInteger fee) {

    private static final int WORD = 64;
    private static final int ADDRESS = 40;
    private static final int BYTES_PER_WORD = 32;
    private static final int MOST_NODES = 1_000;

    /**
     * Reads an answer of getTask: a word that points to the struct, then one word for each member, which of a list is where
     * it begins in the struct.
     */
    public static TaskInfo read(String answer) {
        String words = answer.substring(2 + WORD);
        return new TaskInfo(
                number(words, 0),
                number(words, 1).longValueExact(),
                address(words, 2),
                "0x" + word(words, 3),
                number(words, 5),
                number(words, 6).signum() != 0,
                addresses(words, number(words, 7).intValueExact() / BYTES_PER_WORD),
                address(words, 13),
                number(words, 14).signum() != 0,
                Instant.ofEpochSecond(number(words, 15).longValueExact()),
                number(words, 16),
                number(words, 17));
    }

    /** The contract knows the task; what it does not know, or no more, has an id of zero. */
    public boolean exists() {
        return taskId.signum() != 0;
    }

    /** Whether it is that task's; of one that is queued or over the contract tells nothing but zeros. */
    public boolean isOf(BigInteger id) {
        return exists() && taskId.equals(id);
    }

    private static List<String> addresses(String words, int start) {
        int count = number(words, start).intValueExact();
        if (count > MOST_NODES) {
            throw new IllegalArgumentException(count + " nodes");
        }
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> address(words, start + i))
                .toList();
    }

    private static String word(String words, int index) {
        return words.substring(index * WORD, (index + 1) * WORD);
    }

    private static BigInteger number(String words, int index) {
        return new BigInteger(word(words, index), 16);
    }

    private static String address(String words, int index) {
        return "0x" + word(words, index).substring(WORD - ADDRESS);
    }
}
