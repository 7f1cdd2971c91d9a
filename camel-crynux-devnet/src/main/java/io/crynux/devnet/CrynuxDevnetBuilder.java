// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import io.crynux.devnet.board.TaskBoard;
import io.crynux.devnet.chain.Chain;
import io.crynux.devnet.chain.ChainAccess.EventLog;
import io.crynux.devnet.chain.ChainBuilder;
import io.crynux.devnet.chain.ChainView;
import io.crynux.devnet.contract.ContractSettings;
import io.crynux.devnet.contract.TaskContractVersion;
import io.crynux.devnet.http.AllowedHosts;
import io.crynux.devnet.http.ListenAddress;
import io.crynux.devnet.node.NodePool;
import io.crynux.devnet.node.SimulatedNode;
import io.crynux.devnet.page.StatusPage;
import io.crynux.devnet.relay.NetworkNode;
import io.crynux.devnet.relay.Relay;
import io.crynux.devnet.relay.RelaySchemas;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import io.crynux.devnet.result.Workshop;
import io.crynux.devnet.watch.TaskEventFeed;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.web3j.crypto.Credentials;

/** Configures a {@link CrynuxDevnet}. Every setting has a default. */
public final class CrynuxDevnetBuilder {
    private static final BigInteger CNX = BigInteger.TEN.pow(18);
    private static final BigInteger ACCOUNT_FUNDS = CNX.multiply(BigInteger.valueOf(10_000));
    private static final BigInteger NODE_FUNDS = CNX.multiply(BigInteger.valueOf(1_000_000));
    private static final int CLASSIC_NODES = 3;
    private static final int TODAYS_NODES = 10;
    private static final long MAX_RESULT_BYTES = 256L * 1024 * 1024;
    private static final Duration MAX_POLL = Duration.ofMillis(100);
    private static final Duration MIN_POLL = Duration.ofMillis(10);
    private static final int POLLS_PER_BLOCK = 10;
    /** Anvil and hardhat give money to twice as many accounts of the mnemonic, or more. */
    private static final int FUNDERS = 5;

    private String host = ListenAddress.LOOPBACK;
    private List<String> allowedHosts = List.of();
    private int rpcPort;
    private int relayPort;
    private long chainId = 31337;
    private Duration blockTime = Duration.ofSeconds(1);
    private Duration relayLag = Duration.ofSeconds(1);
    private Duration workTime = Duration.ofMillis(300);
    private int accounts = 10;
    private Optional<Integer> nodes = Optional.empty();
    private Protocol protocol = Protocol.CHAIN;
    private RelayNetworkSettings network = RelayNetworkSettings.defaults();
    private String gpuName = "NVIDIA GeForce RTX 4090";
    private int gpuVram = 24;
    private RelaySchemas relaySchemas = RelaySchemas.TODAY;
    private boolean floatingBaseFee;
    private long blockGasLimit = 30_000_000;
    private boolean lightNodes;
    private ContractSettings contract = ContractSettings.defaults();
    private Clock clock = Clock.systemUTC();
    private Optional<URI> chainUrl = Optional.empty();

    CrynuxDevnetBuilder() {}

    /**
     * Address that both servers listen on. The default 127.0.0.1 restricts them to this machine. {@code 0.0.0.0} gives every
     * machine that can reach this one access to them, and with them to all accounts and faults.
     */
    public CrynuxDevnetBuilder host(String newHost) {
        this.host = newHost;
        return this;
    }

    /**
     * Host names and addresses, without port, under which JSON-RPC, status page and control API can be called, besides
     * localhost and loopback addresses; in a container network, the devnet's name there. A request with any other host in the
     * headers {@code Host} and {@code Origin} is refused with status 403, which keeps web pages of other sites out.
     * {@code *} allows all. The Relay's own paths accept any name, as the real Relay does.
     *
     * @throws IllegalArgumentException if one of them is not a host
     */
    public CrynuxDevnetBuilder allowedHosts(String... hosts) {
        this.allowedHosts = Stream.of(hosts).map(AllowedHosts::checked).toList();
        return this;
    }

