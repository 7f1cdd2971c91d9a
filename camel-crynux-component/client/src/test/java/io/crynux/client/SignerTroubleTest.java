// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.SignerException;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import io.crynux.client.wallet.Signature;
import io.crynux.client.wallet.Signer;
import io.crynux.client.wallet.Wallets;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;

/** A key elsewhere pays as one in memory does, and a signer that fails costs no money and holds up no other task. */
@Tag("chain")
class SignerTroubleTest extends ChainTestSupport {
    private static final BigInteger ORDER = Sign.CURVE_PARAMS.getN();

    private Signer key;
    /** Signs now. */
    private volatile Function<byte[], CompletionStage<Signature>> signing;

    private final Signer signer = new Signer() {
        @Override
        public String address() {
            return key.address();
        }

        @Override
        public CompletionStage<Signature> sign(byte[] hash) {
            return signing.apply(hash);
        }
    };

    @BeforeEach
    void startNetwork() {
        start(quick());
        key = Wallets.ofPrivateKey(devnet.account(1).privateKey());
        signing = key::sign;
    }

    /** DER without the bit, s in either half, later and on another thread. */
    private CompletionStage<Signature> byKms(byte[] hash) {
        return CompletableFuture.supplyAsync(() -> {
            Signature made = key.sign(hash).toCompletableFuture().join();
            BigInteger s = hash[0] % 2 == 0 ? made.s() : ORDER.subtract(made.s());
            try {
                byte[] der = StandardDSAEncoding.INSTANCE.encode(ORDER, made.r(), s);
                return Signature.ofDer(der, hash, address());
            } catch (java.io.IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private String address() {
        return key.address();
    }

    @Test
    void aKeyInAKmsRunsTasks() throws Exception {
        signing = this::byKms;
        CrynuxClient client = open(builder().signer(signer));

        assertThat(get(client.submit(question("30").build())).state()).isEqualTo(TaskState.DONE);
        assertThat(get(client.submit(question("30").build())).state()).isEqualTo(TaskState.DONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "throws",
                "throws an Error",
                "fails",
                "returns null",
                "completes with null",
                "other key",
                "other hash"
            })
    void aPaymentThatCannotBeSignedCostsNothingAndTheNextOneIsPaid(String fault) throws Exception {
        Signer other = Wallets.ofPrivateKey(devnet.account(2).privateKey());
        CrynuxClient client = open(builder().signer(signer));
        get(client.connect());
        signing = hash -> switch (fault) {
            case "throws" -> throw new IllegalStateException("KMS is down");
            case "throws an Error" -> throw new NoClassDefFoundError("com/example/Kms");
            case "fails" -> CompletableFuture.failedFuture(new IllegalStateException("KMS is down"));
            case "returns null" -> null;
            case "completes with null" -> CompletableFuture.completedFuture(null);
            case "other key" -> other.sign(hash);
            default -> key.sign(Hash.sha3(hash));
        };

        assertThat(failure(submitUntilCreated(client, "30")))
                .isInstanceOf(SignerException.class)
                .hasMessageContaining("The signer of " + key.address())
                .hasMessageContaining("Nothing was sent");
        assertThat(sent()).isEmpty();

        signing = key::sign;
        assertThat(get(submitUntilCreated(client, "30")).state()).isEqualTo(TaskState.CREATED);
        assertThat(sent()).extracting(RawTransaction::getNonce).containsExactly(BigInteger.ZERO);
    }

    @Test
    void aSignatureThatComesAfterTheDeadlineIsNotSentAndTheLaneGoesOn() throws Exception {
        CompletableFuture<byte[]> asked = new CompletableFuture<>();
        CompletableFuture<Signature> late = new CompletableFuture<>();
        CrynuxClient client = open(builder().signer(signer));
        get(client.connect());
        signing = hash -> {
            asked.complete(hash);
            return late;
        };

        CompletableFuture<?> first = client.submit(question("30")
                .waitFor(WaitFor.CREATED)
                .timeout(Duration.ofSeconds(1))
                .build());
        byte[] hash = get(asked);
        assertThat(failure(first)).isInstanceOf(TaskTimeoutException.class).hasMessageContaining("Nothing was spent");
        signing = key::sign;
        CompletableFuture<?> second = submitUntilCreated(client, "7");
        late.complete(get(key.sign(hash).toCompletableFuture()));

        get(second);
        assertThat(sent()).singleElement().satisfies(payment -> {
            assertThat(payment.getNonce()).isEqualTo(BigInteger.ZERO);
            assertThat(payment.getValue()).isEqualTo(new BigInteger("7000000000000000000"));
        });
    }

    @Test
    void requestsForAPaidTaskAreSignedAgainUntilTheSignerWorks() throws Exception {
        Signer other = Wallets.ofPrivateKey(devnet.account(2).privateKey());
        AtomicInteger calls = new AtomicInteger();
        // The first signature pays, the second to fourth are of the upload.
        signing = hash -> switch (calls.incrementAndGet()) {
            case 2 -> throw new IllegalStateException("KMS is throttled");
            case 3 -> other.sign(hash);
            case 4 -> CompletableFuture.completedFuture(null);
            default -> byKms(hash);
        };
        CrynuxClient client = open(builder().signer(signer));

        assertThat(get(client.submit(question("30").waitFor(WaitFor.UPLOADED).build()))
                        .state())
                .isEqualTo(TaskState.UPLOADED);
        assertThat(calls).hasValue(5);
        await().atMost(SOON).until(() -> sent().size() == 1);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"0x12", "kms:alias/crynux", "0x90f8bf6a479f320ead074411a4b0e7944ea8c9cg"})
    void aSignerWithoutAnAddressIsRefusedAtOnce(String address) {
        Signer nameless = new Signer() {
            @Override
            public String address() {
                return address;
            }

            @Override
            public CompletionStage<Signature> sign(byte[] hash) {
                return key.sign(hash);
            }
        };

        assertThatThrownBy(() -> builder().signer(nameless))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("signer has the address '" + address + "'");
    }
}
