// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.contract.ContractSettings;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the network in its own JVM, so that its cost is not measured as the client's. Prints its {@link NetworkAddress} as JSON,
 * and runs until its standard input ends.
 */
@Command(name = "network")
final class NetworkMain implements Callable<Integer> {
    /** Large enough that no block is ever full. */
    private static final long BLOCK_GAS_LIMIT = 4_000_000_000L;

    private static final Duration RELAY_LAG = Duration.ofMillis(100);
    private static final Duration WORK_TIME = Duration.ofMillis(50);

    @Option(names = "--nodes", required = true)
    private int nodes;

    @Option(names = "--block-millis", required = true)
    private long blockMillis;

    @Option(names = "--queue", required = true)
    private int queue;

    /** Exits the JVM after the command. */
    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        System.exit(new CommandLine(new NetworkMain()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        try (CrynuxDevnet devnet = CrynuxDevnet.builder()
                        .nodes(nodes)
                        .lightNodes()
                        .blockTime(Duration.ofMillis(blockMillis))
                        .blockGasLimit(BLOCK_GAS_LIMIT)
                        .relayLag(RELAY_LAG)
                        .workTime(WORK_TIME)
                        .contract(ContractSettings.defaults().withQueueSize(queue))
                        .start();
                ResultTimes times = ResultTimes.watch(devnet)) {
            devnet.relay().serve(NetworkControl.PREFIX, new NetworkControl(devnet, times).handler());
            System.out.println(Json.line(new NetworkAddress(
                    devnet.rpcUrl(),
                    devnet.webSocketUrl(),
                    devnet.relayUrl(),
                    devnet.contractAddress(),
                    devnet.chainId(),
                    devnet.account(0).privateKey())));
            // The process that started this one holds the other end.
            System.in.transferTo(OutputStream.nullOutputStream());
        }
        return CommandLine.ExitCode.OK;
    }
}
