// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.fake;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/** Signs requests to the Relay, written for tests from the protocol's text alone. */
public final class Signer {
    private final Credentials account;

    public Signer(Credentials account) {
        this.account = account;
    }

    /** The same signer each time for the same number. */
    public static Signer number(long number) {
        return new Signer(Credentials.create(Numeric.toHexStringWithPrefixZeroPadded(BigInteger.valueOf(number), 64)));
    }

    public Credentials account() {
        return account;
    }

    public String address() {
        return account.getAddress();
    }

    /**
     * Signs a request.
     *
     * @param canonicalJson the signed parameters, in the form that the protocol asks for
     */
    public String sign(String canonicalJson, long timestamp) {
        byte[] digest = Hash.sha3((canonicalJson + timestamp).getBytes(StandardCharsets.UTF_8));
        Sign.SignatureData signature = Sign.signMessage(digest, account.getEcKeyPair(), false);
        return "0x"
                + Numeric.toHexStringNoPrefix(signature.getR())
                + Numeric.toHexStringNoPrefix(signature.getS())
                + (signature.getV()[0] == 27 ? "00" : "01");
    }
}
