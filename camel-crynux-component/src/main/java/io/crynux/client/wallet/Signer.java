// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.wallet;

import org.web3j.crypto.Sign;

/**
 * Signs for one address. Implement it to keep the key elsewhere (HSM, KMS); {@link Wallets} has the local ones.
 *
 * <p>Implementations are thread-safe, may block (they are never called on I/O or timer threads) and show the key neither
 * in {@code toString} nor in exceptions.
 */
public interface Signer {

    /** The address whose key signs: {@code 0x} and 40 hex digits, in any case. */
    String address();

    /**
     * Signs a hash as it is, without any prefix.
     *
     * @param hash 32 bytes
     * @return r and s (32 bytes each, s in the lower half of the curve's order) and v as one byte, 27 or 28
     */
    Sign.SignatureData sign(byte[] hash);
}