    /** Port of the chain's JSON-RPC. 0, the default, selects a free port. */
    public CrynuxDevnetBuilder rpcPort(int port) {
        this.rpcPort = port;
        return this;
    }

    /** Port of the Relay. 0, the default, selects a free port. */
    public CrynuxDevnetBuilder relayPort(int port) {
        this.relayPort = port;
        return this;
    }

    /** The chain id, 31337 by default. */
    public CrynuxDevnetBuilder chainId(long id) {
        this.chainId = id;
        return this;
    }

    /** Time between blocks, 1 s by default. Zero mines a block for each transaction at once. A task takes about four blocks. */
    public CrynuxDevnetBuilder blockTime(Duration time) {
        this.blockTime = notNegative("blockTime", time);
        return this;
    }

    /** Time by which the Relay lags behind the chain, as the real one does; 1 s by default. */
    public CrynuxDevnetBuilder relayLag(Duration lag) {
        this.relayLag = notNegative("relayLag", lag);
        return this;
    }

    /** Schemas that the Relay validates task parameters with, today's by default. */
    public CrynuxDevnetBuilder relaySchemas(RelaySchemas schemas) {
        this.relaySchemas = schemas;
        return this;
    }

    /** Time that a node takes to compute a task, 300 ms by default. */
    public CrynuxDevnetBuilder workTime(Duration time) {
        this.workTime = notNegative("workTime", time);
        return this;
    }

    /** Number of accounts with 10,000 CNX each, 10 by default: the well-known accounts of anvil and hardhat. */
    public CrynuxDevnetBuilder accounts(int count) {
        this.accounts = notNegative("accounts", count);
        return this;
    }

    /**
     * Number of nodes. By default 3 on the classic network, where a task needs three at once and waits with fewer; 10 on the
     * network of today, where a task occupies one until its creator has validated it.
     */
    public CrynuxDevnetBuilder nodes(int count) {
        this.nodes = Optional.of(notNegative("nodes", count));
        return this;
    }

    private int nodeCount() {
        return nodes.orElse(protocol == Protocol.CHAIN ? CLASSIC_NODES : TODAYS_NODES);
    }

    /**
     * The network that the devnet is, the classic one by default. Of the other settings, {@link Protocol#RELAY} uses host,
     * allowedHosts, relayPort, accounts, nodes, gpu, workTime, lightNodes, clock and {@link #network}; those of chain, contract
     * and classic Relay have no effect.
     */
    public CrynuxDevnetBuilder protocol(Protocol newProtocol) {
        this.protocol = newProtocol;
        return this;
    }

    /** Settings of the network of today, for {@link Protocol#RELAY}. */
    public CrynuxDevnetBuilder network(RelayNetworkSettings settings) {
        this.network = settings;
        return this;
    }

    /**
     * GPU of each node, "NVIDIA GeForce RTX 4090" with 24 GB by default. A text task needs three nodes with the same GPU.
     *
     * @param vram in GB; tasks that need more wait forever
     */
    public CrynuxDevnetBuilder gpu(String name, int vram) {
        this.gpuName = name;
        this.gpuVram = notNegative("vram", vram);
        return this;
    }

    /** Signature of the contract's createTask, by default the one with five arguments. */
    public CrynuxDevnetBuilder contractVersion(TaskContractVersion version) {
        this.contract = contract.withVersion(version);
        return this;
    }

    /** All settings of the contracts, including the version. */
    public CrynuxDevnetBuilder contract(ContractSettings settings) {
        this.contract = settings;
        return this;
    }

    /** Lets the base fee follow the load of the blocks, as on a public chain (EIP-1559); by default it is always 1 gwei. */
    public CrynuxDevnetBuilder floatingBaseFee() {
        this.floatingBaseFee = true;
        return this;
    }

    /** Maximum gas of a block, 30,000,000 by default. A createTask uses about 900,000. */
    public CrynuxDevnetBuilder blockGasLimit(long gas) {
        this.blockGasLimit = gas;
        return this;
    }

