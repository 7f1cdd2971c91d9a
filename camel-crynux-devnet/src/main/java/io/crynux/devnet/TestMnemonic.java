// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.MnemonicUtils;

/** The accounts of the mnemonic that development chains (anvil, hardhat) share. Everybody knows their keys. */
final class TestMnemonic {
    private static final String WORDS = "test test test test test test test test test test test junk";
    private static final int HARDENED = Bip32ECKeyPair.HARDENED_BIT;
    private static final int USERS = 0;
    private static final int NODES = 1;

    private final Bip32ECKeyPair ether;

    TestMnemonic() {
        Bip32ECKeyPair master = Bip32ECKeyPair.generateKeyPair(MnemonicUtils.generateSeed(WORDS, ""));
        ether = Bip32ECKeyPair.deriveKeyPair(master, new int[] {44 | HARDENED, 60 | HARDENED});
    }

    /** The accounts that anvil and hardhat have, in the same order. */
    Credentials user(int index) {
        return derive(USERS, index);
    }

    /** Accounts of their own for nodes, so that adding users never makes one a node. */
    Credentials node(int index) {
        return derive(NODES, index);
    }

    private Credentials derive(int account, int index) {
        return Credentials.create(Bip32ECKeyPair.deriveKeyPair(ether, new int[] {account | HARDENED, 0, index}));
    }
}
