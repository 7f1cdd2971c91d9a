// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.client.error.SignerException;
import io.crynux.client.wallet.Signature;
import io.crynux.client.wallet.Signer;
import io.crynux.client.wallet.Wallets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.web3j.crypto.Hash;

/** Whatever a signer does, what comes out is a right signature or a clear error, in the end. */
class CheckedSignerTest {
    private static final Signer OWN =
            Wallets.ofPrivateKey("0x4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d");
    private static final Signer OTHER =
            Wallets.ofPrivateKey("0x4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1c");
    private static final byte[] HASH = Hash.sha3(new byte[] {1});

    private final Timer timer = new Timer();

    /** What it is to do later it does when the test says so. */
    private static final class Timer extends ScheduledThreadPoolExecutor {
        private final List<Runnable> waiting = new ArrayList<>();

        Timer() {
            super(1);
            setRemoveOnCancelPolicy(true);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            assertThat(unit.toSeconds(delay)).isEqualTo(30);
            waiting.add(command);
            return super.schedule(command, delay, unit);
        }

        void elapse() {
            waiting.forEach(Runnable::run);
        }
    }

    /** Signs as the function does. */
    private record Scripted(Function<byte[], CompletionStage<Signature>> signing) implements Signer {
        @Override
        public String address() {
            return OWN.address();
        }

        @Override
        public CompletionStage<Signature> sign(byte[] hash) {
            return signing.apply(hash);
        }
    }

    private CompletableFuture<Signature> sign(Function<byte[], CompletionStage<Signature>> signing) {
        return sign(signing, Runnable::run);
    }

    private CompletableFuture<Signature> sign(Function<byte[], CompletionStage<Signature>> signing, Executor executor) {
        return new CheckedSigner(new Scripted(signing), executor, timer).sign(HASH);
    }

    private static Signature rightOne() {
        return OWN.sign(HASH).toCompletableFuture().join();
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("throws", "KMS is down", hash -> {
                    throw new IllegalStateException("KMS is down");
                }),
                fault("throws an Error", "NoClassDefFoundError", hash -> {
                    throw new NoClassDefFoundError("com/example/Kms");
                }),
                fault("overflows", "StackOverflowError", hash -> {
                    throw new StackOverflowError();
                }),
                fault(
                        "fails",
                        "IllegalStateException: KMS is down",
                        hash -> CompletableFuture.failedFuture(new IllegalStateException("KMS is down"))),
                fault(
                        "fails, wrapped",
                        "failed: java.lang.IllegalStateException: KMS is down",
                        hash -> CompletableFuture.failedFuture(
                                new CompletionException(new IllegalStateException("KMS is down")))),
                fault(
                        "fails with an Error",
                        "AssertionError",
                        hash -> CompletableFuture.failedFuture(new AssertionError("no"))),
                fault("fails in many lines", "failed: java.lang.IllegalStateException: one two. Nothing", hash -> {
                    throw new IllegalStateException("one\n\u001b two");
                }),
                fault(
                        "fails with a minimal stage",
                        "KMS is down",
                        hash -> CompletableFuture.failedStage(new IllegalStateException("KMS is down"))),
                fault("is cancelled", "CancellationException", hash -> {
                    CompletableFuture<Signature> cancelled = new CompletableFuture<>();
                    cancelled.cancel(false);
                    return cancelled;
                }),
                fault("returns null", "null instead of a CompletionStage", hash -> null),
                fault(
                        "completes with null",
                        "null instead of a signature",
                        hash -> CompletableFuture.completedFuture(null)),
                fault("signs with another key", "by another key", OTHER::sign),
                fault("signs the hash of the hash", "as a digest", hash -> OWN.sign(Hash.sha3(hash))),
                fault("signs what it has signed before", "as a digest", hash -> OWN.sign(new byte[32])),
                fault(
                        "has the wrong bit",
                        "as a digest",
                        hash -> CompletableFuture.completedFuture(Signature.of(
                                rightOne().r(), rightOne().s(), rightOne().recoveryId() ^ 1))));
    }

    private static Arguments fault(String name, String told, Function<byte[], CompletionStage<Signature>> signing) {
        return Arguments.of(Named.of(name, signing), told);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aSignerThatIsWrongIsNamedWithWhatItDid(Function<byte[], CompletionStage<Signature>> signing, String told) {
        assertThatThrownBy(() -> sign(signing).join())
                .cause()
                .isInstanceOf(SignerException.class)
                .hasMessageContaining("The signer of " + OWN.address())
                .hasMessageContaining(told)
                .hasMessageContaining("Nothing was sent")
                .hasMessageNotContaining(rightOne().r().toString(16));
        assertThat(timer.getQueue()).isEmpty();
    }

    @Test
    void aRightSignatureComesOutHoweverItComes() {
        List<Function<byte[], CompletionStage<Signature>>> ways = List.of(
                OWN::sign,
                hash -> CompletableFuture.supplyAsync(CheckedSignerTest::rightOne),
                hash -> CompletableFuture.completedStage(rightOne()),
                hash -> CompletableFuture.completedFuture(
                        Signature.ofBytes(rightOne().toBytes())),
                hash -> CompletableFuture.completedFuture(
                        Signature.of(rightOne().r(), rightOne().s(), hash, OWN.address())),
                hash -> {
                    CompletionStage<Signature> signature = OWN.sign(hash);
                    // Ours is another array.
                    Arrays.fill(hash, (byte) 0);
                    return signature;
                });
        for (Function<byte[], CompletionStage<Signature>> way : ways) {
            assertThat(sign(way).join()).isEqualTo(rightOne());
        }
        assertThat(timer.getQueue()).isEmpty();
    }

    @Test
    void aSignerThatNeverAnswersIsGivenUp() {
        CompletableFuture<Signature> late = new CompletableFuture<>();
        CompletableFuture<Signature> signature = sign(hash -> late);
        assertThat(signature).isNotDone();

        timer.elapse();

        assertThatThrownBy(signature::join)
                .cause()
                .isInstanceOf(SignerException.class)
                .hasMessageContaining("did not answer within 30 s");
        late.complete(rightOne());
        assertThat(signature).isCompletedExceptionally();
    }

    @Test
    void aSignerWhoseTurnNeverComesIsGivenUpAndNotCalledAfterwards() {
        List<Runnable> queue = new ArrayList<>();
        CompletableFuture<Signature> signature = sign(
                hash -> {
                    throw new AssertionError("called although nobody waits any more");
                },
                queue::add);

        timer.elapse();
        queue.forEach(Runnable::run);

        assertThatThrownBy(signature::join).hasMessageContaining("did not answer within 30 s");
    }

    @Test
    void ourWorkIsNotDoneOnTheThreadThatSigns() {
        List<Runnable> queue = new ArrayList<>();
        CompletableFuture<Signature> late = new CompletableFuture<>();
        CompletableFuture<Signature> signature = sign(hash -> late, queue::add);
        queue.remove(0).run();

        CompletableFuture.runAsync(() -> late.complete(rightOne())).join();

        assertThat(signature).isNotDone();
        queue.remove(0).run();
        assertThat(signature.join()).isEqualTo(rightOne());
    }
}
