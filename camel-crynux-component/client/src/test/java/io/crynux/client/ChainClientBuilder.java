// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.client.journal.TaskJournal;
import io.crynux.client.observe.ClientObserver;
import io.crynux.client.settings.CreateTaskArguments;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.GasSettings;
import io.crynux.client.settings.HttpSettings;
import io.crynux.client.settings.LogSource;
import io.crynux.client.settings.RelaySettings;
import io.crynux.client.settings.WaitMethod;
import io.crynux.client.wallet.Signer;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** A client of the classic network, whose settings a test can change one by one, those of the network and those of the client. */
public final class ChainClientBuilder {
    private final ChainNetwork.Builder network = ChainNetwork.builder();
    private final CrynuxClientBuilder client = CrynuxClient.builder();

    public ChainClientBuilder rpcUrl(String value) {
        network.rpcUrl(value);
        return this;
    }

    public ChainClientBuilder relayUrl(String value) {
        network.relayUrl(value);
        return this;
    }

    public ChainClientBuilder contractAddress(String value) {
        network.contractAddress(value);
        return this;
    }

    public ChainClientBuilder chainId(Long value) {
        network.chainId(value);
        return this;
    }

    public ChainClientBuilder createTaskArguments(CreateTaskArguments value) {
        network.createTaskArguments(value);
        return this;
    }

    public ChainClientBuilder pollInterval(Duration value) {
        network.pollInterval(value);
        return this;
    }

    public ChainClientBuilder logSource(LogSource value) {
        network.logSource(value);
        return this;
    }

    public ChainClientBuilder maxBlockRange(int value) {
        network.maxBlockRange(value);
        return this;
    }

    public ChainClientBuilder waitMethod(WaitMethod value) {
        network.waitMethod(value);
        return this;
    }

    public ChainClientBuilder gas(GasSettings value) {
        network.gas(value);
        return this;
    }

    public ChainClientBuilder maxPendingTransactions(int value) {
        network.maxPendingTransactions(value);
        return this;
    }

    public ChainClientBuilder relay(RelaySettings value) {
        network.relay(value);
        return this;
    }

    public ChainClientBuilder signer(Signer value) {
        client.signer(value);
        return this;
    }

    public ChainClientBuilder engine(EngineSettings value) {
        client.engine(value);
        return this;
    }

    public ChainClientBuilder http(HttpSettings value) {
        client.http(value);
        return this;
    }

    public ChainClientBuilder journal(TaskJournal value) {
        client.journal(value);
        return this;
    }

    public ChainClientBuilder executor(Executor value) {
        client.executor(value);
        return this;
    }

    public ChainClientBuilder scheduler(ScheduledExecutorService value) {
        client.scheduler(value);
        return this;
    }

    public ChainClientBuilder clock(Clock value) {
        client.clock(value);
        return this;
    }

    public ChainClientBuilder observer(ClientObserver value) {
        client.observer(value);
        return this;
    }

    public CrynuxClient build() {
        return client.network(network.build()).build();
    }
}
