// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Hash;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.utils.Numeric;

/** What nodes send, held to what a real contract took from real nodes. */
class RecordedTransactionsTest {
    private static final BigInteger TASK = BigInteger.ONE;

    private static String data(String recording, String label) throws IOException {
        JsonNode file = new ObjectMapper()
                .readTree(RecordedTransactionsTest.class.getResourceAsStream("/recordings/" + recording + ".json"));
        for (JsonNode entry : file.path("entries")) {
            if (entry.path("label").asText().equals(label + " / send")) {
                return "0x"
                        + Numeric.cleanHexPrefix(TransactionDecoder.decode(
                                        entry.at("/request/params/0").asText())
                                .getData());
            }
        }
        throw new AssertionError("no " + label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"01-sd-success", "02-gpt-success"})
    void aSuccess(String recording) throws IOException {
        for (int round = 0; round < 3; round++) {
            BigInteger number = BigInteger.valueOf(round);
            String disclosed = data(recording, "task 1 disclose round " + round);
            byte[] result = result(disclosed);
            assertThat(TaskCalls.disclose(TASK, number, result)).isEqualTo(disclosed);

            String committed = data(recording, "task 1 commit round " + round);
            byte[] nonce = Numeric.hexStringToByteArray(committed.substring(committed.length() - 64));
            assertThat(TaskCalls.commit(TASK, number, result, nonce)).isEqualTo(committed);
        }
        assertThat(TaskCalls.reportUploaded(TASK, BigInteger.ZERO))
                .isEqualTo(data(recording, "task 1 reportResultsUploaded round 0"));
    }

    @Test
    void aReportedError() throws IOException {
        assertThat(TaskCalls.reportError(TASK, BigInteger.TWO))
                .isEqualTo(data("04-aborted-error-reported", "task 1 reportTaskError round 2"));
    }

    @Test
    void aCommitmentCoversResultAndNonce() {
        byte[] both = {1, 2, 3, 9, 9};
        String data = TaskCalls.commit(TASK, BigInteger.ZERO, Arrays.copyOf(both, 3), Arrays.copyOfRange(both, 3, 5));
        assertThat(data).contains(Numeric.toHexStringNoPrefix(Hash.sha3(both)));
    }

    /** The bytes at the end of a disclosure: a word with their length, then they. */
    private static byte[] result(String disclosure) {
        String tail = disclosure.substring(10 + 3 * 64);
        int length = new BigInteger(tail.substring(0, 64), 16).intValueExact();
        return Numeric.hexStringToByteArray(tail.substring(64, 64 + 2 * length));
    }
}
