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

/** Configures a {@link CrynuxDevnet}. Nothing has to be set. */
public final class CrynuxDevnetBuilder {
    private static final BigInteger CNX = BigInteger.TEN.pow(18);
    private static final BigInteger ACCOUNT_FUNDS = CNX.multiply(BigInteger.valueOf(10_000));
    private static final BigInteger NODE_FUNDS = CNX.multiply(BigInteger.valueOf(1_000_000));
    private static final long MAX_RESULT_BYTES = 256L * 1024 * 1024;
    private static final Duration LONGEST_POLL = Duration.ofMillis(100);
    private static final Duration SHORTEST_POLL = Duration.ofMillis(10);
    private static final int POLLS_PER_BLOCK = 10;
    /** Anvil and hardhat give money to twice as many accounts of the mnemonic, or more. */
    private static final int GIVERS = 5;

    private String host = ListenAddress.LOOPBACK;
    private List<String> allowedHosts = List.of();
    private int rpcPort;
    private int relayPort;
    private long chainId = 31337;
    private Duration blockTime = Duration.ofSeconds(1);
    private Duration relayLag = Duration.ofSeconds(1);
    private Duration workTime = Duration.ofMillis(300);
    private int accounts = 10;
    private int nodes = 3;
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
     * The address that both servers listen at, 127.0.0.1 by default: only this machine reaches them. {@code 0.0.0.0} opens them,
     * and with them all accounts and faults, to whoever reaches this machine.
     */
    public CrynuxDevnetBuilder host(String newHost) {
        this.host = newHost;
        return this;
    }

    /**
     * Names and addresses without port that JSON-RPC, status page and control answer to besides localhost and loopback addresses;
     * in a network of containers the devnet's name there. Of every other host in the headers {@code Host} and {@code Origin} a
     * request is refused with status 403, so that no web page gets at the devnet. {@code *} allows all. The Relay's own paths
     * answer to any name, as the real one.
     *
     * @throws IllegalArgumentException when one is no host
     */
    public CrynuxDevnetBuilder allowedHosts(String... hosts) {
        this.allowedHosts = Stream.of(hosts).map(AllowedHosts::checked).toList();
        return this;
    }

    /** The port of the chain's JSON-RPC; 0, the default, takes a free one. */
    public CrynuxDevnetBuilder rpcPort(int port) {
        this.rpcPort = port;
        return this;
    }

    /** The port of the Relay; 0, the default, takes a free one. */
    public CrynuxDevnetBuilder relayPort(int port) {
        this.relayPort = port;
        return this;
    }

    /** The chain id, 31337 by default. */
    public CrynuxDevnetBuilder chainId(long id) {
        this.chainId = id;
        return this;
    }

    /** The time between blocks, 1 s by default; zero makes a block of every transaction at once. A task takes about four. */
    public CrynuxDevnetBuilder blockTime(Duration time) {
        this.blockTime = notNegative("blockTime", time);
        return this;
    }

    /** How far the Relay is behind the chain, 1 s by default, as the real one is. */
    public CrynuxDevnetBuilder relayLag(Duration lag) {
        this.relayLag = notNegative("relayLag", lag);
        return this;
    }

    /** The schemas that the Relay checks parameters by, today's by default. */
    public CrynuxDevnetBuilder relaySchemas(RelaySchemas schemas) {
        this.relaySchemas = schemas;
        return this;
    }

    /** How long a node seems to compute, 300 ms by default. */
    public CrynuxDevnetBuilder workTime(Duration time) {
        this.workTime = notNegative("workTime", time);
        return this;
    }

    /** How many accounts have 10,000 CNX, 10 by default: the well-known ones of anvil and hardhat. */
    public CrynuxDevnetBuilder accounts(int count) {
        this.accounts = notNegative("accounts", count);
        return this;
    }

    /** How many nodes there are, 3 by default; a task needs three at once, with fewer every task waits. */
    public CrynuxDevnetBuilder nodes(int count) {
        this.nodes = notNegative("nodes", count);
        return this;
    }

