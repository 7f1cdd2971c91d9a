// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import io.crynux.devnet.contract.ContractFaults;
import io.crynux.devnet.contract.ContractSettings;
import io.crynux.devnet.contract.CrynuxContracts;
import io.crynux.devnet.http.AllowedHosts;
import io.crynux.devnet.http.ListenAddress;
import io.crynux.devnet.ledger.Contract;
import io.crynux.devnet.ledger.Ledger;
import io.crynux.devnet.ledger.LedgerSettings;
import io.crynux.devnet.rpc.ErrorDialect;
import io.crynux.devnet.rpc.RpcServer;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;

/** Configures a {@link Chain}. Nothing has to be set. */
public final class ChainBuilder {
    private static final BigInteger GWEI = BigInteger.TEN.pow(9);
    private static final BigInteger OPERATOR_FUNDS = BigInteger.TEN.pow(27);
    private static final String MINER = "0x" + "0".repeat(40);

    private final Map<String, BigInteger> accounts = new HashMap<>();
    private long chainId = 31337;
    private Duration blockTime = Duration.ofSeconds(1);
    private boolean onDemand;
    private ContractSettings contract = ContractSettings.defaults();
    private Clock clock = Clock.systemUTC();
    private String host = ListenAddress.LOOPBACK;
    private List<String> allowedHosts = List.of();
    private int rpcPort;
    private ErrorDialect errorDialect = ErrorDialect.ANVIL;
    private BigInteger baseFee = GWEI;
    private boolean floatingBaseFee;
    private long blockGasLimit = 30_000_000;
    private long maxLogRange = 10_000;
    private boolean signedAccess = true;
    private URI url;
    private Optional<Path> anvil = TestBackend.anvil();
    private List<Credentials> funders = List.of();

    ChainBuilder() {}

    /** The chain id, 31337 by default. */
    public ChainBuilder chainId(long newChainId) {
        this.chainId = newChainId;
        return this;
    }

    /** The time between blocks, 1 s by default; zero makes a block of every transaction at once. */
    public ChainBuilder blockTime(Duration newBlockTime) {
        if (newBlockTime.isNegative()) {
            throw new IllegalArgumentException("blockTime must not be negative: " + newBlockTime);
        }
        this.blockTime = newBlockTime;
        this.onDemand = false;
        return this;
    }

    /** Makes no block but by {@link Chain#mine}. */
    public ChainBuilder blocksOnDemand() {
        this.onDemand = true;
        return this;
    }

    /** Gives an address a balance in wei at block 0. */
    public ChainBuilder fund(String address, BigInteger wei) {
        accounts.put(address.toLowerCase(Locale.ROOT), wei);
        return this;
    }

    /** Gives addresses balances in wei at block 0. */
    public ChainBuilder fund(Map<String, BigInteger> balances) {
        balances.forEach(this::fund);
        return this;
    }

    /** What the contracts are like; {@link ContractSettings#defaults} by default. */
    public ChainBuilder contract(ContractSettings settings) {
        this.contract = settings;
        return this;
    }

    /** Gives the blocks their time, in whole seconds; the system's by default. A block is never older than its parent. */
    public ChainBuilder clock(Clock newClock) {
        this.clock = newClock;
        return this;
    }

    /** Host names and addresses under which the JSON-RPC can be called, besides localhost; see {@link AllowedHosts}. */
    public ChainBuilder allowedHosts(Collection<String> hosts) {
        this.allowedHosts = List.copyOf(hosts);
        return this;
    }

    /** The address to serve the JSON-RPC at, 127.0.0.1 by default: for this machine only. */
    public ChainBuilder host(String newHost) {
        this.host = newHost;
        return this;
    }

    /** The port of the JSON-RPC; 0, the default, takes a free one. */
    public ChainBuilder rpcPort(int port) {
        this.rpcPort = port;
        return this;
    }

    /** Whose error wordings the JSON-RPC has, anvil's by default. */
    public ChainBuilder errorDialect(ErrorDialect dialect) {
        this.errorDialect = dialect;
        return this;
    }

    /** The base fee in wei per gas, 1 gwei by default; see also {@link #floatingBaseFee}. */
    public ChainBuilder baseFee(BigInteger wei) {
        this.baseFee = wei;
        return this;
    }

    /**
     * Has the base fee follow the blocks' use as on a public chain (EIP-1559): up by at most an eighth after a block that
     * uses more than half of its gas limit, down after one that uses less. Without it every block has the same.
     */
    public ChainBuilder floatingBaseFee() {
        this.floatingBaseFee = true;
        return this;
    }

