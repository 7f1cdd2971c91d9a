// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.observe;

import io.crynux.client.error.JournalException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The state of a client and of its network, for health checks and metrics. Thread-safe; each call of a method that asks the
 * network sends one request, and no method blocks.
 */
public interface ClientStatus {

    /**
     * How well the client follows the chain; sends no request. The client follows the chain only once it needs to, and never
     * with waitMethod=poll.
     */
    ChainStatus chain();

    /**
     * Why the chain cannot be read now, and which option helps; the client signs no payment meanwhile. Empty while the chain can
     * be read; sends no request.
     */
    Optional<String> unreadable();

    /** The tasks and payments in flight; sends no request. */
    ClientLoad load();

    /** Whether the client can run tasks: it has a wallet and a Relay. */
    boolean canRunTasks();

    /** Whether the client has a Relay. */
    boolean hasRelay();

    /** Asks for the number of the chain's newest block; fails if no endpoint answers, or the chain is the wrong one. */
    CompletableFuture<BigInteger> newestBlock();

    /** Asks how far the Relay's clock is ahead of the local one; fails if the Relay does not answer, or there is none. */
    CompletableFuture<Duration> relayClock();

    /**
     * Asks for the wallet's balance and for the price of gas.
     *
     * @return fails with a {@link io.crynux.client.error.BudgetExceededException} while gas costs more than maxGasPrice, and
     *     with other exceptions if the chain does not answer or the client cannot run tasks
     */
    CompletableFuture<WalletStatus> wallet();

    /**
     * Checks whether the journal can be written.
     *
     * @return false while it is not open because the client is not connected; fails with a {@link JournalException} that
     *     describes the problem
     */
    CompletableFuture<Boolean> journal();

    /**
     * How well the client reads the chain; a snapshot.
     *
     * @param head number of the newest block that was read; null before the first
     * @param headSince since when that block has been the newest while nodes answered; null while they do not answer
     * @param answeredAt when the client last read the chain up to its newest block; null before the first time
     * @param failures number of consecutive failures; 0 while reading works
     * @param otherAhead whether another endpoint has blocks that the current one does not report
     * @param webSocket state of the subscription to new blocks
     * @param lastError the last failure, without paths and queries of URLs; null while reading works
     */
    record ChainStatus(
            BigInteger head,
            Instant headSince,
            Instant answeredAt,
            int failures,
            boolean otherAhead,
            WebSocketState webSocket,
            String lastError) {

        /** State of the subscription to new blocks. */
        public enum WebSocketState {
            /** No WebSocket URL is configured. */
            NONE,
            /** The client is subscribed and the connection is alive. */
            UP,
            /** Not subscribed; the client polls the chain at the poll interval. */
            DOWN
        }

        /** The client does not follow the chain. */
        public static final ChainStatus NOT_FOLLOWED =
                new ChainStatus(null, null, null, 0, false, WebSocketState.NONE, null);
    }

    /**
     * The tasks and payments of a client; a snapshot.
     *
     * @param inFlight number of unfinished tasks that are paid or being paid
     * @param unstarted number of them that no node has started
     * @param waiting number of tasks that wait, unsigned, until fewer are in flight
     * @param pendingPayments number of unmined payments of the wallet
     * @param pendingSince since when the oldest of these is unmined, as far as this process knows; null if there is none
     * @param missingNonce nonce that the chain expects next and that no pending payment has, so that all of them wait; null if
     *     none is missing
     */
    record ClientLoad(
            int inFlight,
            int unstarted,
            int waiting,
            int pendingPayments,
            Instant pendingSince,
            BigInteger missingNonce) {}

    /**
     * Balance of a wallet and cost of a payment, in wei.
     *
     * @param balance balance at the newest block
     * @param reserved maximum cost of the unmined payments
     * @param mostForGas maximum gas cost of one task's payment
     */
    record WalletStatus(BigInteger balance, BigInteger reserved, BigInteger mostForGas) {

        /** The balance minus the reserved amount. */
        public BigInteger free() {
            return balance.subtract(reserved);
        }
    }
}
