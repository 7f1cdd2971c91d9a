// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import io.crynux.devnet.contract.ContractSettings;
import io.crynux.devnet.contract.TaskContractVersion;
import io.crynux.devnet.http.AllowedHosts;
import io.crynux.devnet.http.ListenAddress;
import io.crynux.devnet.relay.RelaySchemas;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs a devnet from the command line until it is stopped. Exit codes: 0 after {@code --help}, 1 if it cannot start, 2 for wrong
 * options; after a signal, the shell's code for that signal (143 for SIGTERM).
 */
@Command(
        name = "crynux-devnet",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        showDefaultValues = true,
        description = {
            "Runs a whole Crynux network on this machine: Relay, nodes and, for the classic network, a chain.",
            "Everything is in memory and is lost when it stops (Ctrl-C).",
            "A duration is a whole number and a unit, such as 250ms, 1s or 2m."
        },
        footer = {
            "",
            "Environment variables set the options, too: CRYNUX_DEVNET_RPC_PORT sets --rpc-port, and so on.",
            "Arguments take precedence over environment variables."
        })
public final class Main implements Callable<Integer> {
    private static final int MAX_PORT = 65_535;
    private static final int NODES_OF_A_TASK = 3;
    private static final long CLOSE_SECONDS = 10;
    /** Gas limit of the devnet's own transactions. */
    private static final long MIN_BLOCK_GAS = 3_000_000;

