// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.ChainClientBuilder;
import io.crynux.client.CrynuxClient;
import io.crynux.client.error.NetworkException;
import io.crynux.client.error.ResultUnavailableException;
import io.crynux.client.settings.Backoff;
import io.crynux.client.settings.HttpSettings;
import io.crynux.client.settings.RelaySettings;
import io.crynux.client.task.GptParameters;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskState;
import io.crynux.client.wallet.Wallets;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.testing.LoggedMessages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that once did harm, or would: each is told as what it is, or asked for again. */
class OddAnswersTest {
    private static final int MOST_JSON_BYTES = 16 << 20;
    /** What is on its way between two sockets when one of them is closed. */
    private static final int IN_BUFFERS = 64 << 20;

    private static CrynuxDevnet devnet;
    private static int wallets;

    private final AtomicInteger lies = new AtomicInteger();
    private final AtomicLong sentBytes = new AtomicLong();
    private volatile boolean lying = true;
    private volatile int mostLies = 1;
    private LyingServer server;
    private CrynuxClient client;

    @BeforeAll
    static void start() {
        devnet = CrynuxDevnet.builder()
                .blockTime(Duration.ofMillis(50))
                .relayLag(Duration.ofMillis(20))
                .workTime(Duration.ofMillis(20))
                .accounts(40)
                .start();
    }

