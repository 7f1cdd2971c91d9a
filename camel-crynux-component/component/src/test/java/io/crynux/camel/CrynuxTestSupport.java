// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.CrynuxDevnetBuilder;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;

/** A quick devnet, and a component on it; routes are written as a user would. */
abstract class CrynuxTestSupport extends CamelTestSupport {
    CrynuxDevnet devnet;

    /** Override for a network that differs. */
    CrynuxDevnetBuilder network() {
        return CrynuxDevnet.builder()
                .blockTime(Duration.ofMillis(100))
                .relayLag(Duration.ofMillis(50))
                .workTime(Duration.ofMillis(50));
    }

    /** Override for a component that differs; what is set here is what a user sets. */
    void configure(CrynuxComponent crynux) {}

    @Override
    protected CamelContext createCamelContext() throws Exception {
        devnet = network().start();
        CamelContext context = super.createCamelContext();
        CrynuxComponent crynux = new CrynuxComponent();
        crynux.setRpcUrl(devnet.rpcUrl());
        crynux.setContractAddress(devnet.contractAddress());
        crynux.setRelayUrl(devnet.relayUrl());
        crynux.setPrivateKey(devnet.account(0).privateKey());
        crynux.getConfiguration().setTaskFee("30");
        crynux.setPollInterval(50);
        QuickRelay.of(crynux);
        crynux.setFinality("2");
        crynux.setShutdownGrace(500);
        configure(crynux);
        context.addComponent("crynux", crynux);
        return context;
    }

    /** How many transactions the wallet has sent and has waiting. */
    long nonce() throws Exception {
        return nonceOn(devnet);
    }

    /** How many transactions the first account of a network has sent and has waiting. */
    static long nonceOn(CrynuxDevnet devnet) throws Exception {
        return nonceOn(devnet, devnet.account(0).address());
    }

    /** How many transactions an address has sent and has waiting. */
    static long nonceOn(CrynuxDevnet devnet, String address) throws Exception {
        String request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getTransactionCount\",\"params\":[\"" + address
                + "\",\"pending\"]}";
        HttpResponse<InputStream> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(devnet.rpcUrl()))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(request))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        return Long.decode(
                new ObjectMapper().readTree(answer.body()).get("result").textValue());
    }

    boolean relayHasParameters(long taskId) {
        return devnet.relay().parameters(BigInteger.valueOf(taskId)).isPresent();
    }

    @AfterEach
    void stopNetwork() {
        devnet.close();
    }
}
