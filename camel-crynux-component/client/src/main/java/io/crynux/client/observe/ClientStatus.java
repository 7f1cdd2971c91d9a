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
     * with waitMethod POLL.
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
     * How well the chain is read; a snapshot.
     *
     * @param head number of the newest block that was read; null before the first
     * @param headSince since when that block has been the newest, as nodes answered without a break; null while they do not answer
     * @param answeredAt when the chain was last read up to the newest block; null before the first time
     * @param failures how often in a row reading it has failed; 0 while it works
     * @param otherAhead whether another one of the endpoints has blocks that were not read yet, although the one that is used
     *     tells of none
     * @param webSocket whether new heads are told by a WebSocket
     * @param lastError why reading failed the last time, without paths and queries of URLs; null while it works
     */
    record ChainStatus(
            BigInteger head,
            Instant headSince,
            Instant answeredAt,
            int failures,
            boolean otherAhead,
            WebSocketState webSocket,
            String lastError) {

        /** Whether there is a subscription for new heads. */
        public enum WebSocketState {
            /** No WebSocket URL is configured. */
            NONE,
            /** A node has taken the subscription, and the connection is alive. */
            UP,
            /** There is none now; the chain is read at the poll interval. */
            DOWN
        }

        public static final ChainStatus NOT_FOLLOWED =
                new ChainStatus(null, null, null, 0, false, WebSocketState.NONE, null);
    }

    /**
     * What a client has under way; a snapshot.
     *
     * @param inFlight tasks that are paid or being paid, and that the network is not done with
     * @param unstarted those of them that no node has started
     * @param waiting tasks that wait, unsigned, until there is room
     * @param pendingPayments payments of the wallet that are in no block
     * @param pendingSince since when the first of these is on its way, as far as this process knows; null when there is none
     * @param missingNonce a nonce of the wallet that the chain expects and none of these has, so that they wait for it; null when
     *     none is missing
     */
    record ClientLoad(
            int inFlight, int unstarted, int waiting, int pendingPayments, Instant pendingSince, BigInteger missingNonce) {}

    /**
     * What a wallet has, and what a payment takes now; all in wei.
     *
     * @param balance by the newest block
     * @param reserved the most that unmined payments can take of it
     * @param mostForGas the most that the gas of one task's payment costs
     */
    record WalletStatus(BigInteger balance, BigInteger reserved, BigInteger mostForGas) {

        /** What can be paid with. */
        public BigInteger free() {
            return balance.subtract(reserved);
        }
    }
}