    /** Maximum gas of a block, 30,000,000 by default. A createTask uses about 900,000. */
    public ChainBuilder blockGasLimit(long gas) {
        this.blockGasLimit = gas;
        return this;
    }

    /** How many blocks one eth_getLogs may span, 10,000 by default; more is answered with an error. */
    public ChainBuilder maxLogRange(long blocks) {
        this.maxLogRange = blocks;
        return this;
    }

    /**
     * Makes {@link ChainAccess#send} sign nothing: the chain does not check its transactions. A signature costs about as much as
     * everything else that this chain does for a transaction. Signatures of what comes by JSON-RPC are checked all the same.
     */
    public ChainBuilder unsignedAccess() {
        this.signedAccess = false;
        return this;
    }

    /**
     * Works on the chain behind that JSON-RPC instead of making one; the contracts are deployed there. What is set of chain id,
     * blocks, fees, errors and node selection is without meaning then.
     *
     * @param newGivers accounts that may have money there, which the devnet takes where it cannot set balances
     */
    public ChainBuilder url(URI newUrl, List<Credentials> newGivers) {
        this.url = newUrl;
        this.funders = List.copyOf(newGivers);
        return this;
    }

    /** Starts foundry's anvil from that file and works on its chain, as {@link #url} does; it ends with the chain. */
    public ChainBuilder anvil(Path binary) {
        this.anvil = Optional.of(binary);
        return this;
    }

    /** Makes block 0 and starts to serve. */
    public Chain start() {
        // The operator's key is no secret: it is the same on every devnet and worth nothing elsewhere.
        Credentials operator = Credentials.create(Hash.sha3String("camel-crynux devnet operator"));
        Map<String, BigInteger> funds = new HashMap<>(accounts);
        funds.put(operator.getAddress(), OPERATOR_FUNDS);
        if (url != null) {
            return remote(operator, funds);
        }
        return anvil.map(binary -> onAnvil(binary, operator, funds)).orElseGet(() -> own(operator, funds));
    }

    private Chain onAnvil(Path binary, Credentials operator, Map<String, BigInteger> funds) {
        boolean automine = !onDemand && blockTime.isZero();
        AnvilProcess process = AnvilProcess.start(
                binary,
                new AnvilProcess.Settings(
                        new ListenAddress(host, rpcPort),
                        chainId,
                        blockGasLimit,
                        baseFee,
                        clock.instant().getEpochSecond(),
                        automine));
        try {
            var rpc = new JsonRpc(process.url());
            var miner = new RemoteMiner(
                    rpc,
                    onDemand || automine ? Optional.empty() : Optional.of(blockTime),
                    floatingBaseFee ? Optional.empty() : Optional.of(baseFee));
            var backend = new RemoteBackend(rpc, miner);
            backend.deployAsOnTheOwnChain(contract, operator.getAddress());
            backend.raiseBalances(funds, funders);
            backend.start();
            return new Chain(backend, operator).closing(process);
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private Chain remote(Credentials operator, Map<String, BigInteger> funds) {
        var rpc = new JsonRpc(url);
        var backend = new RemoteBackend(rpc, new RemoteMiner(rpc, Optional.empty(), Optional.empty()));
        backend.raiseBalances(funds, funders);
        backend.deploy(contract, operator);
        backend.start();
        return new Chain(backend, operator);
    }

    private Chain own(Credentials operator, Map<String, BigInteger> genesis) {
        boolean automine = !onDemand && blockTime.isZero();
        LedgerSettings settings = new LedgerSettings(
                chainId,
                baseFee,
                floatingBaseFee,
                blockGasLimit,
                MINER,
                automine,
                !automine || errorDialect.nonceGapsWithAutomine(),
                genesis);
        var contractFaults = new ContractFaults();
        Map<String, Contract> contracts = CrynuxContracts.deploy(contract, operator.getAddress(), contractFaults);
        ShiftedClock shifted = new ShiftedClock(clock);
        Ledger ledger = new Ledger(settings, contracts, shifted);
        RpcServer rpc = RpcServer.start(
                ledger,
                new ListenAddress(host, rpcPort),
                AllowedHosts.of(host, allowedHosts),
                errorDialect,
                maxLogRange);
        BlockTimer timer =
                onDemand || automine ? BlockTimer.none() : BlockTimer.start(ledger::mineUnlessPaused, blockTime);
        ChainBackend backend =
                new OwnBackend(ledger, shifted, rpc, timer, new LedgerAccess(ledger, signedAccess), contractFaults);
        return new Chain(backend, operator);
    }
}