    @AfterAll
    static void stop() {
        devnet.close();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    /** Lies where a request's body or path contains that. */
    private ChainClientBuilder liedTo(boolean byNode, String what, LyingServer.Liar liar) {
        server = new LyingServer(byNode ? devnet.rpcUrl() : devnet.relayUrl(), (request, honest, out) -> {
            String asked = request.path() + new String(request.body(), StandardCharsets.UTF_8);
            if (asked.contains(what) && lying && lies.incrementAndGet() <= mostLies) {
                liar.answer(request, honest, out);
            } else {
                LyingServer.send(out, honest.status(), honest.contentType(), honest.body());
            }
        });
        Backoff quick = new Backoff(Duration.ofMillis(20), Duration.ofMillis(100));
        return new ChainClientBuilder()
                .rpcUrl(byNode ? server.url() : devnet.rpcUrl())
                .relayUrl(byNode ? devnet.relayUrl() : server.url())
                .contractAddress(devnet.contractAddress())
                .signer(Wallets.ofPrivateKey(devnet.account(wallets++).privateKey()))
                .pollInterval(Duration.ofMillis(30))
                .http(new HttpSettings(Duration.ofSeconds(2), Duration.ofSeconds(5), null, null))
                .relay(new RelaySettings(quick, quick, Duration.ofSeconds(1), 5, Duration.ofMillis(50)));
    }

    private static LyingServer.Liar body(UnaryOperator<String> change) {
        return (request, honest, out) -> LyingServer.send(
                out,
                200,
                "application/json",
                change.apply(new String(honest.body(), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
    }

    private TaskState run() throws Exception {
        return client.submit(TaskRequest.builder(
                                GptParameters.builder().user("What is lichen?").build())
                        .fee("30")
                        .build())
                .get(60, TimeUnit.SECONDS)
                .state();
    }

    private void connectInTheEnd() {
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(ExecutionException.class)
                .until(() -> client.connect().get(10, TimeUnit.SECONDS) == null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"eth_getBlockByNumber", "eth_getTransactionCount", "eth_maxPriorityFeePerGas", "eth_getBalance"})
    void theAnswerToAnotherRequestIsNotTaken(String method) throws Exception {
        mostLies = 4;
        client = liedTo(true, method, body(answer -> answer.replaceAll("\"id\":\\d+", "\"id\":4711")))
                .build();
        connectInTheEnd();

        assertThat(run()).isEqualTo(TaskState.DONE);
        assertThat(lies).hasPositiveValue();
    }

    @ParameterizedTest
    @CsvSource({
        "eth_maxPriorityFeePerGas, 0x-1",
        "eth_maxPriorityFeePerGas, 0x",
        "eth_maxPriorityFeePerGas, null",
        "eth_getTransactionCount, 0x-1",
        "eth_getTransactionCount, lots"
    })
    void whatIsNoAmountIsAskedForAgain(String method, String amount) throws Exception {
        mostLies = 4;
        String value = amount.equals("null") ? amount : "\"" + amount + "\"";
        client = liedTo(
                        true,
                        method,
                        body(answer -> answer.replaceAll("\"result\":\"0x[0-9a-f]+\"", "\"result\":" + value)))
                .build();

        assertThat(run()).isEqualTo(TaskState.DONE);
        assertThat(lies).hasPositiveValue();
    }

    @Test
    void aChainWithoutAHeadIsToldAsThat() {
        mostLies = Integer.MAX_VALUE;
        client = liedTo(
                        true,
                        "\"latest\",false",
                        body(answer -> answer.replaceAll("\"result\":.*", "\"result\":null}")))
                .build();

        assertThat(client.connect())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(NetworkException.class)
                .withMessage("The node does not have a block that it reported. Check rpcUrl, and that the node is up");
    }

    @Test
    void aHeadOfAForkThatIsGoneIsLeft() throws Exception {
        client = liedTo(true, "\"latest\",false", body(OddAnswersTest::ofAnotherFork))
                .build();
        lying = false;
        connectInTheEnd();
        mostLies = 10;
        lying = true;
        // A task may be done before the head was asked for ten times.
        await().atMost(Duration.ofSeconds(60)).until(() -> lies.get() >= 5);

        assertThat(run()).isEqualTo(TaskState.DONE);
        await().atMost(Duration.ofSeconds(60)).until(() -> lies.get() >= 10);
    }

    @Test
    void blocksThatDoNotFollowEachOtherAreToldAndDoNoHarm() throws Exception {
        try (LoggedMessages logged = new LoggedMessages("io.crynux.client")) {
            // The head, and the second block of every batch.
            client = liedTo(true, "eth_getBlockByNumber", body(answer -> {
                        int second = answer.startsWith("[") ? answer.indexOf("},{") : 0;
                        return answer.substring(0, Math.max(second, 0))
                                + ofAnotherFork(answer.substring(Math.max(second, 0)));
                    }))
                    .build();
            lying = false;
            connectInTheEnd();
            // So many that those who look for the last right one could think that it is another chain.
            for (int i = 0; i < 300; i++) {
                devnet.chain().mine();
            }
            mostLies = Integer.MAX_VALUE;
            lying = true;

            // Usually that they do not follow each other; something else may go wrong first, and one outage is told
            // once.
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(logged.ofThreads(""))
                    .anyMatch(message -> message.startsWith("Cannot follow the chain, trying again")));
            // What was told of them is no harm to what comes then.
            lying = false;
            assertThat(run()).isEqualTo(TaskState.DONE);
        }
    }

    private static String ofAnotherFork(String answer) {
        // No block names another one as its parent, however they come.
        return answer.replaceAll("(\"hash\":\"0x)[0-9a-f]{8}", "$1deadbeef")
                .replaceAll("(\"parentHash\":\"0x)[0-9a-f]{8}", "$1feedface");
    }

    @Test
    void aChainIdThatIsNoneIsToldAsThat() {
        client = liedTo(true, "eth_chainId", body(answer -> "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"2.0\"}"))
                .build();

        assertThat(client.connect())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(NetworkException.class)
                .withMessage("The node's answer to eth_chainId makes no sense. Check rpcUrl, and that the node is up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "99999999999999999999", "-5"})
    void aLengthThatIsNoneIsToldAsThat(String length) {
        client = liedTo(
                        false,
                        "/v1/now",
                        (request, honest, out) ->
                                out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n{}")
                                        .getBytes(StandardCharsets.US_ASCII)))
                .build();

        assertThat(client.connect())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(NetworkException.class)
                .withMessageStartingWith("The Relay at relayUrl does not answer: java.io.IOException: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "99999999999999999999999", "-1", "1e300", "\"now\""})
    void aTimeThatIsNoneDoesNotPutOurClockWrong(String now) throws Exception {
        client = liedTo(false, "/v1/now", body(answer -> "{\"message\":\"success\",\"data\":{\"now\":" + now + "}}"))
                .build();

        assertThat(client.connect())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(NetworkException.class)
                .withMessageContaining("/v1/now of the Relay answered HTTP 200 without a time");
        connectInTheEnd();
        assertThat(run()).isEqualTo(TaskState.DONE);
    }

    @Test
    void anEndlessAnswerOfTheNodeIsCutAndAskedForAgain() throws Exception {
        client = liedTo(true, "eth_maxPriorityFeePerGas", this::endless).build();

        assertThat(run()).isEqualTo(TaskState.DONE);
        assertThat(sentBytes.get()).isBetween((long) MOST_JSON_BYTES, (long) MOST_JSON_BYTES + IN_BUFFERS);
    }

    @Test
    void anEndlessErrorPageIsCutEarly() throws Exception {
        client = liedTo(true, "eth_maxPriorityFeePerGas", (request, honest, out) -> endless(500, out))
                .build();

        assertThat(run()).isEqualTo(TaskState.DONE);
        assertThat(sentBytes.get()).isLessThan(IN_BUFFERS);
    }

    @Test
    void anEndlessTextIsCut() {
        client = liedTo(false, "/results/", this::endless).build();

        assertThat(org.assertj.core.api.Assertions.catchThrowable(this::run))
                .isInstanceOfAny(ExecutionException.class, CompletionException.class)
                .cause()
                .isInstanceOf(ResultUnavailableException.class)
                .hasMessageContaining(
                        "the answer is longer than 16777216 bytes; the maximum is maxResultSize for a result file,"
                                + " and 16 MiB for a text. The fee of 30 CNX was paid");
        assertThat(sentBytes.get()).isBetween((long) MOST_JSON_BYTES, (long) MOST_JSON_BYTES + IN_BUFFERS);
    }

    @Test
    void anEndlessAnswerToAnUploadIsCutAndAskedForAgain() throws Exception {
        client = liedTo(false, "task_args", this::endless).build();

        assertThat(run()).isEqualTo(TaskState.DONE);
        assertThat(sentBytes.get()).isLessThan(IN_BUFFERS);
    }

    private void endless(LyingServer.Request request, LyingServer.Answer honest, OutputStream out) throws IOException {
        endless(200, out);
    }

    private void endless(int status, OutputStream out) throws IOException {
        out.write(("HTTP/1.1 " + status + " Status\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        byte[] more = "[[],[],[],[]],".repeat(4096).getBytes(StandardCharsets.US_ASCII);
        out.write('[');
        // Until nobody takes it any more.
        while (true) {
            out.write(more);
            sentBytes.addAndGet(more.length);
        }
    }
}
