// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import java.math.BigInteger;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** The data of a node's transactions for a task. */
final class TaskCalls {
    private static final String COMMIT = selector("submitTaskResultCommitment(uint256,uint256,bytes32,bytes32)");
    private static final String DISCLOSE = selector("discloseTaskResult(uint256,uint256,bytes)");
    private static final String REPORT_ERROR = selector("reportTaskError(uint256,uint256)");
    private static final String REPORT_UPLOADED = selector("reportResultsUploaded(uint256,uint256)");
    private static final int WORD_DIGITS = 64;

    private TaskCalls() {}

    private static String selector(String signature) {
        return Hash.sha3String(signature).substring(0, 10);
    }

    /** Commits to a result without disclosing it. {@code nonce}: 32 bytes that make commitments to equal results differ. */
    static String commit(BigInteger taskId, BigInteger round, byte[] result, byte[] nonce) {
        byte[] committed = new byte[result.length + nonce.length];
        System.arraycopy(result, 0, committed, 0, result.length);
        System.arraycopy(nonce, 0, committed, result.length, nonce.length);
        return COMMIT
                + word(taskId)
                + word(round)
                + Numeric.toHexStringNoPrefix(Hash.sha3(committed))
                + Numeric.toHexStringNoPrefix(nonce);
    }

    /** Discloses the result of the commitment. */
    static String disclose(BigInteger taskId, BigInteger round, byte[] result) {
        String hex = Numeric.toHexStringNoPrefix(result);
        int padding = (WORD_DIGITS - hex.length() % WORD_DIGITS) % WORD_DIGITS;
        return DISCLOSE
                + word(taskId)
                + word(round)
                + word(BigInteger.valueOf(3 * 32))
                + word(BigInteger.valueOf(result.length))
                + hex
                + "0".repeat(padding);
    }

    static String reportError(BigInteger taskId, BigInteger round) {
        return REPORT_ERROR + word(taskId) + word(round);
    }

    static String reportUploaded(BigInteger taskId, BigInteger round) {
        return REPORT_UPLOADED + word(taskId) + word(round);
    }

    private static String word(BigInteger number) {
        return Numeric.toHexStringNoPrefixZeroPadded(number, WORD_DIGITS);
    }
}
