// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.ChainClientBuilder;
import io.crynux.client.CrynuxClient;
import io.crynux.client.error.CrynuxException;
import io.crynux.client.fuzz.LyingServer.Answer;
import io.crynux.client.fuzz.LyingServer.Request;
import io.crynux.client.settings.Backoff;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.EngineSettings.BudgetSettings;
import io.crynux.client.settings.EngineSettings.Finality;
import io.crynux.client.settings.EngineSettings.Limits;
import io.crynux.client.settings.EngineSettings.PaymentSettings;
import io.crynux.client.settings.HttpSettings;
import io.crynux.client.settings.RelaySettings;
import io.crynux.client.task.GptParameters;
import io.crynux.client.task.SdParameters;
import io.crynux.client.task.TaskParameters;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskResult;
import io.crynux.client.wallet.Wallets;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.DevnetAccount;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.web3j.abi.EventEncoder;

/**
 * A task of a client that is lied to for a while by node or Relay. Whatever it is told, its future ends, with the result or
 * with a CrynuxException whose message is true of the money; and a further task, without lies, succeeds.
 */
final class FuzzedTask implements AutoCloseable {
    /** Who lies. */
    enum Liar {
        NODE,
        RELAY
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration DEADLINE = Duration.ofSeconds(4);
    private static final Duration LYING = Duration.ofMillis(1500);
    private static final int MOST_LIES = 40;
    private static final long MOST_RESULT_BYTES = 1 << 20;
    private static final Pattern LEAKED =
            Pattern.compile("java\\.(lang|util)|jackson|web3j|NullPointer|ClassCast|StackOverflow");
    private static final String TASK_PENDING =
            EventEncoder.buildEventSignature("TaskPending(uint256,uint256,address,bytes32,bytes32)");

    private final CrynuxDevnet devnet;
    private final DevnetAccount wallet;
    private final long seed;
    private final double rate;
    private final boolean image;
    private final boolean fromTheBeginning;
    /** Of half of the tasks one call alone is answered by lies, which get further than where everything is one. */
    private final String call;

    private final LyingServer server;
    private final CrynuxClient client;
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> lies = new ConcurrentLinkedQueue<>();
    private volatile boolean honest = true;
    private volatile long since;

    FuzzedTask(CrynuxDevnet devnet, DevnetAccount wallet, Liar liar, long seed) {
        this.devnet = devnet;
        this.wallet = wallet;
        this.seed = seed;
        Random random = new Random(seed);
        rate = new double[] {0.1, 0.3, 0.6, 1}[random.nextInt(4)];
        image = random.nextBoolean();
        fromTheBeginning = random.nextInt(4) == 0;
        call = random.nextBoolean()
                ? ""
                : calls(liar).get(random.nextInt(calls(liar).size()));
        server = new LyingServer(liar == Liar.NODE ? devnet.rpcUrl() : devnet.relayUrl(), this::answer);
        Backoff quick = new Backoff(Duration.ofMillis(50), Duration.ofMillis(200));
        client = new ChainClientBuilder()
                .rpcUrl(liar == Liar.NODE ? server.url() : devnet.rpcUrl())
                .relayUrl(liar == Liar.RELAY ? server.url() : devnet.relayUrl())
                .contractAddress(devnet.contractAddress())
                .chainId(devnet.chainId())
                .signer(Wallets.ofPrivateKey(wallet.privateKey()))
                .pollInterval(Duration.ofMillis(30))
                .http(new HttpSettings(Duration.ofSeconds(2), Duration.ofMillis(1000), null, null))
                .relay(new RelaySettings(quick, quick, Duration.ofMillis(500), 5, Duration.ofMillis(50)))
                .engine(new EngineSettings(
                        Finality.ofBlocks(3),
                        new PaymentSettings(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ZERO),
                        Duration.ofMillis(500),
                        Duration.ofMinutes(1),
                        Limits.DEFAULT,
                        BudgetSettings.UNLIMITED))
                .build();
    }

