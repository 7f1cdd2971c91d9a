// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.error.BudgetExceededException;
import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.devnet.DevnetAccount;
import io.crynux.testing.BrowserWallet;
import io.crynux.testing.OnDevnetChainOnly;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/**
 * With waitFor=prepared a route pays nothing: a wallet elsewhere, here web3j in the place of a browser, signs the transaction,
 * and operation=resume goes on with it. The component needs no wallet for that.
 */
@Tag("chain")
class PreparedTransactionTest extends CrynuxTestSupport {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    void configure(CrynuxComponent crynux) {
        crynux.setPrivateKey(null);
        crynux.setMaxTaskFee("50");
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:prepare").to("crynux:sd?waitFor=prepared&numImages=2");
                from("direct:created").to("crynux:task?operation=resume&taskTimeout=30s&waitFor=created");
                from("direct:resume").to("crynux:task?operation=resume&taskTimeout=30s");
            }
        };
    }

    @Test
    void theTransactionIsWhatABrowserWalletTakes() throws Exception {
        Exchange out = template.request("direct:prepare", e -> e.getMessage().setBody("a lighthouse"));

        JsonNode prepared = json(out);
        JsonNode transaction = prepared.path("transaction");
        assertThat(transaction.path("to").asText()).isEqualTo(devnet.contractAddress());
        assertThat(Numeric.decodeQuantity(transaction.path("value").asText())).isEqualTo("30000000000000000000");
        assertThat(Numeric.decodeQuantity(transaction.path("gas").asText())).isEqualTo(1_500_000);
        assertThat(transaction.path("chainId").asText()).isEqualTo("0x7a69");
        assertThat(transaction.path("data").asText()).startsWith("0x043b438f");
        assertThat(transaction.has("from")).isFalse();
        String taskArgs = prepared.path("taskArgs").asText();
        assertThat(taskArgs).contains("a lighthouse");
        assertThat(Hash.sha3String(taskArgs))
                .isEqualTo(prepared.path("taskHash").asText())
                .isEqualTo(out.getMessage().getHeader(CrynuxConstants.TASK_HASH));
        assertThat(out.getMessage().getHeader(CrynuxConstants.TASK_KIND)).isEqualTo("sd");
        assertThat(nonce()).as("nothing was sent").isZero();
    }

    @Test
    void feesAreGuardedAllTheSame() {
        Exchange out = template.request("direct:prepare", e -> {
            e.getMessage().setBody("a lighthouse");
            e.getMessage().setHeader(CrynuxConstants.TASK_FEE, "51");
        });

        assertThat(out.getException()).isInstanceOf(BudgetExceededException.class);
    }

    @Test
    void itsCreatorUploadsAndTheRouteHearsTheEnd() throws Exception {
        DevnetAccount browser = devnet.account(3);
        String prepared = template.requestBody("direct:prepare", "a lighthouse", String.class);
        String hash = BrowserWallet.send(
                devnet.rpcUrl(), browser, JSON.readTree(prepared).path("transaction"));

        Exchange created = template.request("direct:created", e -> {
            e.getMessage().setBody(prepared);
            e.getMessage().setHeader(CrynuxConstants.TRANSACTION_HASH, hash);
        });
        assertThat(created.getMessage().getHeader(CrynuxConstants.CREATOR, String.class))
                .isEqualToIgnoringCase(browser.address());
        JsonNode upload = json(created).path("relay").path("upload");
        await().atMost(Duration.ofSeconds(20)).until(() -> upload(browser, upload) == 200);

        Exchange succeeded = template.request("direct:resume", e -> {
            e.getMessage().setHeader(CrynuxConstants.TRANSACTION_HASH, hash);
        });
        JsonNode end = json(succeeded);
        assertThat(end.path("state").asText()).isEqualTo("succeeded");
        assertThat(end.path("relay").path("results")).hasSize(2);
        JsonNode second = end.path("relay").path("results").get(1);
        await().atMost(Duration.ofSeconds(20)).until(() -> download(browser, second) == 200);
    }

    @Test
    @OnDevnetChainOnly("it counts the node's calls")
    void whoeverWaitsForATransactionIsToldWhenTheContextStops() throws Exception {
        CompletableFuture<Exchange> waiting = template.asyncSend("direct:resume", e -> {
            e.getMessage().setHeader(CrynuxConstants.TRANSACTION_HASH, "0x" + "ab".repeat(32));
        });
        await().atMost(Duration.ofSeconds(20))
                .until(() -> devnet.chain().rpcCounts().getOrDefault("eth_getTransactionByHash", 0L) > 0);

        context.stop();

        assertThat(waiting.get(20, TimeUnit.SECONDS).getException()).isInstanceOf(CrynuxShutdownException.class);
    }

    private static JsonNode json(Exchange out) throws Exception {
        assertThat(out.getException()).isNull();
        return JSON.readTree(out.getMessage().getBody(String.class));
    }

    private int upload(DevnetAccount account, JsonNode upload) throws Exception {
        List<String> seal = seal(account, upload.path("text").asText());
        ObjectNode body = upload.path("body").deepCopy();
        body.put("timestamp", Long.parseLong(seal.get(0))).put("signature", seal.get(1));
        return http("POST", devnet.relayUrl() + upload.path("path").asText(), body.toString())
                .statusCode();
    }

    private int download(DevnetAccount account, JsonNode result) throws Exception {
        List<String> seal = seal(account, result.path("text").asText());
        return http(
                        "GET",
                        devnet.relayUrl() + result.path("path").asText() + "?timestamp=" + seal.get(0) + "&signature="
                                + seal.get(1),
                        "")
                .statusCode();
    }

    /** As the rule in the JSON says. */
    private static List<String> seal(DevnetAccount account, String text) {
        String time = Long.toString(Instant.now().getEpochSecond());
        Sign.SignatureData signature = Sign.signMessage(
                Hash.sha3((text + time).getBytes(StandardCharsets.UTF_8)),
                account.credentials().getEcKeyPair(),
                false);
        return List.of(
                time,
                Numeric.toHexString(signature.getR())
                        + Numeric.cleanHexPrefix(Numeric.toHexString(signature.getS()))
                        + String.format("%02x", signature.getV()[0] - 27));
    }

    private static HttpResponse<String> http(String method, String url, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