    private final CountDownLatch stopWanted = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--host",
            defaultValue = ListenAddress.LOOPBACK,
            description =
                    "Address that both servers listen on. 0.0.0.0 gives other machines access, accounts and faults included.")
    private String host;

    @Option(
            names = "--allowed-hosts",
            split = ",",
            paramLabel = "<host>",
            description =
                    "Host names and addresses, separated by commas, under which JSON-RPC, status page and control API can be"
                            + " called, besides localhost and loopback addresses; * for all. In a container network, the devnet's name.")
    private List<String> allowedHosts = List.of();

    @Option(
            names = "--protocol",
            defaultValue = "CHAIN",
            description =
                    "Network: CHAIN for the classic one, RELAY for that of today, which has no chain. With RELAY, the options of"
                            + " chain, contract and classic Relay have no effect.")
    private Protocol protocol;

    @Option(
            names = "--sampling",
            defaultValue = "100",
            description = "With --protocol=RELAY: one task in so many is sampled; 1 samples each.")
    private int sampling;

    @Option(
            names = "--rpc-port",
            defaultValue = "8545",
            description = "Port of the chain's JSON-RPC; 0 selects a free port.")
    private int rpcPort;

    @Option(names = "--relay-port", defaultValue = "8580", description = "Port of the Relay; 0 selects a free port.")
    private int relayPort;

    @Option(
            names = "--block-time",
            defaultValue = "1s",
            converter = DurationOption.class,
            description = "Time between blocks; 0s mines a block for each transaction at once.")
    private Duration blockTime;

    @Option(
            names = "--nodes",
            description =
                    "Number of nodes. Without it 3 on the classic network, where each task needs three, and 10 on that"
                            + " of today.")
    private Optional<Integer> nodes = Optional.empty();

    @Option(names = "--gpu-name", defaultValue = "NVIDIA GeForce RTX 4090", description = "GPU of each node.")
    private String gpuName;

    @Option(names = "--gpu-vram", defaultValue = "24", description = "VRAM of each node's GPU, in GB.")
    private int gpuVram;

    @Option(
            names = "--work-time",
            defaultValue = "300ms",
            converter = DurationOption.class,
            description = "Time that a node takes to compute a task.")
    private Duration workTime;

    @Option(
            names = "--relay-lag",
            defaultValue = "1s",
            converter = DurationOption.class,
            description = "Time by which the Relay lags behind the chain.")
    private Duration relayLag;

    @Option(
            names = "--relay-schemas",
            defaultValue = "TODAY",
            description = "Schemas that the Relay validates task parameters with: ${COMPLETION-CANDIDATES}.")
    private RelaySchemas relaySchemas;

    @Option(names = "--accounts", defaultValue = "10", description = "Number of accounts with 10,000 CNX each.")
    private int accounts;

    @Option(names = "--chain-id", defaultValue = "31337", description = "Chain id.")
    private long chainId;

    @Option(names = "--block-gas-limit", defaultValue = "30000000", description = "Maximum gas of a block.")
    private long blockGasLimit;

    @Option(
            names = "--floating-base-fee",
            arity = "0..1",
            defaultValue = "false",
            fallbackValue = "true",
            description = "Lets the base fee follow the load of the blocks (EIP-1559); otherwise it is 1 gwei.")
    private boolean floatingBaseFee;

    @Option(names = "--queue-size", defaultValue = "50", description = "Maximum number of tasks that wait for nodes.")
    private int queueSize;

    @Option(
            names = "--task-timeout",
            defaultValue = "15m",
            converter = DurationOption.class,
            description = "Time after which a started task can be cancelled, in whole seconds.")
    private Duration taskTimeout;

    @Option(
            names = "--contract",
            defaultValue = "FIVE_ARGUMENTS",
            description = "Signature of the contract's createTask: ${COMPLETION-CANDIDATES}.")
    private TaskContractVersion contract;

    @Option(
            names = "--chain-url",
            paramLabel = "<URL>",
            description = "JSON-RPC URL of a running node, such as anvil, whose chain replaces the devnet's own.")
    private URI chainUrl;

    /** The version that the jar was built with. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"crynux-devnet " + (version == null ? "(not from a jar)" : version)};
        }
    }

    private final Map<String, String> environment;

    /** @param environment where options come from that are not given as arguments */
    Main(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Runs the command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        // Pictures are drawn in memory: no desktop is wanted, even where there is one.
        System.setProperty("java.awt.headless", "true");
        System.exit(command(new Main(System.getenv())).execute(args));
    }

    /** The command line; its writers can be set. */
    static CommandLine command(Main main) {
        CommandLine line = new CommandLine(main).setCaseInsensitiveEnumValuesAllowed(true);
        var defaults = new EnvironmentDefaults(main.environment, line.getParameterExceptionHandler());
        return line.setDefaultValueProvider(defaults).setParameterExceptionHandler(defaults);
    }

    @Override
    public Integer call() throws InterruptedException {
        check();
        try {
            run(spec.commandLine().getOut());
            return CommandLine.ExitCode.OK;
        } catch (RuntimeException e) {
            spec.commandLine().getErr().println("The devnet cannot start: " + reason(e));
            return CommandLine.ExitCode.SOFTWARE;
        } finally {
            stopped.countDown();
        }
    }

    private void run(PrintWriter out) throws InterruptedException {
        try (CrynuxDevnet devnet = builder().start()) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "crynux-devnet-stop"));
            if (protocol == Protocol.RELAY) {
                new TodaysBanner(devnet).print(out);
            } else {
                new Banner(devnet, nodes.orElse(NODES_OF_A_TASK) < NODES_OF_A_TASK, chainUrl != null).print(out);
            }
            stopWanted.await();
        }
        out.println("The devnet has stopped.");
        out.flush();
    }

    /** Stops the devnet and waits for the end: the JVM exits when this returns. */
    private void stop() {
        stopWanted.countDown();
        try {
            if (!stopped.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                spec.commandLine().getErr().println("The devnet did not stop within " + CLOSE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CrynuxDevnetBuilder builder() {
        CrynuxDevnetBuilder builder = CrynuxDevnet.builder()
                .host(host)
                .allowedHosts(allowedHosts.toArray(String[]::new))
                .rpcPort(rpcPort)
                .relayPort(relayPort)
                .blockTime(blockTime)
                .protocol(protocol)
                .network(RelayNetworkSettings.defaults().withSamplingModulus(sampling))
                .workTime(workTime)
                .relayLag(relayLag)
                .relaySchemas(relaySchemas)
                .accounts(accounts)
                .chainId(chainId)
                .gpu(gpuName, gpuVram)
                .blockGasLimit(blockGasLimit)
                .contract(ContractSettings.defaults()
                        .withVersion(contract)
                        .withQueueSize(queueSize)
                        .withTaskTimeout(taskTimeout));
        nodes.ifPresent(builder::nodes);
        if (chainUrl != null) {
            builder.chainUrl(chainUrl);
        }
        return floatingBaseFee ? builder.floatingBaseFee() : builder;
    }

    private void check() {
        within("--rpc-port", rpcPort, 0, MAX_PORT);
        within("--relay-port", relayPort, 0, MAX_PORT);
        within("--nodes", nodes.orElse(0), 0, 1000);
        within("--sampling", sampling, 1, Integer.MAX_VALUE);
        within("--accounts", accounts, 1, 1000);
        within("--gpu-vram", gpuVram, 0, 10_000);
        within("--block-gas-limit", blockGasLimit, MIN_BLOCK_GAS, Long.MAX_VALUE / 4);
        within("--queue-size", queueSize, 1, 1_000_000);
        within("--chain-id", chainId, 1, Long.MAX_VALUE / 2 - 36);
        if (chainUrl != null
                && (chainUrl.getHost() == null || !Set.of("http", "https").contains(chainUrl.getScheme()))) {
            throw wrong("--chain-url", "--chain-url must be an http or https URL, such as http://127.0.0.1:8545");
        }
        for (String allowed : allowedHosts) {
            try {
                AllowedHosts.checked(allowed);
            } catch (IllegalArgumentException e) {
                throw wrong("--allowed-hosts", "--allowed-hosts: " + e.getMessage());
            }
        }
        if (protocol == Protocol.CHAIN && chainUrl == null && rpcPort != 0 && rpcPort == relayPort) {
            throw wrong("--relay-port", "--rpc-port and --relay-port must differ, both are " + rpcPort);
        }
    }

    private void within(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw wrong(option, option + " must be from " + least + " to " + most + ", not " + value);
        }
    }

    private ParameterException wrong(String option, String message) {
        return new ParameterException(spec.commandLine(), message, spec.findOption(option), null);
    }

    private String reason(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return "port " + rpcPort + " (--rpc-port) or " + relayPort + " (--relay-port) of " + host
                        + " (--host) cannot be opened: " + cause.getMessage();
            }
        }
        return failure.toString();
    }
}
