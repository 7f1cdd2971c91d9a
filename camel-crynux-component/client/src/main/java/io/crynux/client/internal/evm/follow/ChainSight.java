// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.evm.rpc.NodeBehindException;
import io.crynux.client.internal.evm.rpc.RpcException;
import io.crynux.client.internal.evm.rpc.UnreadableChainException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Whether it can be seen what happens on the chain. While it cannot, nothing new is signed: nobody could tell what became of
 * it. Told by whoever looks at the chain; thread-safe.
 */
public final class ChainSight {
    /** One lost answer is no blindness. */
    private static final int MOST_FAILURES = 3;
    /** A look takes as long as the node's answers do, which may never come. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

    private static final int LONGEST_WORDS = 400;

    private int failures;
    private Throwable last;
    /** Since when the chain has not been read up to its newest block; null while it is. */
    private Long unreadSince;
    /** What nodes keep back although they answer, or null. */
    private String keptBack;

    /** A look at the chain begins. */
    public synchronized void onLook() {
        if (unreadSince == null) {
            unreadSince = System.nanoTime();
        }
    }

    /** All was read up to the newest block. */
    public synchronized void onRead() {
        unreadSince = null;
        failures = 0;
        last = null;
    }

    /** The look failed. */
    public synchronized void onFailure(Throwable error) {
        failures++;
        last = Futures.cause(error);
    }

    /** @param what nodes keep back although they answer, in words; null where they do not, or no longer */
    synchronized void onKeptBack(String what) {
        keptBack = what;
    }

    /** Why the chain cannot be read, and which option helps; empty while it can. */
    public synchronized Optional<String> trouble() {
        // One look is no proof that it is another chain, and reason enough not to pay on it.
        if (failures >= MOST_FAILURES || last instanceof ChainReplacedException) {
            return Optional.of(words(last));
        }
        if (keptBack != null) {
            return Optional.of(inWords(keptBack));
        }
        if (unreadSince != null && System.nanoTime() - unreadSince > LONGEST_LOOK.toNanos()) {
            return Optional.of(
                    last == null
                            ? inWords("it has not been read up to its newest block for "
                                    + Duration.ofNanos(System.nanoTime() - unreadSince)
                                            .toSeconds()
                                    + " s. Where that lasts, use another rpcUrl")
                            : words(last));
        }
        return Optional.empty();
    }

    /** @throws CompletionException of an {@link UnreadableChainException} while the chain cannot be read */
    void require() {
        trouble().ifPresent(words -> {
            throw new CompletionException(new UnreadableChainException(words));
        });
    }

    /** Of a node that does not answer its own words are enough. */
    private static String words(Throwable failure) {
        String what = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        String cut = what.substring(0, Math.min(what.length(), LONGEST_WORDS));
        return remedy(failure).map(remedy -> inWords(cut + ". " + remedy)).orElse(cut);
    }

    private static String inWords(String what) {
        return "The chain cannot be read, so that nothing is signed: " + what;
    }

    /** What helps against a node that does answer; empty where it does not. */
    static Optional<String> remedy(Throwable failure) {
        if (failure instanceof RpcException refusal) {
            return Optional.of(
                    switch (refusal.method()) {
                        case "eth_getLogs" -> "Set logSource=receipts, or use another rpcUrl";
                        case "eth_getBlockReceipts" -> "Set logSource=LOGS, or use another rpcUrl";
                        default -> "Use another rpcUrl";
                    });
        }
        if (failure instanceof ChainReplacedException) {
            return Optional.of("Correct rpcUrl; where the chain was reset, restart with a journal of its own");
        }
        return failure instanceof NodeBehindException
                ? Optional.of("It is tried again; where that lasts, use another rpcUrl")
                : Optional.empty();
    }
}
