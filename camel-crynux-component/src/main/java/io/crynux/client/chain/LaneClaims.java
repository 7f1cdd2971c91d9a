// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import io.crynux.client.error.NetworkException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which wallets of this JVM have a nonce lane on which chain. Two lanes would give the same nonce twice, so the second one
 * is refused.
 */
final class LaneClaims {
    /** A wallet on a chain; the genesis block tells chains with the same id apart. */
    private record Wallet(long chainId, String genesisHash, String address) {}

    private static final Map<Wallet, Object> OWNERS = new ConcurrentHashMap<>();

    private LaneClaims() {}

    /** @throws NetworkException when another owner has it; claiming it again changes nothing */
    static void claim(long chainId, String genesisHash, String address, Object owner) {
        Object before = OWNERS.putIfAbsent(new Wallet(chainId, genesisHash, address), owner);
        if (before != null && before != owner) {
            throw new NetworkException("The wallet " + address + " pays on this chain already, in another client or"
                    + " component of this application. Two of them would give their payments the same nonces. Use one for"
                    + " all, close the other first, or give this one another wallet");
        }
    }

    static void release(Object owner) {
        OWNERS.values().removeIf(holder -> holder == owner);
    }
}