    private void answer(Request request, Answer right, OutputStream out) throws IOException {
        String name = name(request);
        int nth = asked.computeIfAbsent(name, any -> new AtomicInteger()).incrementAndGet();
        // Of the call's name and number, so that a seed gives the same lies whatever the order of the requests.
        Random random = new Random(Objects.hash(seed, name, nth));
        boolean lying = !honest && lies.size() < MOST_LIES && System.nanoTime() - since < LYING.toNanos();
        if (lying && name.contains(call) && random.nextDouble() < rate) {
            AnswerMutation lie = new AnswerMutation(random, right);
            try {
                lie.write(out);
            } finally {
                lies.add(name + " " + nth + " -> " + lie.told());
            }
        } else {
            LyingServer.send(out, right.status(), right.contentType(), right.body());
        }
    }

    private static List<String> calls(Liar liar) {
        return liar == Liar.RELAY
                ? List.of("POST", "results")
                : List.of(
                        "eth_sendRawTransaction",
                        "eth_sendRawTransaction",
                        "eth_getTransactionCount",
                        "eth_getBlockByNumber",
                        "eth_getLogs",
                        "batch",
                        "eth_maxPriorityFeePerGas");
    }

    private static String name(Request request) throws IOException {
        if (request.path().contains("/v1/")) {
            return request.method() + " " + request.path().replaceAll("\\?.*|\\d+", "");
        }
        JsonNode calls = JSON.readTree(request.body());
        return calls.isArray()
                ? "batch of " + calls.path(0).path("method").asText()
                : calls.path("method").asText();
    }

    /** Runs into the lies; fails with what was told where something is wrong. */
    void run() throws Exception {
        try {
            if (!fromTheBeginning) {
                await().atMost(Duration.ofSeconds(20))
                        .ignoreExceptions()
                        .until(() -> client.connect().get(5, TimeUnit.SECONDS) == null);
            }
            since = System.nanoTime();
            honest = false;
            String told = outcome(submit(DEADLINE));
            honest = true;
            checkMoney(told);
            if (!told.contains("may still be mined")) {
                // Another payment could have to wait for the one that is in no block.
                assertThat(outcome(submit(Duration.ofSeconds(20))))
                        .as("a task without lies")
                        .isEmpty();
            }
        } catch (AssertionError | Exception e) {
            throw new AssertionError(
                    "The client that was lied to with seed " + seed + ": " + e
                            + "\nRun it again with -Dcrynux.fuzz.seed=" + seed + " -Dcrynux.fuzz.runs=1. The lies:\n"
                            + String.join("\n", lies),
                    e);
        }
    }

    private java.util.concurrent.CompletableFuture<TaskResult> submit(Duration deadline) {
        TaskParameters parameters = image
                ? SdParameters.builder("lichen").imageWidth(64).imageHeight(64).build()
                : GptParameters.builder().user("What is lichen?").build();
        return client.submit(TaskRequest.builder(parameters)
                .fee("30")
                .timeout(deadline)
                .maxResultBytes(MOST_RESULT_BYTES)
                .build());
    }

    /** What the exception told; empty for a result. */
    private static String outcome(java.util.concurrent.CompletableFuture<TaskResult> task) throws Exception {
        try {
            TaskResult result = task.get(40, TimeUnit.SECONDS);
            assertThat(result.taskId()).isNotNull();
            return "";
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(CrynuxException.class);
            assertThat(e.getCause().getMessage()).doesNotContainPattern(LEAKED);
            return e.getCause().getMessage();
        }
    }

    /** What was told of the money is true, also some blocks later. */
    private void checkMoney(String told) {
        long head = devnet.chain().access().head().number();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> devnet.chain().access().head().number() > head + 5);
        long paid = payments();
        if (told.isEmpty() || told.contains("fee of 30 CNX was paid")) {
            assertThat(paid).as("payments, where was told: " + told).isEqualTo(1);
        } else if (told.contains("may still be mined")) {
            assertThat(paid).as("payments, where was told: " + told).isBetween(0L, 1L);
        } else {
            assertThat(told)
                    .containsPattern(
                            "Nothing was (spent|signed)|was not spent|nothing was signed|^The .* at relayUrl|Check rpcUrl");
            assertThat(paid).as("payments, where was told: " + told).isZero();
        }
    }

    private long payments() {
        String creator = wallet.address().substring(2).toLowerCase(Locale.ROOT);
        return devnet
                .chain()
                .access()
                .logs(
                        devnet.contractAddress(),
                        0,
                        devnet.chain().access().head().number())
                .stream()
                .filter(log -> log.topics().get(0).equals(TASK_PENDING)
                        && log.topics().get(1).endsWith(creator))
                .count();
    }

    List<String> lies() {
        return List.copyOf(lies);
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
