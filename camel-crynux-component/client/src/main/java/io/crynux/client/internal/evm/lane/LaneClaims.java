// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.lane;

import io.crynux.client.error.NetworkException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which wallets of this JVM have a nonce lane on which chain. Two lanes would give the same nonce twice, so the second one
 * is refused.
 */
public final class LaneClaims {
    /**
     * A wallet on a chain, and who has it.
     *
     * @param genesisHash distinguishes chains with the same id; null where it is not known
     */
    private record Claim(long chainId, String genesisHash, String address, Object owner) {
        boolean isOfWallet(Claim other) {
            return chainId == other.chainId
                    && address.equals(other.address)
                    && (genesisHash == null || other.genesisHash == null || genesisHash.equals(other.genesisHash));
        }
    }

    private static final List<Claim> CLAIMS = new ArrayList<>();

    private LaneClaims() {}

    /** @throws NetworkException when another owner has it; claiming it again changes nothing */
    public static void claim(long chainId, String genesisHash, String address, Object owner) {
        Claim claim = new Claim(chainId, genesisHash, address, owner);
        synchronized (CLAIMS) {
            if (CLAIMS.stream().anyMatch(other -> other.owner() != owner && other.isOfWallet(claim))) {
                throw new NetworkException("The wallet " + address
                        + " pays on this chain already, in another client or"
                        + " component of this application. Two of them would give their payments the same nonces. Use one for"
                        + " all, close the other first, or give this one another wallet");
            }
            CLAIMS.add(claim);
        }
    }

    public static void release(Object owner) {
        synchronized (CLAIMS) {
            CLAIMS.removeIf(claim -> claim.owner() == owner);
        }
    }
}
