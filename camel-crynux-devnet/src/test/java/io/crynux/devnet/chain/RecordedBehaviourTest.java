// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigInteger;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chain answers as the real contracts on real nodes did, recording by recording. */
@Tag("chain")
class RecordedBehaviourTest {
    private static final BigInteger GWEI = BigInteger.TEN.pow(9);
    private static final long BLOCK_GAS = 30_000_000;
    private static final Set<String> ABOUT_GAS = Set.of("07c-create-gas", "12-estimate-race");

    /** Anvil does not speak as other nodes do, and our contract in Solidity does not use the same gas. */
    private static Recording load(String name) {
        Recording recording = Recording.load(name);
        if (System.getProperty("crynux.backend", "devnet").equals("anvil")) {
            assumeTrue(recording.client().startsWith("anvil"), "a recording of another node");
            assumeFalse(ABOUT_GAS.contains(name), "a recording of how much gas is used");
        }
        return recording;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01-sd-success",
                "02-gpt-success",
                "03-aborted-result-illegal",
                "04-aborted-error-reported",
                "05-queued-then-started",
                "07-create-invalid-type",
                "07-create-invalid-type-hardhat2",
                "07-create-invalid-type-ganache",
                "07b-create-value-over-balance",
                "07b-create-value-over-balance-hardhat2",
                "07c-create-gas",
                "07e-tx-client-errors",
                "08-cancel",
                "09-node-slashed-third",
                "11-f0aa46b-sd-success",
                "12-estimate-race"
            })
    void withThreeFreeNodes(String name) {
        Recording recording = load(name);
        try (RecordingReplay replay = new RecordingReplay(recording, 50, GWEI, BLOCK_GAS)) {
            replay.joinNodes();
            recording.entries().forEach(replay::replay);
        }
    }

    @ParameterizedTest
    @OnDevnetChainOnly("hardhat's wording")
    @ValueSource(strings = "07e-tx-client-errors-hardhat2")
    void withHardhatsGasLimitAndBaseFee(String name) {
        Recording recording = load(name);
        try (RecordingReplay replay = new RecordingReplay(recording, 50, BigInteger.valueOf(85_076_908), 16_777_216)) {
            replay.joinNodes();
            recording.entries().forEach(replay::replay);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "06-queue-full-eviction")
    void withNoNodesAndTwoPlacesInTheQueue(String name) {
        Recording recording = load(name);
        try (RecordingReplay replay = new RecordingReplay(recording, 2, GWEI, BLOCK_GAS)) {
            recording.entries().forEach(replay::replay);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"07d-gpt-cap0-no-node", "07d-gpt-cap0-no-node-hardhat2"})
    void withNodesThatJoinHalfway(String name) {
        Recording recording = load(name);
        try (RecordingReplay replay = new RecordingReplay(recording, 50, GWEI, BLOCK_GAS)) {
            boolean joined = false;
            for (Recording.Entry entry : recording.entries()) {
                if (!joined && entry.label().startsWith("same task with 3 nodes")) {
                    replay.joinNodes();
                    joined = true;
                }
                replay.replay(entry);
            }
        }
    }
}
