// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import io.crynux.client.wallet.Signer;
import io.crynux.client.wallet.Wallets;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** Number of signatures per second of the component's wallet on one thread. */
final class Signatures {
    private static final String KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    private static final int WARM_UP = 1_000;
    private static final int MEASURED = 2_000;

    private Signatures() {}

    static double perSecond() {
        Signer signer = Wallets.ofPrivateKey(KEY);
        byte[] hash = Hash.sha3(Numeric.hexStringToByteArray("0x01"));
        for (int i = 0; i < WARM_UP; i++) {
            hash = signNext(signer, hash);
        }
        long begin = System.nanoTime();
        for (int i = 0; i < MEASURED; i++) {
            hash = signNext(signer, hash);
        }
        return MEASURED / ((System.nanoTime() - begin) / 1e9);
    }

    /** Each signature signs the previous one, so that none can be optimised away. */
    private static byte[] signNext(Signer signer, byte[] hash) {
        return Hash.sha3(signer.sign(hash).toCompletableFuture().join().toBytes());
    }
}
