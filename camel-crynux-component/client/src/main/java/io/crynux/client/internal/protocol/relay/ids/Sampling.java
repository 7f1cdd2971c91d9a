// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.ids;

import io.crynux.client.internal.signing.CheckedProver;
import io.crynux.client.wallet.VrfProof;
import java.math.BigInteger;
import java.util.concurrent.CompletableFuture;
import org.web3j.utils.Numeric;

/**
 * Whether a sampling seed selects its task for validation in a group, and the proof of it (relay protocol, section 3.1).
 *
 * @param selected whether the value is a multiple of {@link #MODULUS}: one task in a hundred
 * @param proof {@code 0x} and 162 hex digits. A secret until validation
 */
public record Sampling(boolean selected, String proof) {
    /** One task in so many is sampled. The Relay does not say; it refuses a validation that decides otherwise. */
    public static final BigInteger MODULUS = BigInteger.valueOf(100);

    /**
     * Decides with the wallet's key. Fails with a {@link io.crynux.client.error.SignerException}.
     *
     * @param seed as the Relay returned it. Only 32 bytes are accepted: a Relay that chose longer inputs could learn the values
     *     that ids are derived from
     * @throws IllegalArgumentException if the seed has another form
     */
    public static CompletableFuture<Sampling> of(String seed, CheckedProver prover) {
        return prover.prove(HexWord.bytes(seed)).thenApply(Sampling::of);
    }

    private static Sampling of(VrfProof proof) {
        return new Sampling(proof.number().mod(MODULUS).signum() == 0, Numeric.toHexString(proof.bytes()));
    }

    /** Without the proof. */
    @Override
    public String toString() {
        return "Sampling[selected=" + selected + "]";
    }
}
