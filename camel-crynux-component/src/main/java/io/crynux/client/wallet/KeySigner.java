// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.wallet;

import org.web3j.crypto.Credentials;
import org.web3j.crypto.Sign;

/** Signs with a key that is in memory. */
final class KeySigner implements Signer {
    private final Credentials credentials;

    KeySigner(Credentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public String address() {
        return credentials.getAddress();
    }

    @Override
    public Sign.SignatureData sign(byte[] hash) {
        return Sign.signMessage(hash, credentials.getEcKeyPair(), false);
    }

    /** web3j's own classes print the key; this one does not. */
    @Override
    public String toString() {
        return "KeySigner[" + address() + "]";
    }
}
