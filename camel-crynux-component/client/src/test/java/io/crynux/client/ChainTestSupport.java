// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.EngineSettings.Finality;
import io.crynux.client.settings.EngineSettings.PaymentSettings;
import io.crynux.client.settings.RelaySettings;
import io.crynux.client.task.GptParameters;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.WaitFor;
import io.crynux.client.wallet.Wallets;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.CrynuxDevnetBuilder;
import io.crynux.devnet.DevnetAccount;
import io.crynux.testing.RpcProxy;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/** A devnet, a proxy before its JSON-RPC, and clients that go through the proxy; all closed after each test. */
abstract class ChainTestSupport {
    static final Duration SOON = Duration.ofSeconds(20);
    static final BigInteger GWEI = BigInteger.TEN.pow(9);
    private static final Duration NEVER = Duration.ofHours(1);
    /** Uploads wait as long as the devnet's Relay is behind, not as long as a real one usually is. */
    private static final RelaySettings RELAY = new RelaySettings(
            RelaySettings.DEFAULT.notReady(),
            RelaySettings.DEFAULT.onFailure(),
            RelaySettings.DEFAULT.maxRetryAfter(),
            RelaySettings.DEFAULT.maxInvalidResponses(),
            Duration.ofMillis(100));

    private final List<AutoCloseable> open = new ArrayList<>();
    CrynuxDevnet devnet;
    RpcProxy rpc;

    /** Makes a block every 100 ms. */
    static CrynuxDevnetBuilder quick() {
        return CrynuxDevnet.builder()
                .blockTime(Duration.ofMillis(100))
                .relayLag(Duration.ofMillis(50))
                .workTime(Duration.ofMillis(50));
    }

    /** Makes a block only when the test says so. */
    static CrynuxDevnetBuilder still() {
        return quick().blockTime(NEVER);
    }

    void start(CrynuxDevnetBuilder network) {
        devnet = closedLater(network.start());
        rpc = proxyTo(devnet.rpcUrl());
    }

    /** Who pays. */
    DevnetAccount wallet() {
        return devnet.account(1);
    }

    RpcProxy proxyTo(String url) {
        return closedLater(RpcProxy.to(url));
    }

    /** A client through the proxy. */
    ChainClientBuilder builder() {
        return new ChainClientBuilder()
                .rpcUrl(rpc.url())
                .relayUrl(devnet.relayUrl())
                .contractAddress(devnet.contractAddress())
                .signer(Wallets.ofPrivateKey(wallet().privateKey()))
                .engine(engine(PaymentSettings.DEFAULT))
                .relay(RELAY)
                .pollInterval(Duration.ofMillis(50));
    }

    /** Two blocks make an event final. */
    static EngineSettings engine(PaymentSettings payments) {
        return new EngineSettings(
                Finality.ofBlocks(2),
                payments,
                EngineSettings.DEFAULT.downloadDelay(),
                EngineSettings.DEFAULT.retention(),
                EngineSettings.DEFAULT.limits(),
                EngineSettings.DEFAULT.budget());
    }

    CrynuxClient open(ChainClientBuilder builder) {
        return closedLater(builder.build());
    }

    <T extends AutoCloseable> T closedLater(T closeable) {
        open.add(0, closeable);
        return closeable;
    }

    static TaskRequest.Builder question(String feeCnx) {
        return TaskRequest.builder(
                        GptParameters.builder().user("What is lichen?").build())
                .fee(feeCnx);
    }

    static CompletableFuture<TaskResult> submitUntilCreated(CrynuxClient client, String feeCnx) {
        return client.submit(question(feeCnx).waitFor(WaitFor.CREATED).build());
    }

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    /** Why the future failed. */
    static Throwable failure(CompletableFuture<?> future) throws Exception {
        try {
            throw new AssertionError("did not fail: " + get(future));
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    /** Sends a transaction of the client's wallet past the client, with a price that replaces the client's. */
    String sendForeign(long nonce) {
        Credentials wallet = Credentials.create(wallet().privateKey());
        RawTransaction transaction = RawTransaction.createEtherTransaction(
                devnet.chainId(),
                BigInteger.valueOf(nonce),
                BigInteger.valueOf(21_000),
                devnet.account(2).address(),
                BigInteger.ONE,
                GWEI.multiply(BigInteger.valueOf(100)),
                GWEI.multiply(BigInteger.valueOf(200)));
        return ask("eth_sendRawTransaction", Numeric.toHexString(TransactionEncoder.signMessage(transaction, wallet)))
                .asText();
    }

    /** How many transactions of the client's wallet are in blocks. */
    long minedTransactions() {
        return Long.decode(
                ask("eth_getTransactionCount", wallet().address(), "latest").asText());
    }

    /** Asks the devnet itself. */
    JsonNode ask(String method, Object... params) {
        ObjectMapper json = new ObjectMapper();
        ObjectNode request =
                json.createObjectNode().put("jsonrpc", "2.0").put("id", 1).put("method", method);
        request.set("params", json.valueToTree(params));
        try {
            HttpResponse<byte[]> reply = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(devnet.rpcUrl()))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(request)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            JsonNode answer = json.readTree(reply.body());
            if (answer.has("error")) {
                throw new AssertionError(answer.get("error").toString());
            }
            return answer.get("result");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The transactions that the client sent, decoded; the same bytes once. */
    List<RawTransaction> sent() {
        return rpc.sentTransactions().stream().map(TransactionDecoder::decode).toList();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }
}
