// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.chain.TaskCalls;
import io.crynux.devnet.chain.TestNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;

/** What nodes may not do is refused with the contract's reasons. */
@Tag("chain")
class RefusedNodeCallsTest {
    private static final String RESULT = "0x0102030405060708";
    private static final String NONCE = Hash.sha3String("nonce");
    private static final String COMMITMENT = TaskCalls.commitment(RESULT, NONCE);

    private final TestNetwork network = new TestNetwork().join(3);

    @BeforeEach
    void create() {
        network.create(network.alice, 0, 1, 30);
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void commitments() {
        Credentials node = network.nodeOf(1, 0);
        assertRefused(node, TaskCalls.commit(9, 0, COMMITMENT, NONCE), "Task not exist");
        assertRefused(node, TaskCalls.commit(1, 3, COMMITMENT, NONCE), "Round not exist");
        assertRefused(network.bob, TaskCalls.commit(1, 0, COMMITMENT, NONCE), "Not selected node");
        network.send(node, TaskCalls.commit(1, 0, COMMITMENT, NONCE));
        assertRefused(node, TaskCalls.commit(1, 0, COMMITMENT, NONCE), "Already submitted");
        assertRefused(network.nodeOf(1, 1), TaskCalls.commit(1, 1, COMMITMENT, NONCE), "Nonce already used");
    }

    @Test
    void disclosures() {
        Credentials node = network.nodeOf(1, 0);
        assertRefused(node, TaskCalls.disclose(1, 0, RESULT), "Commitments not ready");
        assertRefused(node, TaskCalls.disclose(1, 0, "0x"), "Invalid result");
        for (int round = 0; round < 3; round++) {
            network.commit(1, round, RESULT);
        }
        assertRefused(node, TaskCalls.disclose(1, 0, "0x01"), "Mismatch result and commitment");
        network.disclose(1, 0, RESULT);
        assertRefused(node, TaskCalls.disclose(1, 0, RESULT), "Already submitted");
    }

    @Test
    void uploads() {
        assertRefused(network.nodeOf(1, 0), TaskCalls.reportUploaded(1, 0), "Not result round");
    }

    private void assertRefused(Credentials from, String data, String reason) {
        assertThat(network.call(from, data).path("error").path("message").asText())
                .isEqualTo("execution reverted: " + reason);
    }
}