    /**
     * Makes nodes cost almost no CPU time, for load tests of clients: they do not sign, the Relay does not check their files,
     * and all pictures of one size are the same. Requests over HTTP are checked as usual.
     */
    public CrynuxDevnetBuilder lightNodes() {
        this.lightNodes = true;
        return this;
    }

    /** Clock of the blocks and of the Relay; the system clock by default. */
    public CrynuxDevnetBuilder clock(Clock newClock) {
        this.clock = newClock;
        return this;
    }

    /**
     * Uses the chain of a running node, such as anvil, instead of the devnet's own. Each start deploys the contracts there;
     * Relay and nodes use that chain, and {@link CrynuxDevnet#rpcUrl} is the given URL. Chain id, blocks and fees are those of
     * the node. Money comes from the node ({@code hardhat_setBalance}) or from the accounts of the test mnemonic. Faults of
     * JSON-RPC and contract throw {@link UnsupportedOperationException}; blocks, time and reorganisations can be controlled as
     * far as the node has methods for it.
     *
     * @param url of the node's JSON-RPC, http or https
     */
    public CrynuxDevnetBuilder chainUrl(URI url) {
        String scheme = String.valueOf(url.getScheme());
        if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new IllegalArgumentException(
                    "chainUrl must be an http or https URL with a host, such as http://127.0.0.1:8545");
        }
        this.chainUrl = Optional.of(url);
        return this;
    }

    /** Builds a devnet that is not started yet, for {@code @RegisterExtension}. Each start uses the settings of this builder. */
    public CrynuxDevnet build() {
        return new CrynuxDevnet(this::startNetwork);
    }

    /**
     * Builds the devnet and starts it.
     *
     * @throws RuntimeException as {@link CrynuxDevnet#start} does
     */
    public CrynuxDevnet start() {
        return build().start();
    }

    private RunningNetwork startNetwork() {
        var closing = new Closing();
        try {
            return protocol == Protocol.CHAIN ? startClassic(closing) : startTodays(closing);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private RunningNetwork startTodays(Closing closing) {
        return new TodaysNetworkStarter(
                        new ListenAddress(host, relayPort),
                        AllowedHosts.of(host, allowedHosts),
                        network,
                        accounts,
                        ACCOUNT_FUNDS,
                        nodeCount(),
                        gpuName,
                        gpuVram,
                        workTime,
                        lightNodes,
                        clock)
                .start(closing);
    }

    private RunningNetwork startClassic(Closing closing) {
        var keys = new TestMnemonic();
        List<DevnetAccount> users = IntStream.range(0, accounts)
                .mapToObj(i -> DevnetAccount.of(keys.user(i)))
                .toList();
        List<SimulatedNode> simulated = IntStream.range(0, nodeCount())
                .mapToObj(i -> new SimulatedNode(keys.node(i), gpuName, gpuVram))
                .toList();

        Chain chain = startChain(keys, users, simulated);
        closing.add(chain);
        var scheduler = new DevnetScheduler();
        closing.add(scheduler);
        var feed = new TaskEventFeed(chain.access(), chain.contractAddress(), chain.firstBlock());
        Relay relay = relay(chain, feed, scheduler.executor(), simulated);
        NodePool pool = new NodePool(
                chain.access(),
                chain.contractAddress(),
                new InProcessRelay(relay, !lightNodes),
                feed,
                scheduler.executor(),
                workTime,
                lightNodes ? Workshop.ofOnePicture() : new Workshop(),
                simulated);
        var attendance = new NodeAttendance(chain, pool.faults(), simulated);
        feed.subscribe(attendance);
        var strangers = new Strangers(
                chain.access(),
                chain.contractAddress(),
                contract.version(),
                contract.queueSize(),
                nodeCount(),
                pool.faults());
        pool.occupyWithTasksOf(Strangers.ADDRESS);
        feed.subscribe(strangers);
        var faults = new Faults(chain.rpcFaults(), chain.contractFaults(), relay.faults(), pool.faults());
        ChainView view = chain.view();
        var board = new TaskBoard(log -> fee(view, log), InstantSource.system());
        feed.subscribe(board);
        StatusPage page = page(chain, relay, faults, board, users, simulated);
        join(chain, simulated);
        closing.add(feed);
        feed.start(scheduler.executor(), pollInterval());
        closing.add(attendance.start(scheduler.executor()));
        closing.add(strangers.start(scheduler.executor()));
        closing.add(page);
        page.start(scheduler.executor());
        AllowedHosts hosts = AllowedHosts.of(host, allowedHosts);
        relay.serve(Control.PREFIX, hosts.before(page.handler(new Control(faults, chain).handler())));
        relay.serveExactly("/", hosts.before(StatusPage.redirect(CrynuxDevnet.PAGE)));
        closing.add(relay);
        relay.start();
        List<DevnetAccount> nodeAccounts =
                simulated.stream().map(node -> DevnetAccount.of(node.account())).toList();
        return new ClassicNetwork(users, nodeAccounts, chain, relay, faults, board, closing);
    }

    private Chain startChain(TestMnemonic keys, List<DevnetAccount> users, List<SimulatedNode> simulated) {
        ChainBuilder builder = Chain.builder()
                .host(host)
                .allowedHosts(allowedHosts)
                .rpcPort(rpcPort)
                .chainId(chainId)
                .blockTime(blockTime)
                .contract(contract)
                .blockGasLimit(blockGasLimit)
                .clock(clock);
        if (chainUrl.isPresent()) {
            // Not the first ones: who creates tasks with them counts on their nonces.
            List<Credentials> funders =
                    IntStream.range(FUNDERS, 2 * FUNDERS).mapToObj(keys::user).toList();
            builder.url(chainUrl.get(), funders);
        }
        if (floatingBaseFee) {
            builder.floatingBaseFee();
        }
        if (lightNodes) {
            builder.unsignedAccess();
        }
        users.forEach(user -> builder.fund(user.address(), ACCOUNT_FUNDS));
        simulated.forEach(node -> builder.fund(node.address(), NODE_FUNDS));
        builder.fund(Strangers.ADDRESS, Strangers.FUNDS);
        return builder.start();
    }

    private Relay relay(
            Chain chain, TaskEventFeed feed, ScheduledExecutorService executor, List<SimulatedNode> simulated) {
        return new Relay(
                new Relay.Settings(new ListenAddress(host, relayPort), relayLag, MAX_RESULT_BYTES, clock, relaySchemas),
                chain.access(),
                chain.contractAddress(),
                feed,
                executor,
                networkNodes(simulated));
    }

    private static BigInteger fee(ChainView view, EventLog log) {
        // A reorg can have reverted the transaction meanwhile; the event will be reverted, too.
        return view.value(log.transactionHash()).orElse(BigInteger.ZERO);
    }

    private static List<NetworkNode> networkNodes(List<SimulatedNode> simulated) {
        return simulated.stream()
                .map(node -> new NetworkNode(node.address(), node.gpuName(), node.gpuVram()))
                .toList();
    }

    private StatusPage page(
            Chain chain,
            Relay relay,
            Faults faults,
            TaskBoard board,
            List<DevnetAccount> users,
            List<SimulatedNode> simulated) {
        List<String> wallets = users.stream().map(DevnetAccount::address).toList();
        return new StatusPage(
                new StatusPage.Network(blockTime, wallets, networkNodes(simulated)), chain, relay, faults::on, board);
    }

    /** A block of their own makes the nodes ready before the first task comes, whatever the block time is. */
    private static void join(Chain chain, List<SimulatedNode> simulated) {
        List<String> transactions = simulated.stream()
                .map(node -> chain.joinNode(node.address(), node.gpuName(), node.gpuVram()))
                .toList();
        chain.settle(transactions);
    }

    /** Some polls for each block, so that nodes lose little of a block's time. */
    private Duration pollInterval() {
        Duration part = blockTime.dividedBy(POLLS_PER_BLOCK);
        Duration atMost = part.compareTo(MAX_POLL) > 0 ? MAX_POLL : part;
        return atMost.compareTo(MIN_POLL) < 0 ? MIN_POLL : atMost;
    }

    private static Duration notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative: " + value);
        }
        return value;
    }

    private static int notNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative: " + value);
        }
        return value;
    }
}
