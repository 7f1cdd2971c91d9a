// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import java.math.BigInteger;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.MnemonicUtils;

/** The accounts of the mnemonic that every Ethereum test node starts with; the recordings are signed by them. */
public final class TestAccounts {
    private static final String MNEMONIC = "test test test test test test test test test test test junk";
    private static final Bip32ECKeyPair MASTER =
            Bip32ECKeyPair.generateKeyPair(MnemonicUtils.generateSeed(MNEMONIC, ""));
    private static final int HARDENED = Bip32ECKeyPair.HARDENED_BIT;

    public static final BigInteger TEN_THOUSAND = BigInteger.TEN.pow(22);

    private TestAccounts() {}

    /** Account 0 owns the contracts of the recordings, 2 to 7 are nodes, 8 is Alice, 9 is Bob. */
    public static Credentials account(int index) {
        int[] path = {44 | HARDENED, 60 | HARDENED, HARDENED, 0, index};
        return Credentials.create(Bip32ECKeyPair.deriveKeyPair(MASTER, path));
    }
}
