// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.client.internal.async.Loop;
import io.crynux.client.internal.engine.TaskEngine;
import io.crynux.client.internal.event.EventStreams;
import io.crynux.client.internal.evm.ChainSettings;
import io.crynux.client.internal.evm.FollowSettings;
import io.crynux.client.internal.evm.follow.ChainReader;
import io.crynux.client.internal.http.HttpTransport;
import io.crynux.client.internal.operation.ClientOperations;
import io.crynux.client.internal.protocol.Protocol;
import io.crynux.client.internal.protocol.chain.ChainNetwork;
import io.crynux.client.internal.protocol.chain.ChainProtocol;
import io.crynux.client.internal.protocol.chain.EventResults;
import io.crynux.client.internal.protocol.chain.TaskChain;
import io.crynux.client.internal.relayhttp.RelayClient;
import io.crynux.client.internal.relayhttp.RelayStatistics;
import io.crynux.client.internal.relayhttp.RelayTime;
import io.crynux.client.internal.spool.TemporaryFiles;
import io.crynux.client.journal.InMemoryTaskJournal;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.observe.ClientObserver;
import io.crynux.client.settings.CreateTaskArguments;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.GasSettings;
import io.crynux.client.settings.HttpSettings;
import io.crynux.client.settings.HttpSettings.BasicCredentials;
import io.crynux.client.settings.LogSource;
import io.crynux.client.settings.RelaySettings;
import io.crynux.client.settings.WaitMethod;
import io.crynux.client.wallet.Signer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.web3j.crypto.WalletUtils;

/**
 * Builds a {@link CrynuxClient}. Required: rpcUrl and contractAddress; for tasks also relayUrl and signer. Building
 * sends no request.
 */
public final class CrynuxClientBuilder {
    private static final int OWN_THREADS = 4;
    private static final List<String> HTTP_SCHEMES = List.of("http", "https");
    private static final List<String> RPC_SCHEMES = List.of("http", "https", "ws", "wss");

    private List<URI> rpcUrls = List.of();
    private List<URI> webSocketUrls = List.of();
    private URI relayUrl;
    private String contractAddress;
    private Long chainId;
    private CreateTaskArguments createTaskArguments = CreateTaskArguments.AUTO;
    private Signer signer;
    private Duration pollInterval = FollowSettings.DEFAULT_POLL_INTERVAL;
    private LogSource logSource = LogSource.LOGS;
    private int maxBlockRange = FollowSettings.DEFAULT_MAX_BLOCK_RANGE;
    private WaitMethod waitMethod = WaitMethod.FOLLOW;
    private GasSettings gas = GasSettings.DEFAULT;
    private int maxPendingTransactions = ChainSettings.DEFAULT_MAX_PENDING_TRANSACTIONS;
    private EngineSettings engine = EngineSettings.DEFAULT;
    private RelaySettings relaySettings = RelaySettings.DEFAULT;
    private HttpSettings http = HttpSettings.DEFAULT;
    private TaskJournal journal;
    private Executor executor;
    private ScheduledExecutorService scheduler;
    private Clock clock = Clock.systemUTC();
    private ClientObserver observer = ClientObserver.NONE;
    /** Null for the chain. */
    private Protocol protocol;

    CrynuxClientBuilder() {}

    /**
     * JSON-RPC endpoints of one chain, separated by commas. The client uses one http:// or https:// URL until it fails or
     * limits the rate, then the next; it refuses one that is on another chain. ws:// and wss:// URLs only report new blocks, so
     * that the client does not wait for its next poll. User and password of a URL ({@code https://user:password@host/},
     * percent-encoded) are sent to its host as Basic credentials.
     */
    public CrynuxClientBuilder rpcUrl(String urls) {
        List<URI> all = Arrays.stream(urls.split(","))
                .map(url -> url("rpcUrl", url, RPC_SCHEMES))
                .toList();
        rpcUrls = all.stream().filter(url -> url.getScheme().startsWith("http")).toList();
        webSocketUrls =
                all.stream().filter(url -> url.getScheme().startsWith("ws")).toList();
        if (rpcUrls.isEmpty()) {
            throw new IllegalArgumentException("rpcUrl has only WebSocket URLs, which only report new blocks. Add"
                    + " the http:// or https:// URL of a node of the same chain");
        }
        return this;
    }

