// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.ids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.error.SignerException;
import io.crynux.client.internal.protocol.relay.replay.RecordedRelay;
import io.crynux.client.internal.signing.CheckedProver;
import io.crynux.client.wallet.Signer;
import io.crynux.client.wallet.VrfProof;
import io.crynux.client.wallet.VrfProver;
import io.crynux.client.wallet.Wallets;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.web3j.utils.Numeric;

/** Ids follow from the wallet and the first nonce; commitments and sampling are those of the Relay. */
class RequestIdsTest {
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor();
    private static final String NONCE = "0x" + "22".repeat(32);

    @AfterAll
    static void stop() {
        TIMER.shutdownNow();
    }

    private static CheckedProver prover(String key) {
        Signer wallet = Wallets.ofPrivateKey(key);
        return new CheckedProver((VrfProver) wallet, wallet.address(), Runnable::run, TIMER);
    }

    private static final CheckedProver PROVER = prover("0x" + "46".repeat(32));

    @Test
    void theSameNonceGivesTheSameIds() {
        RequestIds ids = RequestIds.of(NONCE, PROVER).join();
        RequestIds again = RequestIds.of(NONCE, PROVER).join();

        assertThat(again.commitments()).isEqualTo(ids.commitments());
        assertThat(again.taskId()).isEqualTo(ids.taskId());
        assertThat(ids.nonce(0)).isEqualTo(NONCE);
        assertThat(new HashSet<>(
                        List.of(ids.nonce(0), ids.nonce(1), ids.nonce(2), ids.nonce(3), ids.nonce(4), ids.taskId())))
                .hasSize(6);
        assertThat(ids.commitments()).hasSize(5).doesNotHaveDuplicates().allMatch(HexWord::isOne);
        assertThat(ids.toString()).doesNotContain(ids.taskId().substring(2, 10));
    }

    /** They must not change in another version, or tasks in flight could not be validated. */
    @Test
    void idsAreThoseOfVersionOne() {
        RequestIds ids = RequestIds.of(NONCE, PROVER).join();

        assertThat(ids.taskId()).isEqualTo("0x2514a16384a26de2164690cb049f384039ed2d321624f535c9635de6c2e69fe1");
        assertThat(ids.nonce(1)).isEqualTo("0x09efe08fd5194be7278c6cc028a3934cc244dd0a5d1a105390f43d72bcf4332a");
        assertThat(ids.nonce(4)).isEqualTo("0xa52af17f2cf0d36ddc5e47ef59864cd5695621b44692ec2251e0b57dd3074ffc");
    }

    @Test
    void anotherWalletOrNonceGivesOthers() {
        RequestIds ids = RequestIds.of(NONCE, PROVER).join();

        assertThat(RequestIds.of(NONCE, prover("0x" + "47".repeat(32))).join().taskId())
                .isNotEqualTo(ids.taskId());
        assertThat(RequestIds.of("0x" + "23".repeat(32), PROVER).join().taskId())
                .isNotEqualTo(ids.taskId());
        assertThat(RequestIds.newNonce(new SecureRandom())).matches(HexWord::isOne);
    }

    /** The Relay could otherwise send a seed whose proof gives away the ids. */
    @Test
    void noSeedIsTheInputOfIds() {
        List<byte[]> inputs = new ArrayList<>();
        Signer wallet = Wallets.ofPrivateKey("0x" + "46".repeat(32));
        VrfProver spy = new VrfProver() {
            @Override
            public byte[] publicKey() {
                return ((VrfProver) wallet).publicKey();
            }

            @Override
            public CompletionStage<VrfProof> prove(byte[] alpha) {
                inputs.add(alpha);
                return ((VrfProver) wallet).prove(alpha);
            }
        };
        CheckedProver prover = new CheckedProver(spy, wallet.address(), Runnable::run, TIMER);
        RequestIds.of(NONCE, prover).join();

        assertThat(inputs).hasSize(1);
        assertThat(inputs.get(0)).hasSizeGreaterThan(32);
        for (String seed :
                new String[] {"0x", "0x11", NONCE + "00", Numeric.toHexString(inputs.get(0)), "22".repeat(32)}) {
            assertThatThrownBy(() -> Sampling.of(seed, prover)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    static Stream<String> recordings() throws IOException {
        return RecordedRelay.names();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void commitmentsAreTheRecordedOnes(String name) {
        RecordedRelay.of(name).tasks().forEach(entry -> {
            JsonNode task = entry.getValue();
            String taskId = task.path("taskId").asText();
            String nonce = task.path("nonce").asText();
            String commitment = task.path("commitment").asText();
            if (HexWord.isOne(taskId) && HexWord.isOne(nonce) && HexWord.isOne(commitment) && !name.startsWith("41-")) {
                assertThat(RequestIds.commitment(HexWord.bytes(taskId), HexWord.bytes(nonce)))
                        .as(name + " " + entry.getKey())
                        .isEqualTo(commitment);
            }
        });
    }

    static Stream<JsonNode> vectors() throws IOException {
        try (InputStream file = RequestIdsTest.class.getResourceAsStream("/relay-vrf-vectors.json")) {
            return StreamSupport.stream(
                    new ObjectMapper().readTree(file).get("vectors").spliterator(), false);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void samplingIsTheRecordedOne(JsonNode vector) {
        String seed = vector.path("seed").asText();
        CheckedProver prover = prover(vector.path("privateKey").asText());
        if (!HexWord.isOne(seed)) {
            assertThatThrownBy(() -> Sampling.of(seed, prover)).isInstanceOf(IllegalArgumentException.class);
            return;
        }
        Sampling sampling = Sampling.of(seed, prover).join();

        assertThat(sampling.selected()).isEqualTo(vector.path("selected").booleanValue());
        assertThat(sampling.proof()).isEqualTo(vector.path("proof").textValue());
        assertThat(sampling.toString()).doesNotContain(sampling.proof());
    }

    @Test
    void aProverOfAnotherWalletIsRefused() {
        VrfProver other = (VrfProver) Wallets.ofPrivateKey("0x" + "47".repeat(32));
        String address = Wallets.ofPrivateKey("0x" + "46".repeat(32)).address();

        assertThatThrownBy(() -> new CheckedProver(other, address, Runnable::run, TIMER))
                .hasMessageContaining(address);
    }

    @Test
    void aWrongProofIsNotUsed() {
        Signer wallet = Wallets.ofPrivateKey("0x" + "46".repeat(32));
        VrfProver wrong = new VrfProver() {
            @Override
            public byte[] publicKey() {
                return ((VrfProver) wallet).publicKey();
            }

            @Override
            public CompletionStage<VrfProof> prove(byte[] alpha) {
                return ((VrfProver) wallet).prove(new byte[1]);
            }
        };
        CompletableFuture<RequestIds> ids =
                RequestIds.of(NONCE, new CheckedProver(wrong, wallet.address(), Runnable::run, TIMER));

        assertThatThrownBy(ids::join).hasRootCauseInstanceOf(SignerException.class);
    }
}
