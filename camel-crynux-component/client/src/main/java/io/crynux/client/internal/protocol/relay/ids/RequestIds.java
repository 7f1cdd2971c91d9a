// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.ids;

import io.crynux.client.internal.signing.CheckedProver;
import io.crynux.client.wallet.VrfProof;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bouncycastle.util.Arrays;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/**
 * The ids of one request: the task id, and a nonce and commitment for each task that it may need. Only the first task's nonce is
 * random. All else is derived from it and the wallet's key, SHA-256(label, VRF(key, label and nonce)), so that a crash can only
 * repeat the same creations, and the wallet alone, with the nonce that the Relay returns, gives the ids of tasks whose journal is
 * lost.
 *
 * <p>The task id is a secret until validation: it proves to the Relay who created the tasks.
 */
public final class RequestIds {
    /** The first task, two siblings if it is sampled, and two more that rescue three error reports. */
    public static final int MEMBERS = 5;

    private static final int NONCE_BYTES = 32;
    /**
     * With the nonce it is longer than 32 bytes. The Relay chooses sampling seeds, which have 32 bytes, and receives their proofs,
     * so no seed may be the input that gives the ids.
     */
    private static final byte[] ALPHA_LABEL = ascii("crynux-client ids of a request, version 1");

    private final byte[] taskId;
    private final List<byte[]> nonces;
    private final List<String> commitments;

    private RequestIds(byte[] taskId, List<byte[]> nonces) {
        this.taskId = taskId;
        this.nonces = nonces;
        this.commitments =
                nonces.stream().map(nonce -> commitment(taskId, nonce)).toList();
    }

    /** A nonce for the first task of a new request, {@code 0x} and 64 hex digits. */
    public static String newNonce(SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return Numeric.toHexString(nonce);
    }

    /**
     * The ids that follow from the first task's nonce. Fails with a {@link io.crynux.client.error.SignerException}.
     *
     * @param firstNonce {@code 0x} and 64 hex digits
     * @throws IllegalArgumentException if the nonce has another form
     */
    public static CompletableFuture<RequestIds> of(String firstNonce, CheckedProver prover) {
        byte[] first = HexWord.bytes(firstNonce);
        return prover.prove(Arrays.concatenate(ALPHA_LABEL, first)).thenApply(proof -> derived(first, proof));
    }

    private static RequestIds derived(byte[] first, VrfProof proof) {
        byte[] secret = proof.beta();
        List<byte[]> nonces = new ArrayList<>();
        nonces.add(first);
        for (int member = 1; member < MEMBERS; member++) {
            nonces.add(sha256("nonce " + member, secret));
        }
        return new RequestIds(sha256("task id", secret), nonces);
    }

    /** keccak256 of task id and nonce, as the Relay computes it at validation (relay protocol, section 3). */
    public static String commitment(byte[] taskId, byte[] nonce) {
        return Numeric.toHexString(Hash.sha3(Arrays.concatenate(taskId, nonce)));
    }

    /** The task id, {@code 0x} and 64 hex digits. A secret until validation. */
    public String taskId() {
        return Numeric.toHexString(taskId);
    }

    /** The nonce of a member, from 0, {@code 0x} and 64 hex digits. */
    public String nonce(int member) {
        return Numeric.toHexString(nonces.get(member));
    }

    /** The commitment of a member, from 0, {@code 0x} and 64 hex digits in lower case. */
    public String commitment(int member) {
        return commitments.get(member);
    }

    /** The commitments of all members. */
    public List<String> commitments() {
        return commitments;
    }

    private static byte[] sha256(String label, byte[] secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ascii(label));
            return digest.digest(secret);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Without the ids. */
    @Override
    public String toString() {
        return "RequestIds[not shown]";
    }
}