    /** URL of the Relay, for example {@code https://relay.example.org}; credentials as in {@link #rpcUrl}. */
    public CrynuxClientBuilder relayUrl(String url) {
        relayUrl = url("relayUrl", url, HTTP_SCHEMES);
        return this;
    }

    /** Address of the network's Task contract. */
    public CrynuxClientBuilder contractAddress(String address) {
        if (!WalletUtils.isValidAddress(address)) {
            throw new IllegalArgumentException(
                    "contractAddress '" + address + "' is not an address (0x and 40 hex digits)");
        }
        contractAddress = address.toLowerCase(Locale.ROOT);
        return this;
    }

    /** Chain id that the chain must have; by default any. */
    public CrynuxClientBuilder chainId(Long id) {
        if (id != null && id < 1) {
            throw new IllegalArgumentException("chainId is " + id + "; it must be 1 or more");
        }
        chainId = id;
        return this;
    }

    /** Number of arguments of the contract's createTask; by default detected when the client connects. */
    public CrynuxClientBuilder createTaskArguments(CreateTaskArguments arguments) {
        createTaskArguments = arguments;
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

    /** Interval at which the client polls the chain; default one second. */
    public CrynuxClientBuilder pollInterval(Duration interval) {
        pollInterval = interval;
        return this;
    }

    /** JSON-RPC calls that read the contract's events; default eth_getLogs. */
    public CrynuxClientBuilder logSource(LogSource source) {
        logSource = source;
        return this;
    }

    /** Maximum number of blocks of one eth_getLogs, default 2,000; the client halves it if the node refuses the range. */
    public CrynuxClientBuilder maxBlockRange(int blocks) {
        maxBlockRange = blocks;
        return this;
    }

    /** How the client learns the outcome of its tasks; default {@link WaitMethod#FOLLOW}. */
    public CrynuxClientBuilder waitMethod(WaitMethod method) {
        waitMethod = Objects.requireNonNull(method, "waitMethod");
        return this;
    }

    /** Gas limit and gas price of payments; default {@link GasSettings#DEFAULT}. */
    public CrynuxClientBuilder gas(GasSettings settings) {
        gas = settings;
        return this;
    }

    /** Maximum number of unmined payments of the wallet, default 16; further ones wait unsigned. */
    public CrynuxClientBuilder maxPendingTransactions(int count) {
        maxPendingTransactions = count;
        return this;
    }

    /** Limits, budget, finality and retention; default {@link EngineSettings#DEFAULT}. */
    public CrynuxClientBuilder engine(EngineSettings settings) {
        engine = settings;
        return this;
    }

    /** Retries of requests to the Relay; default {@link RelaySettings#DEFAULT}. */
    public CrynuxClientBuilder relay(RelaySettings settings) {
        relaySettings = settings;
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
     * Runs tasks through another protocol than the chain's. It has its own account and connections: settings of chain, Relay,
     * wallet and HTTP have no effect, and what the client offers in addition to running tasks fails by its name.
     */
    CrynuxClientBuilder protocol(Protocol other) {
        protocol = other;
        return this;
    }

    /**
     * Builds the client. Without signer or relayUrl it can read events and balances, but cannot run tasks.
     *
     * @throws IllegalArgumentException naming the setting that is missing
     */
    public CrynuxClient build() {
        if (protocol == null) {
            require(!rpcUrls.isEmpty(), "rpcUrl");
            require(contractAddress != null, "contractAddress");
        }
        List<ExecutorService> owned = new ArrayList<>();
        Executor worker = new SteadyExecutor(
                executor != null ? executor : own(owned, Executors.newFixedThreadPool(OWN_THREADS, named())));
        worker.execute(TemporaryFiles::sweep);
        ClientObserver watcher = new SteadyObserver(observer);
        ScheduledExecutorService timer = scheduler != null ? scheduler : own(owned, newTimer());
        Runnable closeOwned = () -> owned.forEach(ExecutorService::shutdownNow);
        return protocol == null
                ? onChain(worker, timer, watcher, closeOwned)
                : onOther(worker, timer, watcher, closeOwned);
    }

    private CrynuxClient onOther(
            Executor worker, ScheduledExecutorService timer, ClientObserver watcher, Runnable closeOwned) {
        TaskEngine tasks = engine(protocol, worker, timer, watcher);
        return new CrynuxClient(protocol.account(), tasks, client -> new TasksOnly(tasks), closeOwned);
    }

    private CrynuxClient onChain(
            Executor worker, ScheduledExecutorService timer, ClientObserver watcher, Runnable closeOwned) {
        HttpTransport transport = new HttpTransport(http, worker, timer, new ObservedCalls(rpcUrls, watcher));
        ChainSettings settings = new ChainSettings(
                rpcUrls,
                contractAddress,
                chainId,
                createTaskArguments,
                new FollowSettings(pollInterval, webSocketUrls, logSource, maxBlockRange),
                gas,
                maxPendingTransactions);
        ChainReader reader = new ChainReader(settings, transport, clock, timer);
        RelayClient relay = null;
        TaskEngine taskEngine = null;
        TaskChain taskChain = null;
        ChainProtocol chainProtocol = null;
        EventResults results = null;
        if (signer != null && relayUrl != null) {
            relay = new RelayClient(relayUrl, relaySettings, transport, signer, clock, worker, timer);
            results = new EventResults(relay);
            taskChain = new TaskChain(reader, settings, signer, clock, worker, timer);
            chainProtocol =
                    new ChainProtocol(new ChainNetwork(taskChain, relay, waitMethod, pollInterval, timer), engine);
            taskEngine = engine(chainProtocol, worker, timer, watcher);
        }
        String wallet = signer == null ? null : signer.address().toLowerCase(Locale.ROOT);
        RelayClient taskRelay = relay;
        EventResults eventResults = results;
        TaskEngine tasks = taskEngine;
        ChainProtocol taskProtocol = chainProtocol;
        StatusReader status = new StatusReader(
                reader, relayUrl == null ? null : new RelayTime(relayUrl, transport, clock), taskChain, taskEngine);
        return new CrynuxClient(
                wallet,
                tasks,
                client -> new ChainServices(
                        reader,
                        new EventStreams(reader, worker, timer),
                        eventResults,
                        wallet,
                        new ClientOperations(new ClientOperations.Parts(
                                reader,
                                settings,
                                wallet,
                                taskRelay,
                                relayUrl == null ? null : new RelayStatistics(relayUrl, transport),
                                tasks,
                                taskProtocol,
                                engine.finality(),
                                clock,
                                worker,
                                timer,
                                () -> ChainServices.connect(reader),
                                client::connect,
                                client::order)),
                        status),
                closeOwned);
    }

    private TaskEngine engine(
            Protocol network, Executor worker, ScheduledExecutorService timer, ClientObserver watcher) {
        return new TaskEngine(
                network,
                journal == null ? new InMemoryTaskJournal() : journal,
                engine,
                clock,
                new Loop(worker, timer, System::nanoTime),
                worker,
                timer,
                watcher);
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

    private static void require(boolean given, String setting) {
        if (!given) {
            throw new IllegalArgumentException(setting + " is missing");
        }
    }

    private static URI url(String setting, String text, List<String> schemes) {
        URI uri;
        try {
            uri = URI.create(text.trim());
        } catch (IllegalArgumentException e) {
            // The text may hold a key, so it is not repeated.
            throw new IllegalArgumentException(
                    setting + " is not a URL; percent-encode characters such as @, / and # in user and password");
        }
        if (uri.getHost() == null || !schemes.contains(uri.getScheme())) {
            throw new IllegalArgumentException(
                    setting + " must begin with " + String.join("://, ", schemes) + ":// and name a host");
        }
        try {
            BasicCredentials.in(uri);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + " has credentials that cannot be used: " + e.getMessage());
        }
        return uri;
    }
}
