// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.auth;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.web3j.crypto.ECDSASignature;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

/** Recovers who signed a digest, as go-ethereum's {@code crypto.SigToPub} does. */
final class Signer {
    private static final int LENGTH = 65;
    private static final int RECOVERY_IDS = 4;
    private static final BigInteger ORDER = Sign.CURVE_PARAMS.getN();
    private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);

    private Signer() {}

    /**
     * The address with the checksum of EIP-55.
     *
     * @param signature r, s and v; v is the recovery id, thus 0 or 1 in practice (2 and 3 need an r above n, which no signer
     *     meets)
     * @return empty if no key can have made the signature
     */
    static Optional<String> recover(byte[] digest, byte[] signature) {
        if (signature.length != LENGTH) {
            return Optional.empty();
        }
        BigInteger r = number(signature, 0);
        BigInteger s = number(signature, 32);
        int recoveryId = signature[64];
        if (recoveryId < 0 || recoveryId >= RECOVERY_IDS || !inRange(r) || !inRange(s)) {
            return Optional.empty();
        }
        return Optional.ofNullable(Sign.recoverFromSignature(recoveryId, new ECDSASignature(r, s), digest))
                .map(key -> Keys.toChecksumAddress(Keys.getAddress(key)));
    }

    /** True if s is in the lower half of its range, as go-ethereum's {@code crypto.VerifySignature} demands. */
    static boolean hasLowS(byte[] signature) {
        return number(signature, 32).compareTo(HALF_ORDER) <= 0;
    }

    private static BigInteger number(byte[] signature, int from) {
        return new BigInteger(1, Arrays.copyOfRange(signature, from, from + 32));
    }

    private static boolean inRange(BigInteger number) {
        return number.signum() > 0 && number.compareTo(ORDER) < 0;
    }
}
