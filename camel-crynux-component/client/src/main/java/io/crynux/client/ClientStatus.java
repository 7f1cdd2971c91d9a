// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.client.error.JournalException;
import io.crynux.client.internal.engine.TaskEngine;
import io.crynux.client.internal.evm.follow.ChainReader;
import io.crynux.client.internal.protocol.chain.TaskChain;
import io.crynux.client.internal.relayhttp.RelayTime;
import io.crynux.client.observe.ChainStatus;
import io.crynux.client.observe.ClientLoad;
import io.crynux.client.observe.WalletStatus;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * How a client and its network are, for who watches over them. Thread-safe; what is asked of the network is asked once per
 * call, and holds no thread.
 */
public final class ClientStatus {
    private final ChainReader reader;
    private final RelayTime relay;
    private final TaskChain chain;
    private final TaskEngine engine;

    /**
     * @param relay null where there is no Relay
     * @param chain null where there is no Relay or no wallet
     * @param engine null likewise
     */
    ClientStatus(ChainReader reader, RelayTime relay, TaskChain chain, TaskEngine engine) {
        this.reader = reader;
        this.relay = relay;
        this.chain = chain;
        this.engine = engine;
    }

    /** How well the chain is followed; nothing is asked. It is not followed before it is needed, nor with waitMethod POLL. */
    public ChainStatus chain() {
        return reader.status();
    }

    /**
     * Why the chain cannot be read now, and which option helps; nothing new is signed for so long. Empty while it can be read;
     * nothing is asked.
     */
    public Optional<String> unreadable() {
        return reader.sight().trouble();
    }

    /** What is under way; nothing is asked. */
    public ClientLoad load() {
        if (engine == null) {
            return new ClientLoad(0, 0, 0, 0, null, null);
        }
        TaskEngine.Load load = engine.load();
        return new ClientLoad(
                load.inFlight(),
                load.unstarted(),
                load.waiting(),
                chain.pendingPayments(),
                chain.pendingSince(),
                chain.missingNonce());
    }

    /** Whether the client can run tasks: it has a wallet and a Relay. */
    public boolean canRunTasks() {
        return engine != null;
    }

    /** Whether the client has a Relay. */
    public boolean hasRelay() {
        return relay != null;
    }

    /** The number of the chain's newest block, asked now; fails when no endpoint tells, or the chain is the wrong one. */
    public CompletableFuture<BigInteger> newestBlock() {
        return reader.newest();
    }

    /** How far the Relay's clock is ahead of ours, asked now; fails when it does not tell, or there is none. */
    public CompletableFuture<Duration> relayClock() {
        return relay == null
                ? CompletableFuture.failedFuture(new IllegalStateException("There is no Relay: relayUrl is not set"))
                : relay.offset();
    }

    /**
     * What the wallet has and a payment takes, asked now.
     *
     * @return fails with a {@link io.crynux.client.error.BudgetExceededException} while gas is dearer than maxGasPrice
     *     allows, and in other ways when the chain does not answer or the client cannot run tasks
     */
    public CompletableFuture<WalletStatus> wallet() {
        return chain == null
                ? CompletableFuture.failedFuture(new IllegalStateException("This client cannot run tasks"))
                : chain.wallet();
    }

    /**
     * Whether the journal can be written, found out now.
     *
     * @return false while it is not open, since the client is not connected; fails with a {@link JournalException} that says
     *     what is wrong
     */
    public CompletableFuture<Boolean> journal() {
        return engine == null ? CompletableFuture.completedFuture(false) : engine.checkJournal();
    }
}
