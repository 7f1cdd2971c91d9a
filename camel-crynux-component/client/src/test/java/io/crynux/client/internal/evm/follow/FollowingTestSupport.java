// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.internal.evm.ChainSettings;
import io.crynux.client.internal.evm.FollowSettings;
import io.crynux.client.internal.http.HttpTransport;
import io.crynux.client.settings.CreateTaskArguments;
import io.crynux.client.settings.GasSettings;
import io.crynux.client.settings.HttpSettings;
import io.crynux.client.settings.LogSource;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.CrynuxDevnetBuilder;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/** Followers of a devnet that makes blocks when it is told to, with a record of what they tell; all ended after each test. */
abstract class FollowingTestSupport {
    static final Duration SOON = Duration.ofSeconds(20);
    static final Duration NEVER = Duration.ofHours(1);
    static final Duration QUICKLY = Duration.ofMillis(30);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final BigInteger GWEI = BigInteger.TEN.pow(9);

    private final List<AutoCloseable> open = new ArrayList<>();
    final ExecutorService executor = Executors.newFixedThreadPool(2);
    final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    final HttpTransport http = new HttpTransport(HttpSettings.DEFAULT, executor, scheduler);
    private int nonce = -1;

    abstract CrynuxDevnet devnet();

    /** Nodes of it work on nothing. */
    static CrynuxDevnetBuilder still() {
        return CrynuxDevnet.builder().blockTime(NEVER).nodes(0);
    }

    /** A follower that has begun at the newest block. */
    Following follow(FollowSettings settings, String... rpcUrls) throws Exception {
        return follow(null, settings, rpcUrls);
    }

    /** A follower that has read everything after a block. */
    Following follow(BigInteger after, FollowSettings settings, String... rpcUrls) throws Exception {
        Following following = begin(after, settings, rpcUrls);
        following.started().get(SOON.toSeconds() * 2, TimeUnit.SECONDS);
        return following;
    }

    /** A follower on its way. */
    Following begin(BigInteger after, FollowSettings settings, String... rpcUrls) {
        List<URI> urls = Arrays.stream(rpcUrls).map(URI::create).toList();
        Following following = new Following(
                new ChainSettings(
                        urls,
                        devnet().contractAddress(),
                        null,
                        CreateTaskArguments.FIVE,
                        settings,
                        GasSettings.DEFAULT,
                        ChainSettings.DEFAULT_MAX_PENDING_TRANSACTIONS),
                after,
                http,
                Clock.systemUTC(),
                scheduler);
        return closedLater(following);
    }

    static FollowSettings polling(Duration interval) {
        return new FollowSettings(interval, List.of(), LogSource.LOGS, FollowSettings.DEFAULT_MAX_BLOCK_RANGE);
    }

    FollowSettings toldByWebSocket(Duration interval) {
        return new FollowSettings(
                interval,
                List.of(URI.create(devnet().webSocketUrl())),
                LogSource.LOGS,
                FollowSettings.DEFAULT_MAX_BLOCK_RANGE);
    }

    <T extends AutoCloseable> T closedLater(T closeable) {
        open.add(0, closeable);
        return closeable;
    }

    /** Makes a block with a new task in it. */
    void mineTask() {
        sendTask();
        devnet().chain().mine();
    }

    void mine(int blocks) {
        for (int i = 0; i < blocks; i++) {
            devnet().chain().mine();
        }
    }

    /** Sends a createTask, which waits for the next block. */
    void sendTask() {
        Credentials wallet = Credentials.create(devnet().account(1).privateKey());
        if (nonce < 0) {
            nonce = Numeric.decodeQuantity(ask("eth_getTransactionCount", wallet.getAddress(), "latest")
                            .asText())
                    .intValueExact();
        }
        // createTask(0, 7, 0, 8, 1): taskType, taskHash, dataHash, vramLimit, cap.
        String word = "%064x";
        String data = "0x043b438f" + word.formatted(0) + word.formatted(7) + word.formatted(0) + word.formatted(8)
                + word.formatted(1);
        RawTransaction transaction = RawTransaction.createTransaction(
                devnet().chainId(),
                BigInteger.valueOf(nonce++),
                BigInteger.valueOf(1_500_000),
                devnet().contractAddress(),
                BigInteger.TEN.pow(18),
                data,
                GWEI,
                GWEI.multiply(BigInteger.TEN));
        ask("eth_sendRawTransaction", Numeric.toHexString(TransactionEncoder.signMessage(transaction, wallet)));
    }

    /** The contract's events as the devnet itself has them, above that block; in the form of {@link Following#events()}. */
    List<String> truthAfter(long block) {
        ObjectNode filter = JSON.createObjectNode()
                .put("fromBlock", Numeric.encodeQuantity(BigInteger.valueOf(block + 1)))
                .put("toBlock", "latest")
                .put("address", devnet().contractAddress());
        List<String> events = new ArrayList<>();
        for (JsonNode log : ask("eth_getLogs", filter)) {
            events.add(log.path("blockHash").asText() + " "
                    + log.path("transactionHash").asText());
        }
        return events;
    }

    long head() {
        return Numeric.decodeQuantity(ask("eth_blockNumber").asText()).longValueExact();
    }

    /** Asks the devnet itself. */
    JsonNode ask(String method, Object... params) {
        ObjectNode request =
                JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 1).put("method", method);
        request.set("params", JSON.valueToTree(params));
        try {
            HttpResponse<byte[]> reply = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(devnet().rpcUrl()))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            JsonNode answer = JSON.readTree(reply.body());
            if (answer.has("error")) {
                throw new AssertionError(answer.get("error").toString());
            }
            return answer.get("result");
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
        scheduler.shutdownNow();
        executor.shutdownNow();
    }
}
