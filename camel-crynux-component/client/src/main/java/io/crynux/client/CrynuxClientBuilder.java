// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.client.internal.engine.TaskEngine;
import io.crynux.client.internal.protocol.Protocol;
import io.crynux.client.internal.protocol.chain.ChainOrders;
import io.crynux.client.internal.spool.TemporaryFiles;
import io.crynux.client.journal.InMemoryTaskJournal;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.observe.ClientObserver;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.HttpSettings;
import io.crynux.client.wallet.Signer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.web3j.crypto.WalletUtils;

/** Builds a {@link CrynuxClient}. Required: the network; for tasks also the signer. Building sends no request. */
public final class CrynuxClientBuilder {
    private static final int OWN_THREADS = 4;

    private Network network;
    private Signer signer;
    private EngineSettings engine;
    private HttpSettings http = HttpSettings.DEFAULT;
    private TaskJournal journal;
    private Executor executor;
    private ScheduledExecutorService scheduler;
    private Clock clock = Clock.systemUTC();
    private ClientObserver observer = ClientObserver.NONE;
    /** In place of the network's; null for that. */
    private Protocol protocol;

    CrynuxClientBuilder() {}

    /** The network, such as a {@link ChainNetwork}; required. */
    public CrynuxClientBuilder network(Network newNetwork) {
        network = Objects.requireNonNull(newNetwork, "network");
        return this;
    }

    /**
     * Signer of the wallet that pays; null for a client that only reads.
     *
     * @throws IllegalArgumentException if the signer has no valid address
     */
    public CrynuxClientBuilder signer(Signer newSigner) {
        if (newSigner != null) {
            String address = newSigner.address();
            if (address == null || !WalletUtils.isValidAddress(address)) {
                throw new IllegalArgumentException(
                        "signer has the address '" + address + "', which is not an address (0x and 40 hex digits)");
            }
        }
        signer = newSigner;
        return this;
    }

    /**
     * Limits, budget, finality and retention; default {@link EngineSettings#DEFAULT}, with {@link RelayNetwork#DEFAULT_LIMITS} at a
     * Relay.
     */
    public CrynuxClientBuilder engine(EngineSettings settings) {
        engine = settings;
        return this;
    }

    /** HTTP timeouts, TLS and proxy; default {@link HttpSettings#DEFAULT}. */
    public CrynuxClientBuilder http(HttpSettings settings) {
        http = settings;
        return this;
    }

    /** Journal of tasks and payments; default in memory. The client does not close it. */
    public CrynuxClientBuilder journal(TaskJournal newJournal) {
        journal = newJournal;
        return this;
    }

    /**
     * Runs the client's work; default four daemon threads. Work that it rejects, because it is full or stopped, runs on the
     * submitting thread. The client does not shut it down.
     */
    public CrynuxClientBuilder executor(Executor newExecutor) {
        executor = newExecutor;
        return this;
    }

    /** Schedules deadlines and intervals; default one daemon thread. The client does not shut it down. */
    public CrynuxClientBuilder scheduler(ScheduledExecutorService newScheduler) {
        scheduler = newScheduler;
        return this;
    }

    /** Clock of deadlines and signatures; default the system's. */
    public CrynuxClientBuilder clock(Clock newClock) {
        clock = newClock;
        return this;
    }

    /** Receives what the client does, for metrics; default none. Exceptions that it throws are logged and otherwise ignored. */
    public CrynuxClientBuilder observer(ClientObserver newObserver) {
        observer = Objects.requireNonNull(newObserver, "observer");
        return this;
    }

    /**
     * Runs tasks through another protocol than a network's. It has its own account and connections: settings of wallet and HTTP
     * have no effect, and what the client offers in addition to running tasks fails by its name.
     */
    CrynuxClientBuilder protocol(Protocol other) {
        protocol = other;
        return this;
    }

    /**
     * Builds the client.
     *
     * @throws IllegalArgumentException if the network is missing
     */
    public CrynuxClient build() {
        if (network == null && protocol == null) {
            throw new IllegalArgumentException("network is missing");
        }
        List<ExecutorService> owned = new ArrayList<>();
        Executor worker = new SteadyExecutor(
                executor != null ? executor : own(owned, Executors.newFixedThreadPool(OWN_THREADS, named())));
        worker.execute(TemporaryFiles::sweep);
        ClientParts parts = new ClientParts(
                signer,
                settings(),
                http,
                journal == null ? new InMemoryTaskJournal() : journal,
                worker,
                scheduler != null ? scheduler : own(owned, newTimer()),
                clock,
                new SteadyObserver(observer),
                () -> owned.forEach(ExecutorService::shutdownNow));
        if (protocol != null) {
            TaskEngine tasks = parts.engine(protocol);
            return new CrynuxClient(
                    protocol.account(),
                    tasks,
                    new SubmissionFactory(new ChainOrders(protocol.account()), ChainNetwork.DEFAULT_TIMEOUT),
                    client -> new TasksOnly(tasks),
                    parts.closeOwned());
        }
        return network instanceof RelayNetwork relay
                ? RelayAssembly.client(relay, parts)
                : ChainAssembly.client((ChainNetwork) network, parts);
    }

    private EngineSettings settings() {
        EngineSettings usual = EngineSettings.DEFAULT;
        if (engine != null) {
            return engine;
        }
        return network instanceof RelayNetwork ? usual.withLimits(RelayNetwork.DEFAULT_LIMITS) : usual;
    }

    /** Most deadlines are hours away and cancelled early, so the timer must release them when they are cancelled. */
    private static ScheduledExecutorService newTimer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static <T extends ExecutorService> T own(List<ExecutorService> owned, T made) {
        owned.add(made);
        return made;
    }

    private static ThreadFactory named() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "crynux-client-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
