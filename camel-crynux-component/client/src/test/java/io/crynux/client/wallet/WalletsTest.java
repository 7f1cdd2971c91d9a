// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.crypto.Wallet;
import org.web3j.utils.Numeric;

/** Keys from hex and from keystore files sign for their address, and show the key nowhere. */
class WalletsTest {
    private static final String KEY = "0x4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d";
    private static final String ADDRESS = "0x90f8bf6a479f320ead074411a4b0e7944ea8c9c1";
    private static final String PASSWORD = "correct horse";

    @Test
    void aKeySignsForItsAddress() throws Exception {
        for (String text : new String[] {KEY, KEY.substring(2), " " + KEY + "\n"}) {
            Signer signer = Wallets.ofPrivateKey(text);

            assertThat(signer.address()).isEqualTo(ADDRESS);
            assertThat(signer.toString()).doesNotContain(KEY.substring(2));
            byte[] hash = Hash.sha3(new byte[] {1, 2, 3});
            assertThat("0x" + Keys.getAddress(Sign.signedMessageHashToKey(hash, signed(signer, hash))))
                    .isEqualTo(ADDRESS);
        }
    }

    @Test
    void signaturesAreThoseOfWeb3j() {
        byte[] hash = Hash.sha3(new byte[] {1});
        for (int i = 0; i < 200; i++) {
            Credentials credentials = Credentials.create(Numeric.toHexString(hash));
            hash = Hash.sha3(hash);

            Signer signer = Wallets.ofPrivateKey(Numeric.toHexStringWithPrefixZeroPadded(
                    credentials.getEcKeyPair().getPrivateKey(), 64));

            assertThat(signed(signer, hash)).isEqualTo(Sign.signMessage(hash, credentials.getEcKeyPair(), false));
        }
    }

    @Test
    void aKeystoreFileSignsForItsAddress(@TempDir Path folder) throws Exception {
        Path file = keystore(folder);

        assertThat(Wallets.ofKeystoreFile(file, PASSWORD).address()).isEqualTo(ADDRESS);
        assertThatThrownBy(() -> Wallets.ofKeystoreFile(file, "wrong"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keystorePassword");
    }

    @Test
    void everyWalletProvesWithTheKeyThatSigns(@TempDir Path folder) throws Exception {
        byte[] alpha = Hash.sha3(new byte[] {1});
        for (Signer signer :
                new Signer[] {Wallets.ofPrivateKey(KEY), Wallets.ofKeystoreFile(keystore(folder), PASSWORD)}) {
            VrfProver prover = (VrfProver) signer;

            VrfProof proof = prover.prove(alpha).toCompletableFuture().join();

            assertThat(Numeric.toHexString(Keys.getAddress(prover.publicKey()))).isEqualTo(ADDRESS);
            assertThat(proof.isBy(prover.publicKey(), alpha)).isTrue();
            assertThat(proof.isBy(prover.publicKey(), Hash.sha3(alpha))).isFalse();
            assertThat(proof.toString())
                    .doesNotContain(Numeric.toHexStringNoPrefix(proof.bytes()).substring(2, 20));
        }
    }

    @Test
    void aFileThatIsNoKeystoreIsRefused(@TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> Wallets.ofKeystoreFile(folder.resolve("none.json"), PASSWORD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be read");
        Path text = Files.writeString(folder.resolve("text.json"), KEY);
        assertThatThrownBy(() -> Wallets.ofKeystoreFile(text, PASSWORD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a version 3 keystore")
                .hasMessageNotContaining(KEY.substring(2))
                .hasNoCause();
        Path empty = Files.writeString(folder.resolve("empty.json"), "{}");
        assertThatThrownBy(() -> Wallets.ofKeystoreFile(empty, PASSWORD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keystoreFile");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0x",
                "0x12",
                "4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d00",
                "zz3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
            })
    void whatIsNoKeyIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> Wallets.ofPrivateKey(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("privateKey")
                .satisfies(e -> assertThat(text.length() > 10 && e.getMessage().contains(text))
                        .isFalse());
    }

    /** As web3j has it. */
    private static Sign.SignatureData signed(Signer signer, byte[] hash) {
        Signature signature = signer.sign(hash).toCompletableFuture().join();
        return new Sign.SignatureData(
                (byte) (27 + signature.recoveryId()),
                Numeric.toBytesPadded(signature.r(), 32),
                Numeric.toBytesPadded(signature.s(), 32));
    }

    private static Path keystore(Path folder) throws Exception {
        Credentials credentials = Credentials.create(Numeric.cleanHexPrefix(KEY));
        String json = new ObjectMapper().writeValueAsString(Wallet.createLight(PASSWORD, credentials.getEcKeyPair()));
        return Files.writeString(folder.resolve("wallet.json"), json);
    }
}
