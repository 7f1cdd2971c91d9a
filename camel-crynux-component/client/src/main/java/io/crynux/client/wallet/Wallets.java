// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.wallet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.internal.vrf.Secp256k1;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.web3j.crypto.Wallet;
import org.web3j.crypto.WalletFile;
import org.web3j.crypto.exception.CipherException;
import org.web3j.utils.Numeric;

/** Signers for a private key in hex or in a keystore file. Each is also a {@link VrfProver}. */
public final class Wallets {
    private static final int HEX_DIGITS = 64;
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private Wallets() {}

    /**
     * A signer for a private key.
     *
     * @param privateKey 64 hex digits, with or without {@code 0x}
     * @throws IllegalArgumentException if it is not a key of the curve; the message does not contain it
     */
    public static Signer ofPrivateKey(String privateKey) {
        Objects.requireNonNull(privateKey, "privateKey");
        String digits = Numeric.cleanHexPrefix(privateKey.trim());
        if (digits.length() != HEX_DIGITS || !digits.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            throw new IllegalArgumentException("privateKey must be " + HEX_DIGITS
                    + " hex digits with or without 0x (it has " + digits.length() + " characters)");
        }
        return ofKey(new BigInteger(digits, 16), "privateKey");
    }

    /**
     * A signer for a Web3 secret storage file (version 3), as geth and web3j write it.
     *
     * @throws IllegalArgumentException if the file cannot be read or is not such a file, or if the password is wrong
     */
    public static Signer ofKeystoreFile(Path file, String password) {
        Objects.requireNonNull(password, "keystorePassword");
        try {
            return ofKeystore(Files.readString(file), password);
        } catch (IOException e) {
            throw new IllegalArgumentException("keystoreFile " + file + " cannot be read: " + e, e);
        }
    }

    /** As {@link #ofKeystoreFile}, from the file's text. */
    public static Signer ofKeystore(String json, String password) {
        try {
            WalletFile walletFile = JSON.readValue(json, WalletFile.class);
            return ofKey(Wallet.decrypt(password, walletFile).getPrivateKey(), "keystoreFile");
        } catch (JsonProcessingException e) {
            // Not as the cause, because its message would quote the file.
            throw new IllegalArgumentException("keystoreFile is not a version 3 keystore in JSON");
        } catch (CipherException e) {
            throw new IllegalArgumentException(
                    "keystoreFile cannot be opened with keystorePassword: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("keystoreFile is not a complete version 3 keystore", e);
        }
    }

    private static Signer ofKey(BigInteger key, String option) {
        if (key.signum() <= 0 || key.compareTo(Secp256k1.CURVE.getN()) >= 0) {
            throw new IllegalArgumentException(option + " is not a private key of the curve secp256k1 (0 < key < n)");
        }
        return new KeySigner(key);
    }
}
