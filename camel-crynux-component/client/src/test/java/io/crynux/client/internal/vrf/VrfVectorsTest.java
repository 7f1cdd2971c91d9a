// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.vrf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.wallet.Signer;
import io.crynux.client.wallet.VrfProof;
import io.crynux.client.wallet.VrfProver;
import io.crynux.client.wallet.Wallets;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.web3j.crypto.Keys;
import org.web3j.utils.Numeric;

/** The proofs that the Go library of the Relay makes are ours to the byte, and what it refuses we refuse. */
class VrfVectorsTest {
    private static final BigInteger ORDER = Secp256k1.CURVE.getN();
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);
    private static final int S = 49;

    private static Stream<JsonNode> read(String list) throws IOException {
        try (InputStream file = VrfVectorsTest.class.getResourceAsStream("/relay-vrf-vectors.json")) {
            return StreamSupport.stream(
                    new ObjectMapper().readTree(file).get(list).spliterator(), false);
        }
    }

    static Stream<JsonNode> vectors() throws IOException {
        return read("vectors");
    }

    static Stream<JsonNode> negatives() throws IOException {
        return read("negatives");
    }

    private static byte[] bytes(JsonNode vector, String field) {
        return Numeric.hexStringToByteArray(vector.get(field).textValue());
    }

    private static VrfProof prove(JsonNode vector) {
        VrfProver prover =
                (VrfProver) Wallets.ofPrivateKey(vector.get("privateKey").textValue());
        return prover.prove(bytes(vector, "seed")).toCompletableFuture().join();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void proofAndValueAreTheRecordedOnes(JsonNode vector) {
        VrfProof proof = prove(vector);

        assertThat(Numeric.toHexString(proof.bytes()))
                .isEqualTo(vector.get("proof").textValue());
        assertThat(Numeric.toHexString(proof.beta()))
                .isEqualTo(vector.get("beta").textValue());
        assertThat(proof.number().mod(HUNDRED).intValueExact())
                .isEqualTo(vector.get("mod100").intValue());
        assertThat(proof.number().mod(HUNDRED).signum() == 0)
                .isEqualTo(vector.get("selected").booleanValue());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theProverIsTheWalletOfTheRecordedKey(JsonNode vector) {
        Signer signer = Wallets.ofPrivateKey(vector.get("privateKey").textValue());

        assertThat(Keys.toChecksumAddress(signer.address()))
                .isEqualTo(vector.get("address").textValue());
        assertThat(Numeric.toHexString(((VrfProver) signer).publicKey()))
                .isEqualTo(vector.get("publicKey").textValue());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void recordedProofsHold(JsonNode vector) {
        assertThat(VrfProof.of(bytes(vector, "proof")).isBy(bytes(vector, "publicKey"), bytes(vector, "seed")))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("negatives")
    void whatTheRelayRefusesIsRefused(JsonNode negative) {
        assertThat(Vrf.verify(bytes(negative, "publicKey"), bytes(negative, "seed"), bytes(negative, "proof")))
                .isEqualTo(negative.get("accepted").booleanValue());
    }

    /** The vector of the library's own tests, whose input is no 32 bytes. */
    @Test
    void inputsOfAnyLengthHaveProofs() {
        BigInteger key = new BigInteger("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721", 16);
        byte[] alpha = "sample".getBytes(StandardCharsets.UTF_8);

        byte[] proof = Vrf.prove(key, alpha);

        assertThat(Numeric.toHexString(proof))
                .isEqualTo("0x031f4dbca087a1972d04a07a779b7df1caa99e0f5db2aa21f3aecc4f9e10e85d08748c9fbe6b95d173597"
                        + "07bfb8e8ab0c93ba0c515333adcb8b64f372c535e115ccf66ebf5abe6fadb01b5efb37c0a0ec9");
        assertThat(Numeric.toHexString(Vrf.beta(proof)))
                .isEqualTo("0x612065e309e937ef46c2ef04d5886b9c6efd2991ac484ec64a9b014366fc5d81");
        assertThat(Vrf.verify(Secp256k1.publicKey(key), alpha, proof)).isTrue();
        byte[] none = Vrf.prove(key, new byte[0]);
        assertThat(Vrf.verify(Secp256k1.publicKey(key), new byte[0], none)).isTrue();
        assertThat(Vrf.verify(Secp256k1.publicKey(key), new byte[1], none)).isFalse();
    }

    @Test
    void keysAtBothEndsOfTheirRangeHaveProofs() {
        for (BigInteger key : new BigInteger[] {BigInteger.ONE, BigInteger.TWO, ORDER.subtract(BigInteger.ONE)}) {
            byte[] alpha = new byte[32];
            assertThat(Vrf.verify(Secp256k1.publicKey(key), alpha, Vrf.prove(key, alpha)))
                    .isTrue();
        }
    }

    @Test
    void everyChangedByteOfAProofIsRefused() throws IOException {
        JsonNode vector = vectors().findFirst().orElseThrow();
        byte[] proof = bytes(vector, "proof");
        for (int i = 0; i < proof.length; i++) {
            byte[] changed = proof.clone();
            changed[i] ^= 1;
            assertThat(Vrf.verify(bytes(vector, "publicKey"), bytes(vector, "seed"), changed))
                    .as("byte %d", i)
                    .isFalse();
        }
    }

    @Test
    void numbersAtOrAboveTheOrderAreRefused() throws IOException {
        JsonNode vector = vectors().findFirst().orElseThrow();
        byte[] proof = bytes(vector, "proof");
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(proof, S, proof.length));
        for (BigInteger number : new BigInteger[] {
            BigInteger.ZERO,
            ORDER,
            ORDER.add(BigInteger.ONE),
            ORDER.subtract(s),
            BigInteger.TWO.pow(256).subtract(BigInteger.ONE)
        }) {
            byte[] changed = proof.clone();
            System.arraycopy(Numeric.toBytesPadded(number, 32), 0, changed, S, 32);
            assertThat(Vrf.verify(bytes(vector, "publicKey"), bytes(vector, "seed"), changed))
                    .as("s = %s", number.toString(16))
                    .isFalse();
        }
    }

    @Test
    void publicKeysThatAreNoPointAreRefused() throws IOException {
        JsonNode vector = vectors().findFirst().orElseThrow();
        byte[] seed = bytes(vector, "seed");
        byte[] proof = bytes(vector, "proof");
        byte[] offCurve = bytes(vector, "publicKey");
        offCurve[63] ^= 1;
        byte[] beyondPrime = new byte[64];
        Arrays.fill(beyondPrime, (byte) 0xff);
        for (byte[] key : new byte[][] {
            {}, {0}, new byte[63], new byte[64], new byte[65], offCurve, beyondPrime, Arrays.copyOf(offCurve, 33)
        }) {
            assertThat(Vrf.verify(key, seed, proof))
                    .as(Numeric.toHexString(key))
                    .isFalse();
        }
    }

    @Test
    void aProofThatBeginsWithNoPointIsNone() throws IOException {
        byte[] proof = bytes(vectors().findFirst().orElseThrow(), "proof");
        for (int prefix : new int[] {0, 1, 4, 5, 6, 7, 0xff}) {
            byte[] changed = proof.clone();
            changed[0] = (byte) prefix;
            assertThatThrownBy(() -> VrfProof.of(changed))
                    .as("prefix %d", prefix)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("compressed point");
        }
        IntStream.of(0, 1, 33, 80, 82)
                .forEach(length -> assertThatThrownBy(() -> VrfProof.of(Arrays.copyOf(proof, length)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("81 bytes"));
    }
}
