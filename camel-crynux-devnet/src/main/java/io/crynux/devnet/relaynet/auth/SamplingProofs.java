// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.auth;

import io.crynux.devnet.golang.GoHex;
import io.crynux.devnet.golang.GoSyntaxException;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

/** Checks what a creator sends to validate: the task id behind the commitment, and the proof whether a task is sampled. */
public final class SamplingProofs {
    /** One task in so many is sampled, on the network. */
    public static final int DEFAULT_MODULUS = 100;

    private static final int COORDINATE = 32;
    private static final ECCurve CURVE = Sign.CURVE_PARAMS.getCurve();
    private static final BigInteger PRIME = CURVE.getField().getCharacteristic();

    private final BigInteger modulus;

    /** @param modulus one task in so many is sampled, at least 1; with 1 each task is */
    public SamplingProofs(int modulus) {
        if (modulus < 1) {
            throw new IllegalArgumentException("modulus must be at least 1: " + modulus);
        }
        this.modulus = BigInteger.valueOf(modulus);
    }

    /**
     * Checks that a task id belongs to a commitment: Keccak-256 of task id and nonce.
     *
     * @param commitment as the creator sent it; the Relay compares texts, so one in upper case never fits
     * @throws RequestRefusedException 500 with the text of the hex error, or {@code task id incorrect}
     */
    public static void checkTaskId(String taskId, String nonce, String commitment) throws RequestRefusedException {
        byte[] id;
        byte[] salt;
        try {
            id = GoHex.decodePrefixed(taskId);
            salt = GoHex.decodePrefixed(nonce);
        } catch (GoSyntaxException e) {
            throw RequestRefusedException.failure(e.getMessage());
        }
        byte[] both = Arrays.copyOf(id, id.length + salt.length);
        System.arraycopy(salt, 0, both, id.length, salt.length);
        if (!commitment.equals("0x" + HexFormat.of().formatHex(Hash.sha3(both)))) {
            throw RequestRefusedException.failure("task id incorrect");
        }
    }

    /**
     * Checks the proof for a sampling seed, and that the creator validates as it says: a task that is not sampled alone, one
     * that is together with two more.
     *
     * @param creator the task's, with the checksum of EIP-55
     * @param grouped true if three tasks are validated together; the seed is then that of the first created
     * @throws RequestRefusedException 500 with the Relay's text
     */
    public void check(String samplingSeed, String proof, String publicKey, String creator, boolean grouped)
            throws RequestRefusedException {
        byte[] seed = decode(samplingSeed, "invalid sampling seed");
        byte[] key = decode(publicKey, "invalid public key");
        if (key.length != 2 * COORDINATE) {
            throw RequestRefusedException.failure("invalid public key");
        }
        byte[] proofBytes = decode(proof, "invalid vrf proof");
        if (proofBytes.length != Vrf.PROOF_LENGTH) {
            throw RequestRefusedException.failure("invalid vrf proof");
        }
        ECPoint point = point(key);
        if (!creator.equals(Keys.toChecksumAddress(Keys.getAddress(new BigInteger(1, key))))) {
            throw RequestRefusedException.failure("not task creator");
        }
        boolean sampled = isSampled(Vrf.verify(point, seed, proofBytes));
        if (grouped && !sampled) {
            throw RequestRefusedException.failure("task is not selected for validation");
        }
        if (!grouped && sampled) {
            throw RequestRefusedException.failure("task is selected for validation");
        }
    }

    /**
     * True if a task is sampled.
     *
     * @param beta output of the proof, an unsigned number
     */
    boolean isSampled(byte[] beta) {
        return new BigInteger(1, beta).mod(modulus).signum() == 0;
    }

    private static byte[] decode(String hex, String refusal) throws RequestRefusedException {
        try {
            return GoHex.decodePrefixed(hex);
        } catch (GoSyntaxException e) {
            throw RequestRefusedException.failure(refusal);
        }
    }

    private static ECPoint point(byte[] key) throws RequestRefusedException {
        var x = new BigInteger(1, Arrays.copyOf(key, COORDINATE));
        var y = new BigInteger(1, Arrays.copyOfRange(key, COORDINATE, key.length));
        if (x.compareTo(PRIME) >= 0) {
            throw RequestRefusedException.failure("invalid public key: x >= field prime");
        }
        if (y.compareTo(PRIME) >= 0) {
            throw RequestRefusedException.failure("invalid public key: y >= field prime");
        }
        ECPoint point = CURVE.createPoint(x, y);
        if (!point.isValid()) {
            throw RequestRefusedException.failure(
                    String.format("invalid public key: [%064x,%064x] not on secp256k1 curve", x, y));
        }
        return point;
    }
}
