// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.client.internal.engine.TaskEngine;
import io.crynux.client.internal.evm.follow.ChainReader;
import io.crynux.client.internal.protocol.chain.TaskChain;
import io.crynux.client.internal.relayhttp.RelayTime;
import io.crynux.client.observe.ClientStatus;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the state of a client from its parts. */
final class StatusReader implements ClientStatus {
    private final ChainReader reader;
    private final RelayTime relay;
    private final TaskChain chain;
    private final TaskEngine engine;

    /**
     * @param relay null without a Relay
     * @param chain null without a Relay or a wallet
     * @param engine null likewise
     */
    StatusReader(ChainReader reader, RelayTime relay, TaskChain chain, TaskEngine engine) {
        this.reader = reader;
        this.relay = relay;
        this.chain = chain;
        this.engine = engine;
    }

    @Override
    public ChainStatus chain() {
        return reader.status();
    }

    @Override
    public Optional<String> unreadable() {
        return reader.sight().trouble();
    }

    @Override
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

    @Override
    public boolean canRunTasks() {
        return engine != null;
    }

    @Override
    public boolean hasRelay() {
        return relay != null;
    }

    @Override
    public CompletableFuture<BigInteger> newestBlock() {
        return reader.newest();
    }

    @Override
    public CompletableFuture<Duration> relayClock() {
        return relay == null
                ? CompletableFuture.failedFuture(
                        new IllegalStateException("The client has no Relay: relayUrl is not set"))
                : relay.offset();
    }

    @Override
    public CompletableFuture<WalletStatus> wallet() {
        return chain == null
                ? CompletableFuture.failedFuture(
                        new IllegalStateException("The client cannot run tasks: it needs signer and relayUrl"))
                : chain.wallet();
    }

    @Override
    public CompletableFuture<Boolean> journal() {
        return engine == null ? CompletableFuture.completedFuture(false) : engine.checkJournal();
    }
}
