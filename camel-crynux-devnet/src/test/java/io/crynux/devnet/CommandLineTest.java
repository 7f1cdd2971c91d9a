// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.fake.RelayCalls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

@Timeout(60)
class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return run(Map.of(), args);
    }

    private int run(Map<String, String> environment, String... args) {
        CommandLine line = Main.command(new Main(environment));
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(args);
    }

    @Test
    void aDevnetRunsUntilItIsToldToEnd() throws IOException, InterruptedException {
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--rpc-port=0",
                        "--accounts=2")
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        java.environment()
                .putAll(Map.of(
                        "CRYNUX_DEVNET_HOST", "0.0.0.0",
                        "CRYNUX_DEVNET_RELAY_PORT", "0",
                        "CRYNUX_DEVNET_ACCOUNTS", "7",
                        "CRYNUX_DEVNET_CHAIN_ID", "4711"));
        Process process = java.start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> said = new ArrayList<>();
            while (said.isEmpty() || !said.get(said.size() - 1).startsWith("Ready.")) {
                String line = lines.readLine();
                assertThat(line).as("after %s", said).isNotNull();
                said.add(line);
            }

            String all = String.join("\n", said);
            assertThat(all)
                    .contains("WARNING")
                    .contains("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")
                    .contains("0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d")
                    .contains("4711")
                    .contains("\n    1  ")
                    .doesNotContain("\n    2  ")
                    .containsPattern("Page +http://127.0.0.1:[0-9]+/devnet/ ");
            String relay = all.replaceAll("(?s).*Relay URL +(\\S+).*", "$1");
            assertThat(relay).startsWith("http://127.0.0.1:");
            assertThat(new RelayCalls(relay).get("/v1/now").status()).isEqualTo(200);
            // By another address of this machine, since it listens at all; not everywhere there is more than one for
            // loopback.
            if (System.getProperty("os.name").equals("Linux")) {
                String other = relay.replace("127.0.0.1", "127.0.0.2");
                assertThat(new RelayCalls(other).get("/v1/now").status()).isEqualTo(200);
            }

            // By its handle: Process.destroy would close the stream that the last line is read from.
            assertThat(process.toHandle().destroy()).isTrue();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(lines.lines()).contains("The devnet has stopped.");
            assertThat(process.exitValue()).isEqualTo(128 + 15);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aChainThatDoesNotAnswerIsNamedWithoutItsPath() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(run("--chain-url=http://127.0.0.1:" + port + "/v1/secret", "--relay-port=0"))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("http://127.0.0.1:" + port + " does not answer eth_chainId")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rpc-port=70000 | --rpc-port must be from 0 to 65535, not 70000",
                "--relay-port=-1 | --relay-port must be from 0 to 65535, not -1",
                "--rpc-port=x | Invalid value for option '--rpc-port'",
                "--rpc-port=8580 | must differ",
                "--block-time=1 | '1' is not a duration such as 250ms, 1s or 2m",
                "--relay-lag=-1s | '-1s' is not a duration such as 250ms, 1s or 2m",
                "--work-time=1h | '1h' is not a duration such as 250ms, 1s or 2m",
                "--nodes=-1 | --nodes must be from 0",
                "--sampling=0 | --sampling must be from 1",
                "--accounts=0 | --accounts must be from 1",
                "--chain-id=0 | --chain-id must be from 1",
                "--chain-url=ws://127.0.0.1:8545 | --chain-url must be an http or https URL",
                "--chain-url=8545 | --chain-url must be an http or https URL",
                "--contract=SIX | FIVE_ARGUMENTS, SEVEN_ARGUMENTS",
                "--colour=red | Unknown option: '--colour=red'",
            })
    void wrongOptionsAreExplained(String option, String message) {
        assertThat(run(option)).isEqualTo(2);
        assertThat(err.toString()).contains(message).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RPC_PORT | x | Invalid value for option '--rpc-port'",
                "RPC_PORT | 70000 | --rpc-port must be from 0 to 65535, not 70000",
                "RELAY_PORT | 8545 | must differ",
                "BLOCK_TIME | 1 | '1' is not a duration such as 250ms, 1s or 2m",
                "TASK_TIMEOUT | soon | 'soon' is not a duration such as 250ms, 1s or 2m",
                "CHAIN_URL | localhost:8545 | --chain-url must be an http or https URL",
                "CONTRACT | SIX | FIVE_ARGUMENTS, SEVEN_ARGUMENTS",
                "QUEUE_SIZE | 0 | --queue-size must be from 1",
                "BLOCK_GAS_LIMIT | 1000000 | --block-gas-limit must be from 3000000",
                "FLOATING_BASE_FEE | maybe | Invalid value for option '--floating-base-fee'"
            })
    void wrongVariablesAreNamed(String name, String value, String message) {
        assertThat(run(Map.of("CRYNUX_DEVNET_" + name, value))).isEqualTo(2);
        assertThat(err.toString())
                .contains(message)
                .contains("(from the environment variable CRYNUX_DEVNET_" + name + ")")
                .doesNotContain("\tat ");
    }

    @Test
    void argumentsWinOverTheEnvironment() {
        assertThat(run(Map.of("CRYNUX_DEVNET_NODES", "1"), "--nodes=-1")).isEqualTo(2);
        assertThat(err.toString()).contains("not -1").doesNotContain("CRYNUX_DEVNET_NODES");
        // Reaches the check of --accounts: what is in the variable is not looked at.
        assertThat(run(Map.of("CRYNUX_DEVNET_NODES", "x"), "--nodes", "1", "--accounts=0"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--accounts must be from 1");
    }

    @Test
    void anEmptyVariableIsNone() {
        assertThat(run(Map.of("CRYNUX_DEVNET_NODES", ""), "--accounts=0")).isEqualTo(2);
        assertThat(err.toString()).contains("--accounts must be from 1");
    }

    @Test
    void anAddressThatIsNotOfThisMachineIsExplained() {
        assertThat(run("--rpc-port=0", "--relay-port=0", "--host=192.0.2.1")).isEqualTo(1);
        assertThat(err.toString())
                .contains("The devnet cannot start: port")
                .contains("192.0.2.1 (--host)")
                .doesNotContain("\tat ");
    }

    @Test
    void everyOptionIsInTheDocumentation() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "devnet.md"));
        for (OptionSpec option :
                Main.command(new Main(Map.of())).getCommandSpec().options()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                assertThat(page)
                        .contains("| `" + option.longestName() + "` | `" + EnvironmentDefaults.variable(option) + "` | "
                                + Objects.requireNonNullElse(option.defaultValue(), "none") + " |");
            }
        }
    }

    @Test
    void aPortInUseIsExplained() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("--rpc-port=0", "--relay-port=" + taken.getLocalPort()))
                    .isEqualTo(1);
            assertThat(err.toString())
                    .contains("The devnet cannot start: port")
                    .contains(Integer.toString(taken.getLocalPort()))
                    .contains("in use")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void theNetworkOfTodayStartsFromTheCommandLine() throws IOException, InterruptedException {
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--protocol=relay",
                        "--relay-port=0",
                        "--sampling=7")
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = java.start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> said = new ArrayList<>();
            while (said.isEmpty() || !said.get(said.size() - 1).startsWith("Ready.")) {
                String line = lines.readLine();
                assertThat(line).as("after %s", said).isNotNull();
                said.add(line);
            }
            String all = String.join("\n", said);
            assertThat(all)
                    .contains("1 task in 7")
                    .contains("Nodes      10")
                    .contains("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")
                    .doesNotContain("RPC URL");
            String relay = all.replaceAll("(?s).*Relay URL +(\\S+).*", "$1");
            assertThat(new RelayCalls(relay).get("/v1/now").status()).isEqualTo(200);
        } finally {
            process.destroy();
        }
    }

    @Test
    void helpTellsOptionsAndDefaults() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("--rpc-port")
                .contains("8545")
                .contains("--block-time")
                .contains("1s");
    }
}
