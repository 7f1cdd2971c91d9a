// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.camel.crash.Application.Moment;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.ledger.Reorg;
import io.crynux.testing.RpcProxy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.utils.Numeric;

/**
 * The promise, proven: a process is killed (SIGKILL) at every state of its tasks and at random moments, again and again, while
 * messages keep coming. In the end every message has its result, and each was paid for by exactly one transaction.
 *
 * <p>{@code -Dcrynux.crash.kills=300} and {@code -Dcrynux.crash.killsInTrouble=300} for longer, as {@code .ci/crash 300 300} does;
 * {@code -Dcrynux.crash.seed=...} for the same again.
 */
@Execution(ExecutionMode.CONCURRENT)
class CrashTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> STATES =
            List.of("PREPARED", "SIGNED", "SENT", "CREATED", "UPLOADED", "SUCCEEDED", "DOWNLOADED", "DONE", "SETTLED");
    private static final int KILLS = Integer.getInteger("crynux.crash.kills", 13);
    private static final int KILLS_IN_TROUBLE = Integer.getInteger("crynux.crash.killsInTrouble", 7);
    private static final long SEED = Long.getLong("crynux.crash.seed", System.nanoTime());
    private static final int LONGEST_LIFE_MILLIS = 2_500;

    @RegisterExtension
    final CrynuxDevnet devnet = CrynuxDevnet.builder()
            .blockTime(Duration.ofMillis(100))
            .relayLag(Duration.ofMillis(50))
            .workTime(Duration.ofMillis(20))
            .nodes(6)
            .build();

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final Set<String> messages = new HashSet<>();
    private final Map<String, Integer> kills = new LinkedHashMap<>();

    @Test
    void everyMessageHasItsResultAndWasPaidForOnce() throws Exception {
        killAgainAndAgain("quiet", KILLS, 0, () -> {});
    }

    @Test
    void alsoWhenTheNetworkIsInTrouble() throws Exception {
        killAgainAndAgain("trouble", KILLS_IN_TROUBLE, KILLS - 1, this::makeTrouble);
    }

    /**
     * At each state, then at any moment again; the last time at random.
     *
     * @param first how many states the other test meets, so that the few kills of a build meet each state all the same
     */
    private void killAgainAndAgain(String network, int times, int first, Runnable trouble) throws Exception {
        List<Moment> boundaries = boundaries();
        Files.createDirectories(directory.resolve("in"));
        BigInteger before = balance("earliest");
        try (RpcProxy rpc = RpcProxy.to(devnet.rpcUrl())) {
            for (int i = 0; i < times; i++) {
                send("message-" + i + ".txt");
                trouble.run();
                Moment moment;
                if (i == times - 1) {
                    moment = Moment.NEVER;
                } else if (i < boundaries.size()) {
                    moment = boundaries.get((first + i) % boundaries.size());
                } else {
                    moment = anyMoment(boundaries);
                }
                liveUntil(moment, rpc);
                kills.merge(moment.toString(), 1, Integer::sum);
            }
            devnet.faults().clear();
            finish(rpc);
            assertPaidOnce(rpc.sentTransactions(), before);
        } finally {
            Files.writeString(
                    Path.of("target", "crash-test-" + network + ".txt"),
                    network + ": seed " + SEED + ", " + messages.size() + " messages, kills " + kills + "\n");
        }
    }

    private void makeTrouble() {
        devnet.faults().clear();
        switch (random.nextInt(6)) {
            case 0 -> devnet.faults().rpc().respond429(Duration.ofSeconds(1)).times(5);
            case 1 -> devnet.faults().rpc().lateLogs(2);
            case 2 -> devnet.faults().rpc().laggingReplica(2, 3);
            case 3 -> devnet.faults().relay().down().during(Duration.ofSeconds(2));
            case 4 -> devnet.chain().reorg(reorg());
            default -> devnet.chain().reorg(reorg().dropping());
        }
    }

    private Reorg reorg() {
        long height = devnet.chain().access().head().number();
        return Reorg.of((int) Math.min(height, 1 + random.nextInt(3)));
    }

    /** Every state, before and after the journal has it; in another order in each build. */
    private static List<Moment> boundaries() {
        List<Moment> boundaries = new ArrayList<>();
        for (String state : STATES) {
            boundaries.add(new Moment(state, false, 1));
            boundaries.add(new Moment(state, true, 1));
        }
        Collections.shuffle(boundaries, new Random(SEED));
        return boundaries;
    }

    private Moment anyMoment(List<Moment> boundaries) {
        return random.nextBoolean() ? Moment.NEVER : boundaries.get(random.nextInt(boundaries.size()));
    }

    private void send(String name) throws IOException {
        messages.add(name);
        Path hidden = directory.resolve("in").resolve("." + name);
        Files.writeString(hidden, "What is " + name + "?");
        Files.move(hidden, directory.resolve("in").resolve(name));
    }

    private Process start(Moment moment, RpcProxy rpc) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djava.net.preferIPv4Stack=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Application.class.getName(),
                        rpc.url(),
                        devnet.relayUrl(),
                        devnet.contractAddress(),
                        devnet.account(0).privateKey(),
                        directory.toString(),
                        moment.moment(),
                        String.valueOf(moment.written()),
                        String.valueOf(moment.occurrence()))
                .redirectError(directory.resolve("errors.txt").toFile())
                .start();
    }

    /** Runs a process until it says that it has come there, or for some time, and kills it. */
    private void liveUntil(Moment moment, RpcProxy rpc) throws Exception {
        Process process = start(moment, rpc);
        try {
            if (moment.equals(Moment.NEVER)) {
                assertThat(process.waitFor(random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS))
                        .as(this::errors)
                        .isFalse();
                return;
            }
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                Thread killer = new Thread(() -> {
                    try {
                        process.waitFor(SOON.toMillis(), TimeUnit.MILLISECONDS);
                    } catch (InterruptedException e) {
                        return;
                    }
                    process.destroyForcibly();
                });
                killer.start();
                boolean reached = out.lines().anyMatch(Application.REACHED::equals);
                killer.interrupt();
                assertThat(reached).as("reached %s; %s", moment, errors()).isTrue();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private void finish(RpcProxy rpc) throws Exception {
        Process process = start(Moment.NEVER, rpc);
        try {
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(names("out")).isEqualTo(messages);
                assertThat(names("in")).isEmpty();
                assertThat(process.isAlive()).as(this::errors).isTrue();
            });
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Set<String> names(String folder) throws IOException {
        Path path = directory.resolve(folder);
        if (!Files.exists(path)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .collect(Collectors.toSet());
        }
    }

    private String errors() {
        try {
            return Files.readString(directory.resolve("errors.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param sent every transaction that any of the processes ever sent */
    private void assertPaidOnce(List<String> sent, BigInteger before) throws Exception {
        Map<String, Set<BigInteger>> noncesByTask = new TreeMap<>();
        Map<BigInteger, Set<String>> tasksByNonce = new TreeMap<>();
        for (String raw : sent) {
            RawTransaction transaction = TransactionDecoder.decode(raw);
            noncesByTask
                    .computeIfAbsent(transaction.getData(), task -> new HashSet<>())
                    .add(transaction.getNonce());
            tasksByNonce
                    .computeIfAbsent(transaction.getNonce(), nonce -> new HashSet<>())
                    .add(transaction.getData());
        }
        assertThat(noncesByTask).hasSize(messages.size());
        assertThat(noncesByTask).allSatisfy((task, nonces) -> assertThat(nonces).hasSize(1));
        assertThat(tasksByNonce).allSatisfy((nonce, tasks) -> assertThat(tasks).hasSize(1));
        for (String name : messages) {
            assertThat(Files.readString(directory.resolve("out").resolve(name))).contains(name);
        }

        BigInteger fees = BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(30L * messages.size()));
        assertThat(before.subtract(balance("latest"))).isEqualTo(fees.add(gasPaid(sent)));
    }

    private BigInteger gasPaid(List<String> sent) throws Exception {
        BigInteger gas = BigInteger.ZERO;
        for (String raw : sent) {
            JsonNode receipt = ask("eth_getTransactionReceipt", Hash.sha3(raw));
            if (!receipt.isNull()) {
                gas = gas.add(quantity(receipt.path("gasUsed")).multiply(quantity(receipt.path("effectiveGasPrice"))));
            }
        }
        return gas;
    }

    private BigInteger balance(String block) throws Exception {
        return quantity(ask("eth_getBalance", devnet.account(0).address(), block));
    }

    private static BigInteger quantity(JsonNode node) {
        return Numeric.decodeQuantity(node.asText());
    }

    private JsonNode ask(String method, Object... params) throws Exception {
        ObjectMapper json = new ObjectMapper();
        List<Object> list = new ArrayList<>(List.of(params));
        String request = json.writeValueAsString(Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", list));
        return json.readTree(HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(devnet.rpcUrl()))
                                        .header("Content-Type", "application/json")
                                        .POST(HttpRequest.BodyPublishers.ofString(request))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body())
                .path("result");
    }
}
