// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/** Signatures of any source come into the one form that the network takes, or are refused. */
class SignatureTest {
    private static final BigInteger ORDER = Sign.CURVE_PARAMS.getN();
    private static final Signer SIGNER =
            Wallets.ofPrivateKey("0x4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d");

    private static byte[] hash(int number) {
        return Hash.sha3(new byte[] {(byte) number});
    }

    private static Signature signature(byte[] hash) {
        return SIGNER.sign(hash).toCompletableFuture().join();
    }

    @Test
    void theBitIsFoundWithTheAddress() {
        for (int i = 0; i < 50; i++) {
            byte[] hash = hash(i);
            Signature own = signature(hash);

            assertThat(Signature.of(own.r(), own.s(), hash, SIGNER.address())).isEqualTo(own);
            assertThat(Signature.of(
                            own.r(),
                            ORDER.subtract(own.s()),
                            hash,
                            SIGNER.address().toUpperCase(java.util.Locale.ROOT).replace("0X", "0x")))
                    .isEqualTo(own);
        }
    }

    @Test
    void derAsAKmsReturnsItIsRead() throws Exception {
        for (int i = 0; i < 50; i++) {
            byte[] hash = hash(i);
            Signature own = signature(hash);
            byte[] low = StandardDSAEncoding.INSTANCE.encode(ORDER, own.r(), own.s());
            byte[] high = StandardDSAEncoding.INSTANCE.encode(ORDER, own.r(), ORDER.subtract(own.s()));

            assertThat(Signature.ofDer(low, hash, SIGNER.address())).isEqualTo(own);
            assertThat(Signature.ofDer(high, hash, SIGNER.address())).isEqualTo(own);
        }
    }

    @Test
    void whatIsNoDerIsRefusedWithoutRepeatingIt() throws Exception {
        Signature own = signature(hash(1));
        byte[] der = StandardDSAEncoding.INSTANCE.encode(ORDER, own.r(), own.s());
        byte[] longer = Arrays.copyOf(der, der.length + 1);
        byte[] raw = own.toBytes();
        for (byte[] bytes : new byte[][] {
            {}, {0}, {2, 1, 1}, {5, 0}, {0x30, 0}, {0x30, 3, 2, 1, 1}, longer, raw, Arrays.copyOf(der, 20)
        }) {
            assertThatThrownBy(() -> Signature.ofDer(bytes, hash(1), SIGNER.address()))
                    .as(Numeric.toHexString(bytes))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("DER")
                    .hasNoCause();
        }
        byte[] zero = {0x30, 6, 2, 1, 0, 2, 1, 1};
        assertThatThrownBy(() -> Signature.ofDer(zero, hash(1), SIGNER.address()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bytesWithEitherFormOfVAreRead() {
        Signature own = signature(hash(3));
        byte[] ethereum = own.toBytes();
        ethereum[64] = (byte) (ethereum[64] + 27);

        assertThat(own.toBytes()).hasSize(65);
        assertThat(Signature.ofBytes(own.toBytes())).isEqualTo(own);
        assertThat(Signature.ofBytes(ethereum)).isEqualTo(own);
        assertThat(own.toBytes()[64]).isEqualTo((byte) own.recoveryId());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 26, 29, 30, 37, -1, -128})
    void anotherVIsRefused(int v) {
        byte[] bytes = signature(hash(3)).toBytes();
        bytes[64] = (byte) v;

        assertThatThrownBy(() -> Signature.ofBytes(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("recoveryId");
    }

    @Test
    void aHighSBecomesALowOneAndTheBitTurns() {
        Signature own = signature(hash(4));

        Signature turned = Signature.of(own.r(), ORDER.subtract(own.s()), own.recoveryId() ^ 1);

        assertThat(turned).isEqualTo(own);
        assertThat(turned.s()).isLessThanOrEqualTo(ORDER.shiftRight(1));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        for (BigInteger number :
                new BigInteger[] {BigInteger.ZERO, BigInteger.ONE.negate(), ORDER, ORDER.add(BigInteger.ONE)}) {
            assertThatThrownBy(() -> Signature.of(number, BigInteger.ONE, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("r of a signature");
            assertThatThrownBy(() -> Signature.of(BigInteger.ONE, number, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("s of a signature");
        }
        for (int length : new int[] {0, 64, 66}) {
            assertThatThrownBy(() -> Signature.ofBytes(new byte[length]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("65 bytes");
        }
    }

    @Test
    void aSignatureOfAnotherHashOrKeyIsRefusedWithTheRemedy() {
        Signature own = signature(hash(5));

        assertThatThrownBy(() -> Signature.of(own.r(), own.s(), hash(6), SIGNER.address()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("as a digest")
                .hasMessageNotContaining(own.r().toString(16));
        assertThatThrownBy(() -> Signature.of(own.r(), own.s(), hash(5), "0x00000000000000000000000000000000000000aa"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0x00000000000000000000000000000000000000aa");
        // 5 is the x of no point of the curve.
        assertThatThrownBy(() -> Signature.of(BigInteger.valueOf(5), own.s(), hash(5), SIGNER.address()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("as a digest");
    }

    @Test
    void itsSignerIsKnownForItsHashOnly() {
        byte[] hash = hash(7);
        Signature own = signature(hash);
        Signature read = Signature.ofBytes(own.toBytes());

        assertThat(read.signer(hash)).contains(SIGNER.address());
        for (Signature signature :
                new Signature[] {own, read, Signature.of(own.r(), own.s(), hash, SIGNER.address())}) {
            assertThat(signature.isBy(hash, SIGNER.address())).isTrue();
            assertThat(signature.isBy(hash(8), SIGNER.address())).isFalse();
            assertThat(signature.isBy(hash, "0x00000000000000000000000000000000000000aa"))
                    .isFalse();
        }
        // The array is its caller's.
        hash[0] ^= 1;
        assertThat(own.isBy(hash, SIGNER.address())).isFalse();
    }

    @Test
    void itIsNotShown() {
        Signature own = signature(hash(9));

        assertThat(own.toString())
                .doesNotContain(own.r().toString(16))
                .doesNotContain(own.s().toString(16))
                .doesNotContain(own.r().toString());
    }
}
