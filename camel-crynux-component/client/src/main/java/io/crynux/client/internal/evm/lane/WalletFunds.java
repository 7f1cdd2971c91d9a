// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.lane;

import io.crynux.client.error.InsufficientFundsException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.internal.evm.rpc.Account;
import io.crynux.client.internal.evm.rpc.ChainRpc;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * Knows whether the wallet can pay. The balance is read once in a while and what was paid since is taken off it, so that
 * this costs no call per task; before a payment is refused, the balance is read anew. Not for concurrent use; the nonce
 * lane asks for one payment after the other.
 */
public final class WalletFunds {
    /** Others may spend from the wallet too, and the node refuses in the end what cannot be paid. */
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final ChainRpc rpc;
    private final String address;
    private final PaymentsInFlight inFlight;
    private final Clock clock;
    private Account account;
    private Instant readAt = Instant.MIN;

    public WalletFunds(ChainRpc rpc, String address, PaymentsInFlight inFlight, Clock clock) {
        this.rpc = rpc;
        this.address = address;
        this.inFlight = inFlight;
        this.clock = clock;
    }

    /** Fails with an {@link InsufficientFundsException} when the wallet does not have that besides what is in flight. */
    CompletableFuture<Void> require(BigInteger fee, BigInteger mostForGas) {
        BigInteger cost = fee.add(mostForGas);
        if (clock.instant().isBefore(readAt.plus(KEPT)) && free().compareTo(cost) >= 0) {
            return CompletableFuture.completedFuture(null);
        }
        return rpc.account(address).thenAccept(read -> {
            account = read;
            readAt = clock.instant();
            if (free().compareTo(cost) < 0) {
                throw insufficient(fee, mostForGas);
            }
        });
    }

    /** The next payment has the balance read anew. */
    void forget() {
        readAt = Instant.MIN;
    }

    private BigInteger free() {
        return account.balance().subtract(bound());
    }

    private BigInteger bound() {
        return inFlight.mostCostFrom(account.nextNonce());
    }

    private InsufficientFundsException insufficient(BigInteger fee, BigInteger mostForGas) {
        BigInteger missing = fee.add(mostForGas).subtract(free());
        return new InsufficientFundsException("The wallet " + address + " has " + TaskFacts.cnx(account.balance())
                + (bound().signum() == 0
                        ? ""
                        : ", of which " + TaskFacts.cnx(bound())
                                + " are reserved for payments that are not in a block yet")
                + "; the task needs a fee of " + TaskFacts.cnx(fee) + " and up to " + TaskFacts.cnx(mostForGas)
                + " for gas. Nothing was spent, and nothing signed; fund the wallet with " + TaskFacts.cnx(missing)
                + " or more");
    }
}