    /**
     * The GPU that each node has, "NVIDIA GeForce RTX 4090" with 24 GB by default. A text task runs on three nodes with
     * the same GPU only.
     *
     * @param vram in GB; tasks that ask for more wait for ever
     */
    public CrynuxDevnetBuilder gpu(String name, int vram) {
        this.gpuName = name;
        this.gpuVram = notNegative("vram", vram);
        return this;
    }

    /** Which createTask the contract has, the one with five arguments by default. */
    public CrynuxDevnetBuilder contractVersion(TaskContractVersion version) {
        this.contract = contract.withVersion(version);
        return this;
    }

    /** Everything that can be set of the contracts, its version included. */
    public CrynuxDevnetBuilder contract(ContractSettings settings) {
        this.contract = settings;
        return this;
    }

    /** Has the base fee follow the use of the blocks as on a public chain (EIP-1559); else it is 1 gwei always. */
    public CrynuxDevnetBuilder floatingBaseFee() {
        this.floatingBaseFee = true;
        return this;
    }

    /** Most gas of a block, 30,000,000 by default; a createTask uses about 900,000. */
    public CrynuxDevnetBuilder blockGasLimit(long gas) {
        this.blockGasLimit = gas;
        return this;
    }

    /**
     * Has nodes cost next to nothing, to put load on the network's users: they do not sign, their files are taken on trust,
     * and all pictures of one size are the same. Everything that comes over HTTP is checked as ever.
     */
    public CrynuxDevnetBuilder lightNodes() {
        this.lightNodes = true;
        return this;
    }

    /** The time of blocks and of the Relay; the system's by default. */
    public CrynuxDevnetBuilder clock(Clock newClock) {
        this.clock = newClock;
        return this;
    }

    /**
     * Works on the chain of a node that others run, such as anvil, instead of making one: the contracts are deployed there by each
     * start, Relay and nodes work on top, and {@link CrynuxDevnet#rpcUrl} is that URL. What is set of the chain id, of blocks and
     * of fees is the node's business then. Money comes from the node ({@code hardhat_setBalance}) or from the accounts of the test
     * mnemonic. Faults of the JSON-RPC and of the contract are refused with an {@link UnsupportedOperationException}; blocks,
     * time and reorganisations are controlled as far as the node has methods for it.
     *
     * @param url of its JSON-RPC, http or https
     */
    public CrynuxDevnetBuilder chainUrl(URI url) {
        String scheme = String.valueOf(url.getScheme());
        if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new IllegalArgumentException(
                    "chainUrl must be an http or https URL with a host, as http://127.0.0.1:8545");
        }
        this.chainUrl = Optional.of(url);
        return this;
    }

    /** The devnet, not started yet, for {@code @RegisterExtension}. It goes by this builder whenever it starts. */
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
            return startNetwork(closing);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private RunningNetwork startNetwork(Closing closing) {
        var keys = new TestMnemonic();
        List<DevnetAccount> users = IntStream.range(0, accounts)
                .mapToObj(i -> DevnetAccount.of(keys.user(i)))
                .toList();
        List<SimulatedNode> simulated = IntStream.range(0, nodes)
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
                nodes,
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
        closing.add(attendance);
        attendance.start(scheduler.executor());
        closing.add(strangers);
        strangers.start(scheduler.executor());
        closing.add(page);
        page.start(scheduler.executor());
        AllowedHosts hosts = AllowedHosts.of(host, allowedHosts);
        relay.serve(Control.PREFIX, hosts.before(page.handler(new Control(faults, chain).handler())));
        relay.serveExactly("/", hosts.before(StatusPage.redirect(CrynuxDevnet.PAGE)));
        closing.add(relay);
        relay.start();
        List<DevnetAccount> nodeAccounts =
                simulated.stream().map(node -> DevnetAccount.of(node.account())).toList();
        return new RunningNetwork(users, nodeAccounts, chain, relay, faults, board, closing);
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
            List<Credentials> givers =
                    IntStream.range(GIVERS, 2 * GIVERS).mapToObj(keys::user).toList();
            builder.url(chainUrl.get(), givers);
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
        // A reorg can have taken the transaction back meanwhile; the event will be taken back then, too.
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
        Duration atMost = part.compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : part;
        return atMost.compareTo(SHORTEST_POLL) < 0 ? SHORTEST_POLL : atMost;
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
